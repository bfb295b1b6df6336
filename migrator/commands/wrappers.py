"""Wrappers: programs that run another one under some condition. Each is peeled, and what it said is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from migrator.commands.facts import LockKind, StepKind
from migrator.commands.invocation import number
from migrator.commands.values import Value, joined, literal

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


@dataclass(frozen=True, slots=True)
class Peeled:
    """What a wrapper said and what it runs: `rest` as words, or `text` as shell text, or neither (the wrapper alone).

    `descriptor` is a lock on an open file (`flock 9`). `place` is the host or container that the command runs in.
    """

    said: str = ""
    rest: tuple[Value, ...] = ()
    text: Value | None = None
    lock: Value | None = None
    lock_kind: LockKind = LockKind.LOCK_TOOL
    skips: bool = False
    descriptor: int | None = None
    timeout: int | None = None
    user: Value | None = None
    root: bool = False
    fresh: bool = False
    settings: tuple[tuple[str, Value], ...] = ()
    kind: StepKind | None = None
    place: str = ""
    folder: Value | None = None
    detaches: bool = False
    repeats: bool = False
    parallel: bool = False
    clears: bool = False
    placeholder: str = ""


Peeler = Callable[[tuple[Value, ...]], "Peeled | None"]


@dataclass(frozen=True, slots=True)
class Split:
    """A wrapper's own arguments and the rest."""

    options: tuple[tuple[str, Value], ...]
    flags: frozenset[str]
    rest: tuple[Value, ...]
    said: str

    def last(self, *names: str) -> Value | None:
        """Give the last value of one of these options."""
        return next((value for name, value in reversed(self.options) if name in names), None)


def leading(arguments: tuple[Value, ...], valued: frozenset[str]) -> Split:
    """Take the options at the front, up to the first other word or `--`."""
    options: list[tuple[str, Value]] = []
    flags: set[str] = set()
    place = 0
    while place < len(arguments):
        text = arguments[place].text
        if text == "--":
            place += 1
            break
        if len(text) < 2 or text[0] != "-" or arguments[place].text == "-":
            break
        name, equals, value = text.partition("=")
        if text.startswith("--") and equals:
            options.append((name, arguments[place].but(value)))
        elif text in valued:
            place += 1
            options.append((text, arguments[place] if place < len(arguments) else literal("")))
        elif not text.startswith("--") and text[:2] in valued:
            options.append((text[:2], arguments[place].but(text[2:])))
        elif not text.startswith("--") and len(text) > 2 and f"-{text[-1]}" in valued:
            flags.update(f"-{letter}" for letter in text[1:-1])
            place += 1
            options.append((f"-{text[-1]}", arguments[place] if place < len(arguments) else literal("")))
        else:
            flags.add(text)
            flags.update(f"-{letter}" for letter in text[1:] if not text.startswith("--"))
        place += 1
    said = " ".join(value.written for value in arguments[: min(place, 20)])
    return Split(tuple(options), frozenset(flags), arguments[place:], said)


def _plain(valued: str = "", skip: int = 0) -> Peeler:
    """Make the reader of a wrapper with options, `skip` words of its own, then the command."""
    names = frozenset(valued.split())

    def peel(arguments: tuple[Value, ...]) -> Peeled | None:
        split = leading(arguments, names)
        own, rest = split.rest[:skip], split.rest[skip:]
        said = " ".join(filter(None, (split.said, *(value.written for value in own))))
        return Peeled(said, rest) if rest else None

    return peel


def _command(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset())
    return None if split.flags & {"-v", "-V"} or not split.rest else Peeled(split.said, split.rest)


def _detaching(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset())
    return Peeled(split.said, split.rest, detaches=True) if split.rest else None


def _timeout(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"-k", "-s", "--kill-after", "--signal", "-t"}))
    limit = split.last("-t")
    rest = split.rest
    if limit is None:
        limit, rest = (rest[0], rest[1:]) if rest else (None, ())
    if limit is None or not rest:
        return None
    said = f"{split.said} {limit.written}".strip()
    return Peeled(said, rest, timeout=number(limit.text) or None)


