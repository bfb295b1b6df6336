"""Wrappers that keep a second run out: flock(1) and other lock tools."""

from __future__ import annotations

from migrator.commands.facts import LockKind
from migrator.commands.peeling import Peeled, Peeler, Split, leading, own
from migrator.commands.values import Value, literal


def flock(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `flock`: a file and a command, or a text with `-c`."""
    split = own("flock", arguments)
    skips = gives_up(split)
    if not split.rest:
        return None
    lock, rest = split.rest[0], split.rest[1:]
    said = f"{split.said} {lock.written}".strip()
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


def gives_up(split: Split) -> bool:
    """Say whether options of flock(1) let a run end that finds the lock taken."""
    return bool(split.flags & {"-n", "--nb", "--nonblock"}) or split.last("-w", "--wait", "--timeout") is not None


def lock_first(name: str, *, flag: str = "") -> Peeler:
    """Make the reader of a lock tool: options, the lock's name, the command. It skips, or it does with a `flag`."""

    def peel(arguments: tuple[Value, ...]) -> Peeled | None:
        split = own(name, arguments)
        if len(split.rest) < 2:
            return None
        said = f"{split.said} {split.rest[0].written}".strip()
        return Peeled(said, split.rest[1:], lock=split.rest[0], skips=not flag or flag in split.flags)

    return peel


def lockrun(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `lockrun --lockfile=F -- command`."""
    split = own("lockrun", arguments)
    lock = split.last("--lockfile", "-L")
    skips = "--wait" not in split.flags
    return Peeled(split.said, split.rest, lock=lock or literal("lockrun"), skips=skips) if split.rest else None


def run_one(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `run-one`: the command itself is the lock."""
    shown = " ".join(value.shown for value in arguments[:6])
    return Peeled("", arguments, lock=literal(shown), skips=True) if arguments else None


def solo(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `solo -port=N`."""
    split = leading(arguments, frozenset())
    port = split.last("-port", "--port") or next((literal(f[6:]) for f in split.flags if f.startswith("-port=")), None)
    return (
        Peeled(split.said, split.rest, lock=literal(f"port {port.text if port else '?'}"), skips=True)
        if split.rest
        else None
    )


def sem(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read GNU parallel's `sem`."""
    split = own("sem", arguments)
    name = split.last("--id", "--semaphore-name") or literal("sem")
    return Peeled(split.said, split.rest, lock=name, skips=False) if split.rest else None


def chpst(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `chpst`, which may lock and change the user."""
    split = own("chpst", arguments)
    lock = split.last("-l", "-L")
    if not split.rest:
        return None
    return Peeled(split.said, split.rest, lock=lock, skips=split.last("-L") is not None, user=split.last("-u"))
