"""Draw the boundaries of units: what could run, be retried, placed and watched on its own.

Steps of one job that share shell state or temporary files, and file housekeeping around a program, are one unit. A
cloud call, another host, a container, a wait, another program with its own inputs and outputs begins a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from migrator.commands.facts import StepKind, Unit
from migrator.commands.paths import overlaps, temporary
from migrator.commands.record import Draft

_PROGRAMS = (StepKind.PROGRAM, StepKind.SCRIPT, StepKind.DATABASE, StepKind.OPAQUE)


@dataclass(slots=True)
class _Open:
    """The unit being drawn."""

    steps: list[int]
    why: str
    also: list[str] = field(default_factory=list)
    main: Draft | None = None
    there: str = ""
    last: Draft | None = None
    files: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    packs: bool = False
    state: set[str] = field(default_factory=set)

    def take(self, place: int, draft: Draft) -> None:
        self.steps.append(place)
        self.last = draft
        self.files.extend(draft.reads[:50])
        self.files.extend(draft.writes[:50])
        self.written.extend(draft.writes[:50])
        self.state |= draft.state
        self.there = self.there or draft.there
        self.packs = self.packs or (draft.kind is StepKind.FILES and draft.dumps)
        if not _joins_in(draft):
            self.main = draft


def units(drafts: list[Draft]) -> tuple[Unit, ...]:
    """Group steps, in order, into units; each says why it begins where it does."""
    if len(drafts) == 1:
        return (Unit((0,), _begins(None, drafts[0])),)
    found: list[_Open] = []
    for place, draft in enumerate(drafts):
        current = found[-1] if found else None
        stays = _stays(current, draft) if current is not None else None
        if current is None or stays is None:
            found.append(_Open([], _begins(current, draft)))
            current = found[-1]
        elif stays and stays not in current.also and len(current.also) < 4:
            current.also.append(stays)
        current.take(place, draft)
    return tuple(Unit(tuple(unit.steps), "; ".join([unit.why, *unit.also])) for unit in found)


def _joins_in(draft: Draft) -> bool:
    """Say whether a step is housekeeping around others: it begins no unit of its own."""
    if draft.there:
        return False
    return (
        draft.kind is StepKind.FILES
        or draft.kind is StepKind.MAIL
        or draft.pings
        or (draft.controls and draft.kind in (StepKind.PROGRAM, StepKind.CONTAINER))
    )


def _stays(unit: _Open, draft: Draft) -> str | None:
    """Say why a step belongs to the unit before it (empty: plain housekeeping), None where it begins its own."""
    if draft.kind is StepKind.WAIT:
        return _own_wait(unit, draft)
    if unit.last is not None and unit.last.kind is StepKind.WAIT and not _waits_on_own(unit):
        return None
    if draft.there or unit.there:
        same = draft.there == unit.there and draft.kind is StepKind.REMOTE
        if same:
            return f"`{draft.name}` runs on the same host"
        return _carried(unit, draft) or _tidies(unit, draft)
    if draft.kind is StepKind.CLOUD:
        return None
    if _joins_in(draft):
        return ""
    shared = _shared_state(unit, draft)
    if shared:
        return shared
    if draft.kind is StepKind.TRANSFER:
        return _carried(unit, draft) or _served(unit, draft)
    if draft.kind in _PROGRAMS:
        return _program_stays(unit, draft)
    return None


def _own_wait(unit: _Open, draft: Draft) -> str | None:
    """Take a poll of the run that the unit itself started for the end of that call, not for a wait of its own."""
    last = unit.last
    if last is not None and last.call is not None and draft.polls.split(" ")[0] == last.call.service:
        return f"`{draft.name}` waits for the run that `{last.name}` started"
    return None


def _waits_on_own(unit: _Open) -> bool:
    return len(unit.steps) > 1


def _shared_state(unit: _Open, draft: Draft) -> str | None:
    common = sorted(unit.state & draft.state)
    if common:
        return f"`{draft.name}` shares shell state with it: {common[0][:80]}"
    for name in draft.reads[:50]:
        if temporary(name) and any(temporary(other) and overlaps(name, other) for other in unit.written):
            return f"`{draft.name}` reads the temporary file {name} that it writes"
    for name in draft.writes[:50]:
        if temporary(name) and name in unit.files:
            return f"`{draft.name}` shares the temporary file {name}"
    return None


def _carried(unit: _Open, draft: Draft) -> str | None:
    """Keep a copy of what the unit made with it: it needs the host that holds the file."""
    if not draft.carries or draft.kind not in (StepKind.TRANSFER, StepKind.FILES):
        return None
    for name in draft.reads[:50]:
        if "://" in name:
            continue
        made = any("://" not in other and overlaps(name, other) for other in unit.written)
        # A temporary file that nothing else in the job makes comes from a program that was not read.
        if made or (temporary(name) and unit.main is not None):
            return f"`{draft.name}` carries a file that it made and needs the host that holds it"
    for name in draft.writes[:50]:
        if "://" not in name and name in unit.files:
            return f"`{draft.name}` writes the local file {name} that it works on"
    return None


def _program_stays(unit: _Open, draft: Draft) -> str | None:
    main = unit.main
    if main is None:
        return _served(unit, draft)
    if main.maintains and draft.maintains:
        return "all of it tends the host"
    if main.kind is StepKind.TRANSFER and main.carries:
        fetched = [
            name
            for name in draft.reads[:50]
            if any(overlaps(name, other) for other in unit.written if "://" not in other)
        ]
        if fetched:
            return f"`{draft.name}` works on the file that `{main.name}` fetched"
    if main.dumps and draft.dumps and _same_folder(unit, draft):
        return f"`{draft.name}` dumps into the same folder"
    return None


def _served(unit: _Open, draft: Draft) -> str | None:
    """Keep file housekeeping with the program behind it, unless it packs files for a purpose of its own."""
    if unit.main is not None:
        return None
    shares = any(
        overlaps(name, other) for name in (*draft.reads[:50], *draft.writes[:50]) for other in unit.files[:200]
    )
    if unit.packs and not shares:
        return None
    return f"`{draft.name}` is the program that the file housekeeping before it serves"


def _tidies(unit: _Open, draft: Draft) -> str | None:
    """Keep housekeeping of files that the unit made with it, after a container or another host did its part."""
    if draft.there or draft.kind is not StepKind.FILES:
        return None
    names = (*draft.reads[:50], *draft.writes[:50])
    return "" if any(overlaps(name, other) for name in names for other in unit.written if "://" not in other) else None


def _same_folder(unit: _Open, draft: Draft) -> bool:
    folders = {name.rpartition("/")[0] for name in unit.written if "://" not in name}
    return any(name.rpartition("/")[0] in folders for name in draft.writes)


def _begins(before: _Open | None, draft: Draft) -> str:
    if before is None:
        return f"the job begins with `{draft.name}`"
    if draft.kind is StepKind.WAIT:
        return f"`{draft.name}` is a wait"
    if before.last is not None and before.last.kind is StepKind.WAIT:
        return f"`{draft.name}` starts after a wait"
    if draft.kind is StepKind.CLOUD:
        return f"`{draft.name}` is a cloud call"
    if draft.kind is StepKind.REMOTE:
        return f"`{draft.name}` runs on another host ({draft.there.removeprefix('remote ')})"
    if draft.kind is StepKind.CONTAINER:
        return f"`{draft.name}` runs in a container"
    if draft.kind is StepKind.TRANSFER:
        return f"`{draft.name}` carries files of its own from one place to another"
    if before.there:
        return f"`{draft.name}` runs on the job's own host again"
    return f"`{draft.name}` is another program with its own inputs and outputs"