def _env(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"-u", "-C", "--unset", "--chdir"}))
    said = split.last("-S", "--split-string")
    rest = split.rest if said is None else (said, *split.rest)
    settings: list[tuple[str, Value]] = []
    while rest and _ASSIGNMENT.match(rest[0].text):
        settings.append(_assignment(rest[0]))
        rest = rest[1:]
    words = " ".join(filter(None, (split.said, *(f"{name}={value.written}" for name, value in settings))))
    clears = "-i" in split.flags or "--ignore-environment" in split.flags
    return Peeled(words, rest, settings=tuple(settings), folder=split.last("-C", "--chdir"), clears=clears)


def _assignment(value: Value) -> tuple[str, Value]:
    name, _, text = value.text.partition("=")
    return name, value.but(text, value.written.partition("=")[2])


def _sudo(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(
        arguments,
        frozenset(
            [
                "-u",
                "-g",
                "-p",
                "-C",
                "-h",
                "-r",
                "-t",
                "-T",
                "-U",
                "--user",
                "--group",
                "--prompt",
                "--host",
                "--role",
                "--chdir",
                "-D",
                "--other-user",
            ]
        ),
    )
    user = split.last("-u", "--user")
    rest = split.rest
    settings: list[tuple[str, Value]] = []
    while rest and _ASSIGNMENT.match(rest[0].text):
        settings.append(_assignment(rest[0]))
        rest = rest[1:]
    if not rest:
        return None
    root = user is None or user.text == "root"
    fresh = "-i" in split.flags or "-H" in split.flags
    return Peeled(split.said, rest, user=user or literal("root"), root=root, fresh=fresh, settings=tuple(settings))


def _su(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read su(1) and runuser(1): `su - user -c text`; runuser also takes words after `-u user --`."""
    text: Value | None = None
    user: Value | None = None
    login = False
    place = 0
    while place < len(arguments):
        word = arguments[place].text
        if word in ("-c", "--command", "-lc") and place + 1 < len(arguments):
            text, place, login = arguments[place + 1], place + 1, login or word == "-lc"
        elif word in ("-s", "--shell", "-g", "-G", "-w"):
            place += 1
        elif word in ("-u", "--user") and place + 1 < len(arguments):
            user, place = arguments[place + 1], place + 1
        elif word in ("-", "-l", "--login"):
            login = True
        elif word.startswith("-c") and len(word) > 2:
            text = arguments[place].but(word[2:])
        elif word == "--" or not word.startswith("-"):
            if user is None and word != "--":
                user = arguments[place]
            elif text is None and user is not None:
                rest = arguments[place + (word == "--") :]
                return Peeled(f"-u {user.written}", rest, user=user, root=user.text == "root") if word == "--" else None
        place += 1
    if text is None:
        return None
    who = user or literal("root")
    said = f"{'- ' if login else ''}{who.written}"
    return Peeled(said, text=text, user=who, root=who.text == "root", fresh=login)


def _as_user(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset())
    if len(split.rest) < 2:
        return None
    user = split.rest[0].but(split.rest[0].text.partition(":")[0])
    return Peeled(user.written, split.rest[1:], user=user, root=user.text == "root")


def _chpst(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(
        arguments,
        frozenset(["-u", "-U", "-b", "-e", "-/", "-n", "-l", "-L", "-m", "-d", "-o", "-p", "-f", "-c", "-P", "-0"])
        - {"-P", "-0"},
    )
    lock = split.last("-l", "-L")
    if not split.rest:
        return None
    return Peeled(split.said, split.rest, lock=lock, skips=split.last("-L") is not None, user=split.last("-u"))


def _flock(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"-w", "--wait", "--timeout", "-E", "--conflict-exit-code", "-c"}))
    skips = bool(split.flags & {"-n", "--nb", "--nonblock"}) or split.last("-w", "--wait", "--timeout") is not None
    if not split.rest:
        return None
    lock, rest = split.rest[0], split.rest[1:]
    said = f"{split.said} {lock.written}".strip()
    if lock.text.isdigit():
        return Peeled(said, descriptor=int(lock.text[:4]), skips=skips, lock_kind=LockKind.FLOCK)
    if rest and rest[0].text == "--":
        rest = rest[1:]
    after = (
        leading(rest, frozenset({"-w", "-E", "--wait", "--timeout"})) if rest and rest[0].text.startswith("-") else None
    )
    if after is not None:
        skips = skips or bool(after.flags & {"-n", "--nb", "--nonblock"})
        rest = after.rest
        if after.flags & {"-c", "--command"} and rest:
            return Peeled(said, text=rest[0], lock=lock, skips=skips, lock_kind=LockKind.FLOCK)
    return Peeled(said, rest, lock=lock, skips=skips, lock_kind=LockKind.FLOCK)


def _lock_first(valued: str, *, skips: bool, flag: str = "") -> Peeler:
    """Make the reader of a lock tool: options, the lock's name, the command."""
    names = frozenset(valued.split())

    def peel(arguments: tuple[Value, ...]) -> Peeled | None:
        split = leading(arguments, names)
        if len(split.rest) < 2:
            return None
        said = f"{split.said} {split.rest[0].written}".strip()
        return Peeled(said, split.rest[1:], lock=split.rest[0], skips=skips or (bool(flag) and flag in split.flags))

    return peel


def _lockrun(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"--lockfile", "-L", "--maxtime"}))
    lock = split.last("--lockfile", "-L")
    skips = "--wait" not in split.flags
    return Peeled(split.said, split.rest, lock=lock or literal("lockrun"), skips=skips) if split.rest else None


