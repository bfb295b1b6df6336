"""How much work a job's move is, by what has to be done for it: points for each reason, and sizes of the points.

Taking units apart, a test of the day that the schedule needs, text that nobody understood and silent hazards that the
written files do not see to count for every move. What the command finds on its host (files, locks, logins, rights)
counts only where it leaves that host.
"""

from collections.abc import Iterator, Sequence

from migrator.advice.hazard import Move
from migrator.advice.types import Effort, Hazard
from migrator.commands.facts import StepKind, Trait
from migrator.model import ResourceKind, Severity, Target

_LARGE = 4
_MANY = 3


def effort_of(move: Move, hazards: Sequence[Hazard]) -> Effort:
    """Size one job's move: nothing to do, small, medium or large, with what makes it so."""
    if move.target is Target.RETAIN or not move.job.active:
        return Effort(move.job.id, "none", ("it stays as it is",))
    found = [*_points(move, hazards), *(_of_leaving(move) if move.leaves_host else ())]
    points = sum(weight for weight, _ in found)
    size = "large" if points >= _LARGE else "medium" if points else "small"
    why = tuple(text for _, text in found) or ("one unit, started as it is",)
    note = move.job.declared.effort_note if move.job.declared else None
    return Effort(move.job.id, size, (*why, f"the manifest notes: “{note}”") if note else why)


def _points(move: Move, hazards: Sequence[Hazard]) -> Iterator[tuple[int, str]]:
    units = len(move.facts.units)
    if units > 1:
        yield 1, f"{units} units to take apart"
    silent = sum(hazard.severity is Severity.SILENT and not hazard.carried for hazard in hazards)
    if silent:
        yield 2 if silent >= _MANY else 1, f"{silent} silent {'hazard' if silent == 1 else 'hazards'} to settle"
    yield from _of_schedule(move)
    if move.facts.has(Trait.FOLLOWS_UNREAD):
        yield 1, "it calls scripts that nobody has read"
    elif unclear := _unclear(move):
        yield (
            1,
            f"{unclear} of its command to find out about: {'it was' if unclear == '1 part' else 'they were'} not clear",
        )


def _of_schedule(move: Move) -> Iterator[tuple[int, str]]:
    found = move.comparison
    if found is None:
        return
    if found.form.guard is not None:
        yield 1, f"a guard must be added, since the target cannot say the schedule alone: {found.form.guard.text}"
    # An event or another job's end starts the rest at the target as it does today.
    elif found.exact is False and move.job.schedule.kind.clocked:
        yield 1, "the target cannot say its schedule exactly: other minutes must be agreed on"


def _unclear(move: Move) -> str:
    parts = len(dict.fromkeys([*move.facts.unclear, *(text for step in move.facts.steps for text in step.unclear)]))
    return "" if not parts else "1 part" if parts == 1 else f"{parts} parts"


def _of_leaving(move: Move) -> Iterator[tuple[int, str]]:
    yield 2, f"it must learn to run on {move.compute.value}"
    facts = move.facts
    files = {a.resource.name for a in facts.touched if a.resource.kind is ResourceKind.FILE and not a.log}
    if files:
        yield (
            2 if len(files) >= _MANY else 1,
            f"{len(files)} local {'file' if len(files) == 1 else 'files'} to carry over",
        )
    coupled = [
        (facts.has(Trait.NEEDS_HOST), "services or devices of its host"),
        (facts.has(Trait.NEEDS_ROOT), "root"),
        (facts.has(Trait.HOST_GUARD), "the host's name"),
        (bool(facts.locks), "a lock on its host"),
        (any(step.kind is StepKind.REMOTE for step in facts.steps), "its host's keys to log in elsewhere"),
    ]
    if names := [name for holds, name in coupled if holds]:
        yield 1, f"it is coupled to its host: it needs {', '.join(names)}"
