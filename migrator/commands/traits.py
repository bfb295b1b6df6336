"""Conclude what is true of a command as a whole, from its steps."""

from __future__ import annotations

import re

from migrator.commands.facts import Lock, LockKind, StepKind, Trait
from migrator.commands.invocation import SWITCHES_HOST
from migrator.commands.record import Draft, Record
from migrator.model import Origin

_KERNEL = re.compile(
    r"(?:^|[\s='\"<>(])(/(?:proc|sys|dev)/(?!\d+/fd/|self/|null|stdout|stderr|stdin|fd|tty\b|urandom|random|zero|shm)[\w/.-]+)|\.sock\b"
)
_DEVICES = re.compile(r"/(?:proc|sys|dev/(?!null))")
_BESIDE = (StepKind.MAIL, StepKind.WAIT)


def conclude(record: Record, user: str | None, command: str, place: Origin) -> None:
    """Note the traits and locks that only the whole command shows."""
    if record.suspects:
        _pid_locks(record)
    for draft in record.drafts:
        if draft.dated:
            record.trait(Trait.DATE_DEPENDENT, draft.origin, draft.text, "asks the clock which day it works on")
            break
    for draft in record.drafts:
        if draft.maintains:
            _maintenance(record, user)
            break
    suspected = ".sock" in command or (
        ("/dev/" in command or "/proc" in command or "/sys" in command) and _DEVICES.search(command)
    )
    match = _KERNEL.search(command[:5000]) if suspected else None
    if match:
        record.trait(Trait.NEEDS_HOST, place, command.strip(), f"uses {match[1] or 'a socket'} of this host")


def _maintenance(record: Record, user: str | None) -> None:
    """Call a job host maintenance when all that works in it is, or when it ends or restarts its host.

    A program with a purpose of its own outweighs all other maintenance.
    """
    tending = [draft for draft in record.drafts if draft.maintains and draft.kind not in _BESIDE and not draft.pings]
    if not tending:
        return
    working = [draft for draft in record.drafts if draft.kind not in _BESIDE and not draft.pings]
    switching = [draft for draft in tending if draft.maintains == SWITCHES_HOST and not draft.there]
    if not switching and not all(draft.maintains or _minor(draft) for draft in working):
        return
    for draft in (switching or tending)[:3]:
        record.trait(Trait.HOST_MAINTENANCE, draft.origin, draft.text, draft.maintains)
    if user == "root":
        record.trait(Trait.NEEDS_ROOT, tending[0].origin, tending[0].text, "maintenance of the host that runs as root")


def _minor(draft: Draft) -> bool:
    """Say whether a step only serves others: file housekeeping without data of its own."""
    return draft.kind is StepKind.FILES and not any(
        access.mode.value in ("write", "append") and not access.log for access in draft.accesses
    )


def _pid_locks(record: Record) -> None:
    """Take a file whose presence ends the run for a lock, where its name says so or the run makes it."""
    for name, origin, text in record.suspects:
        if name in record.marks:
            lock = Lock(LockKind.PID_FILE, name, skips=True, origin=origin, text=text)
            if lock not in record.locks:
                record.locks.append(lock)
