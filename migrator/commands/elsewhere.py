"""Wrappers that run a command in another place or several times: ssh, containers, xargs, parallel."""

from __future__ import annotations

from migrator.commands.facts import StepKind
from migrator.commands.peeling import Peeled, Split, leading
from migrator.commands.values import Value, joined, literal


def ssh(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `ssh`: options, the host, the command."""
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


_DOCKER_OPTIONS = """
    -e --env -u --user -w --workdir -v --volume --name --network --net -p --publish --env-file --entrypoint
    --mount -m --memory --cpus -l --label --log-driver --log-opt --restart --link -h --hostname --add-host
    --volumes-from --platform --pull --shm-size --ulimit --gpus --device --cap-add --security-opt --dns --ip
    --index --user-ns --cidfile --tmpfs -f --file --project-name --project-directory --profile --detach-keys
    --context -H --host -c
"""
_DOCKER = frozenset(_DOCKER_OPTIONS.split())


def container(arguments: tuple[Value, ...]) -> Peeled | None:
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
        folder=split.last("-w", "--workdir"),
        mounts=_mounts(split),
        detaches=bool(split.flags & {"-d", "--detach"}),
    )


def _mounts(split: Split) -> tuple[tuple[Value, str], ...]:
    """Give the folders of the host that `docker run -v OUTSIDE:INSIDE` shows; a volume with a name is none."""
    found: list[tuple[Value, str]] = []
    for name, value in split.options[:60]:
        if name in ("-v", "--volume"):
            outside, _, rest = value.text.partition(":")
            inside = rest.partition(":")[0]
        elif name == "--mount":
            parts = dict(part.partition("=")[::2] for part in value.text.split(",")[:12])
            outside = parts.get("source") or parts.get("src") or ""
            inside = parts.get("target") or parts.get("dst") or parts.get("destination") or ""
        else:
            continue
        if outside.startswith(("/", ".", "~", "$")) and inside.startswith("/") and "*" not in inside:
            found.append((value.but(outside, outside), inside.rstrip("/") or "/"))
    return tuple(found)


def kubectl(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `kubectl exec pod -- command`."""
    texts = [value.text for value in arguments]
    if "exec" not in texts[:6] or "--" not in texts:
        return None
    end = texts.index("--")
    pod = next((t for t in texts[texts.index("exec") + 1 : end] if not t.startswith("-")), "")
    rest = arguments[end + 1 :]
    return Peeled(f"exec {pod}", rest, kind=StepKind.CONTAINER, place=pod, fresh=True) if rest else None


def xargs(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `xargs`: what it runs, how often at once, where it puts what it reads."""
    valued = "-I -n -P -L -s -d -E -a --max-args --max-procs --replace --delimiter --max-lines --arg-file"
    split = leading(arguments, frozenset(valued.split()))
    procs = split.last("-P", "--max-procs")
    if not split.rest:
        return None
    parallel = procs is not None and procs.text not in ("1", "")
    put = split.last("-I", "--replace")
    placeholder = put.text if put is not None else ("{}" if "-i" in split.flags else "")
    return Peeled(split.said, split.rest, repeats=True, parallel=parallel, placeholder=placeholder)


def parallel(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read GNU `parallel`."""
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
