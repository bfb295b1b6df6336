"""The contract of wrappers, and wrappers that only stand before a command."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrator.commands.facts import LockKind, StepKind
from migrator.commands.invocation import number
from migrator.commands.values import Value, literal
from migrator.model.frozen import frozen
from migrator.shell.runners import RUNNERS, Runner, takes_next


@frozen
class Peeled:
    """What a wrapper said and what it runs: `rest` as words, or `text` as shell text, or neither (the wrapper alone).

    `place` is the host or container that the command runs in. `mounts` holds folders of the host with the folders of
    the container at which they are seen. `kept` names a container whose files outlive the command (`{folder}` in it
    stands for the working folder's name). `replacing` is what the words of `text` hold in place of `{}` and its kin.
    """

    said: str = ""
    rest: tuple[Value, ...] = ()
    text: Value | None = None
    lock: Value | None = None
    lock_kind: LockKind = LockKind.LOCK_TOOL
    skips: bool = False
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
    mounts: tuple[tuple[Value, str], ...] = ()
    kept: str = ""
    replacing: Value | None = None


Peeler = Callable[[tuple[Value, ...]], "Peeled | None"]


@frozen
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
        elif takes_next(text, valued):
            flags.update(f"-{letter}" for letter in text[1:-1])
            place += 1
            options.append((f"-{text[-1]}", arguments[place] if place < len(arguments) else literal("")))
        else:
            flags.add(text)
            flags.update(f"-{letter}" for letter in text[1:] if not text.startswith("--"))
        place += 1
    said = " ".join(value.written for value in arguments[: min(place, 20)])
    return Split(tuple(options), frozenset(flags), arguments[place:], said)


def own(name: str, arguments: tuple[Value, ...]) -> Split:
    """Take the options at the front that a program takes for its own."""
    return leading(arguments, RUNNERS[name].valued)


_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")


def settings(words: tuple[Value, ...]) -> tuple[tuple[tuple[str, Value], ...], tuple[Value, ...]]:
    """Give the assignments that words begin with, taken apart, and the other words."""
    found: list[tuple[str, Value]] = []
    for value in words:
        if not _ASSIGNMENT.match(value.text):
            break
        name, _, text = value.text.partition("=")
        found.append((name, value.but(text, value.written.partition("=")[2])))
    return tuple(found), words[len(found) :]


def plain(runner: Runner) -> Peeler:
    """Make the reader of a wrapper that has only options and words of its own before the command."""

    def peel(arguments: tuple[Value, ...]) -> Peeled | None:
        if runner.verb:
            texts = [value.text for value in arguments]
            if runner.verb not in texts[:4]:
                return None
            arguments = arguments[texts.index(runner.verb) + 1 :]
        split = leading(arguments, runner.valued)
        words, rest = split.rest[: runner.words], split.rest[runner.words :]
        said = " ".join(filter(None, (runner.verb, split.said, *(value.written for value in words))))
        return Peeled(said, rest) if rest else None

    return peel


def ionice(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `ionice`, which with `-p` changes a process that runs already (ionice(1))."""
    split = own("ionice", arguments)
    return None if split.flags & {"-p", "-P", "-u"} or not split.rest else Peeled(split.said, split.rest)


def command(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `command`, which with `-v` only asks."""
    split = leading(arguments, frozenset())
    return None if split.flags & {"-v", "-V"} or not split.rest else Peeled(split.said, split.rest)


def detaching(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `nohup` and `setsid`: the process is left behind."""
    split = leading(arguments, frozenset())
    return Peeled(split.said, split.rest, detaches=True) if split.rest else None


def timeout(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `timeout`: the limit, then the command."""
    split = own("timeout", arguments)
    limit = split.last("-t")
    rest = split.rest
    if limit is None:
        limit, rest = (rest[0], rest[1:]) if rest else (None, ())
    if limit is None or not rest:
        return None
    said = f"{split.said} {limit.written}".strip()
    killed = split.last("-k", "--kill-after")
    longest = number(limit.text)
    return Peeled(said, rest, timeout=longest + ((killed and number(killed.text)) or 0) if longest else None)


def env(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `env`: assignments, then the command."""
    split = leading(arguments, RUNNERS["env"].valued | {"-S", "--split-string"})
    said = split.last("-S", "--split-string")
    parted = () if said is None else tuple(said.but(word) for word in said.text.split())
    given, rest = settings((*parted, *split.rest))
    words = " ".join(filter(None, (split.said, *(f"{name}={value.written}" for name, value in given))))
    clears = "-i" in split.flags or "--ignore-environment" in split.flags
    return Peeled(words, rest, settings=given, folder=split.last("-C", "--chdir"), clears=clears)


def screen(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read a detached `screen`."""
    split = leading(arguments, frozenset({"-S", "-c", "-t", "-T", "-e", "-h", "-p"}))
    if not split.rest or not any(flag.startswith(("-d", "-D")) for flag in split.flags):
        return None
    return Peeled(split.said, split.rest, detaches=True)


def tmux(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read a detached `tmux` session."""
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


def script(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `script -c`."""
    split = leading(arguments, frozenset({"-c", "--command", "-t", "-B", "-I", "-O", "-T", "-E", "-m", "-o"}))
    text = split.last("-c", "--command")
    return Peeled(split.said, text=text) if text is not None else None


def aws_vault(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `aws-vault exec profile -- command`."""
    texts = [value.text for value in arguments]
    if texts[:1] != ["exec"] or "--" not in texts:
        return None
    end = texts.index("--")
    return Peeled(" ".join(texts[:end]), arguments[end + 1 :])