def _run_one(arguments: tuple[Value, ...]) -> Peeled | None:
    shown = " ".join(value.shown for value in arguments[:6])
    return Peeled("", arguments, lock=literal(shown), skips=True) if arguments else None


def _solo(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset())
    port = split.last("-port", "--port") or next((literal(f[6:]) for f in split.flags if f.startswith("-port=")), None)
    return (
        Peeled(split.said, split.rest, lock=literal(f"port {port.text if port else '?'}"), skips=True)
        if split.rest
        else None
    )


def _ssh(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(
        arguments,
        frozenset(
            [
                "-b",
                "-c",
                "-D",
                "-E",
                "-e",
                "-F",
                "-I",
                "-i",
                "-J",
                "-L",
                "-l",
                "-m",
                "-O",
                "-o",
                "-p",
                "-Q",
                "-R",
                "-S",
                "-W",
                "-w",
                "-B",
            ]
        ),
    )
    if not split.rest:
        return None
    target, words = split.rest[0], split.rest[1:]
    more = leading(words, frozenset({"-p", "-i", "-o", "-l"})) if words and words[0].text.startswith("-") else None
    words = more.rest if more is not None else words
    user, at, host = target.text.rpartition("@")
    login = split.last("-l")
    who = literal(user) if at else login
    text = (
        joined([piece for n, w in enumerate(words) for piece in ((literal(" "), w) if n else (w,))]) if words else None
    )
    detaches = "-f" in split.flags
    return Peeled(target.written, text=text, kind=StepKind.REMOTE, place=host, user=who, fresh=True, detaches=detaches)


_DOCKER = frozenset(
    [
        "-e",
        "--env",
        "-u",
        "--user",
        "-w",
        "--workdir",
        "-v",
        "--volume",
        "--name",
        "--network",
        "--net",
        "-p",
        "--publish",
        "--env-file",
        "--entrypoint",
        "--mount",
        "-m",
        "--memory",
        "--cpus",
        "-l",
        "--label",
        "--log-driver",
        "--log-opt",
        "--restart",
        "--link",
        "-h",
        "--hostname",
        "--add-host",
        "--volumes-from",
        "--platform",
        "--pull",
        "--shm-size",
        "--ulimit",
        "--gpus",
        "--device",
        "--cap-add",
        "--security-opt",
        "--dns",
        "--ip",
        "--index",
        "--user-ns",
        "--cidfile",
        "--tmpfs",
        "-f",
        "--file",
        "--project-name",
        "--project-directory",
        "--profile",
        "--detach-keys",
        "--context",
        "-H",
        "--host",
        "-c",
    ]
)


def _container(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `docker exec|run`, compose and podman: the command runs inside."""
    outer = leading(
        arguments, frozenset({"-H", "--host", "--context", "-f", "--file", "-p", "--project-name", "--env-file"})
    )
    rest = outer.rest
    if rest and rest[0].text == "compose":
        rest = leading(rest[1:], frozenset({"-f", "--file", "-p", "--project-name", "--env-file", "--profile"})).rest
    if not rest or rest[0].text not in ("exec", "run"):
        return None
    split = leading(rest[1:], _DOCKER)
    if len(split.rest) < 2:
        return None
    name = split.rest[0]
    return Peeled(
        f"{rest[0].text} {name.written}",
        split.rest[1:],
        kind=StepKind.CONTAINER,
        place=name.text,
        fresh=True,
        detaches=bool(split.flags & {"-d", "--detach"}),
    )


def _kubectl(arguments: tuple[Value, ...]) -> Peeled | None:
    texts = [value.text for value in arguments]
    if "exec" not in texts[:6] or "--" not in texts:
        return None
    end = texts.index("--")
    pod = next((t for t in texts[texts.index("exec") + 1 : end] if not t.startswith("-")), "")
    rest = arguments[end + 1 :]
    return Peeled(f"exec {pod}", rest, kind=StepKind.CONTAINER, place=pod, fresh=True) if rest else None


def _xargs(arguments: tuple[Value, ...]) -> Peeled | None:
    valued = "-I -n -P -L -s -d -E -a --max-args --max-procs --replace --delimiter --max-lines --arg-file"
    split = leading(arguments, frozenset(valued.split()))
    procs = split.last("-P", "--max-procs")
    if not split.rest:
        return None
    parallel = procs is not None and procs.text not in ("1", "")
    put = split.last("-I", "--replace")
    placeholder = put.text if put is not None else ("{}" if "-i" in split.flags else "")
    return Peeled(split.said, split.rest, repeats=True, parallel=parallel, placeholder=placeholder)


def _parallel(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(
        arguments,
        frozenset(
            [
                "-j",
                "--jobs",
                "-a",
                "--arg-file",
                "-S",
                "--sshlogin",
                "--joblog",
                "--results",
                "--timeout",
                "--retries",
                "-n",
                "-N",
                "-I",
                "--delay",
            ]
        ),
    )
    rest: list[Value] = []
    for value in split.rest:
        if value.text in (":::", "::::", ":::+"):
            break
        rest.append(value)
    if not rest:
        return None
    one = len(rest) == 1 and " " in rest[0].text
    return Peeled(split.said, () if one else tuple(rest), text=rest[0] if one else None, repeats=True, parallel=True)


def _sem(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"--id", "-j", "--jobs", "--semaphore-name", "--st", "--semaphore-timeout"}))
    name = split.last("--id", "--semaphore-name") or literal("sem")
    return Peeled(split.said, split.rest, lock=name, skips=False) if split.rest else None


def _aws_vault(arguments: tuple[Value, ...]) -> Peeled | None:
    texts = [value.text for value in arguments]
    if texts[:1] != ["exec"] or "--" not in texts:
        return None
    end = texts.index("--")
    return Peeled(" ".join(texts[:end]), arguments[end + 1 :])


def _sub(action: str, valued: str = "") -> Peeler:
    """Make the reader of a tool whose `action` runs a command: `poetry run`, `bundle exec`."""
    inner = _plain(valued)

    def peel(arguments: tuple[Value, ...]) -> Peeled | None:
        texts = [value.text for value in arguments]
        if action not in texts[:4]:
            return None
        peeled = inner(arguments[texts.index(action) + 1 :])
        return None if peeled is None else Peeled(f"{action} {peeled.said}".strip(), peeled.rest)

    return peel


def _screen(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"-S", "-c", "-L-", "-t", "-T", "-e", "-h", "-p", "-X-"}))
    if not split.rest or not any(flag.startswith(("-d", "-D")) for flag in split.flags):
        return None
    return Peeled(split.said, split.rest, detaches=True)


def _tmux(arguments: tuple[Value, ...]) -> Peeled | None:
    texts = [value.text for value in arguments]
    if not texts or texts[0] not in ("new", "new-session", "new-window", "neww") or "-d" not in texts:
        return None
    split = leading(arguments[1:], frozenset({"-s", "-n", "-t", "-c", "-x", "-y", "-F"}))
    one = len(split.rest) == 1
    return (
        Peeled(split.said, () if one else split.rest, text=split.rest[0] if one else None, detaches=True)
        if split.rest
        else None
    )


def _script(arguments: tuple[Value, ...]) -> Peeled | None:
    split = leading(arguments, frozenset({"-c", "--command", "-t", "-B", "-I", "-O", "-T", "-E", "-m", "-o"}))
    text = split.last("-c", "--command")
    return Peeled(split.said, text=text) if text is not None else None


WRAPPERS: Mapping[str, Peeler] = {
    "nice": _plain("-n --adjustment"), "renice": _plain("-n"), "ionice": _plain("-c -n -p -P -u --class --classdata"),
    "chrt": _plain("-T -P -D", 1), "taskset": _plain("", 1), "time": _plain("-f -o --format --output"),
    "nohup": _detaching, "setsid": _detaching, "daemonize": _detaching,
    "timeout": _timeout, "gtimeout": _timeout, "timelimit": _plain("-t -T -s -S"),
    "env": _env, "sudo": _sudo, "doas": _sudo, "su": _su, "runuser": _su, "gosu": _as_user, "su-exec": _as_user,
    "setuidgid": _as_user, "s6-setuidgid": _as_user, "setpriv": _plain("--reuid --regid --groups"), "chpst": _chpst,
    "softlimit": _plain("-m -d -s -l -a -o -p -f -c -r -t"), "cgexec": _plain("-g"), "prlimit": _plain(),
    "chronic": _plain(), "cronic": _plain(), "exec": _plain("-a"), "command": _command, "builtin": _plain(),
    "busybox": _plain(),
    "stdbuf": _plain("-i -o -e"), "unbuffer": _plain(), "script": _script, "catchsegv": _plain(), "eatmydata": _plain(),
    "run-one": _run_one, "run-this-one": _run_one, "keep-one-running": _run_one, "solo": _solo,
    "flock": _flock, "lckdo": _lock_first("-E -W", skips=True), "setlock": _lock_first("", skips=False, flag="-n"),
    "with-lock-ex": _lock_first("", skips=True), "withlock": _lock_first("-w", skips=True), "lockrun": _lockrun,
    "lockf": _lock_first("-t", skips=True), "run-with-lockfile": _lock_first("", skips=False, flag="-n"),
    "run-with-lockfile.sh": _lock_first("", skips=False, flag="-n"), "cronlock": _run_one, "sem": _sem,
    "ssh": _ssh, "rsh": _ssh, "autossh": _ssh, "mosh": _ssh, "sshpass": _plain("-p -f -d -P"),
    "docker": _container, "podman": _container, "docker-compose": _container, "podman-compose": _container,
    "nerdctl": _container, "kubectl": _kubectl, "oc": _kubectl, "lxc": _kubectl, "lxc-attach": _kubectl,
    "xargs": _xargs, "parallel": _parallel,
    "systemd-cat": _plain("-t -p --identifier --priority --stderr-priority"),
    "systemd-inhibit": _plain("--what --who --why --mode"),
    "systemd-run": _plain("--unit -p --property --slice -u -E --setenv --uid --gid --description --nice -M -H"),
    "aws-vault": _aws_vault, "saml2aws": _aws_vault, "chamber": _aws_vault, "vaultenv": _plain("--secrets-file"),
    "caffeinate": _plain("-t -w"), "proxychains": _plain("-f"), "proxychains4": _plain("-f"), "torsocks": _plain(),
    "torify": _plain(), "tsocks": _plain(), "faketime": _plain("-f", 1), "fakeroot": _plain(),
    "dbus-run-session": _plain(),
    "dbus-launch": _plain(), "xvfb-run": _plain("-n -s -e -f -p -w --server-args --server-num"),
    "cpulimit": _plain("-l -p -e --limit"),
    "trickle": _plain("-d -u -w -t -l"), "firejail": _plain(), "with-contenv": _plain(), "envdir": _plain("", 1),
    "k5start": _plain("-f -u -k -K -l -t"),
    "newrelic-admin": _sub("run-program"), "cronitor": _sub("exec"), "pipenv": _sub("run"),
    "poetry": _sub("run", "-C -P"),
    "uv": _sub("run", "--with --python -p --project --directory"), "pdm": _sub("run"), "hatch": _sub("run"),
    "rye": _sub("run"),
    "conda": _sub("run", "-n -p --name --prefix"), "mamba": _sub("run", "-n -p"), "micromamba": _sub("run", "-n -p"),
    "bundle": _sub("exec"), "mise": _sub("exec"), "rbenv": _sub("exec"), "pyenv": _sub("exec"), "npx": _plain("-p"),
    "direnv": _sub("exec"), "dotenv": _plain("-f"), "screen": _screen, "tmux": _tmux, "unshare": _plain(),
    "nsenter": _plain("-t -S -G"),
    "chroot": _plain("--userspec --groups", 1), "watch": _plain("-n"), "ltrace": _plain("-o"),
    "log-output": _plain("-d -s", 1),
}  # fmt: skip


def peel(name: str, arguments: tuple[Value, ...]) -> Peeled | None:
    """Peel one wrapper off, or give None where the name is none or it runs nothing."""
    peeler = WRAPPERS.get(name)
    return None if peeler is None else peeler(arguments)
