"""How much work a job's move is, by what has to be done for it."""

from collections.abc import Iterator, Sequence

from migrator.advice.hazard import Move
from migrator.advice.types import Effort, Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity, Target

_LARGE = 3
_MANY_HAZARDS = 3


def effort_of(move: Move, hazards: Sequence[Hazard]) -> Effort:
    """Size one job's move: nothing to do, small, medium or large, with what makes it so."""
    if move.target is Target.RETAIN or not move.job.active:
        return Effort(move.job.id, "none", ("it stays as it is",))
    found = list(_points(move, hazards))
    points = sum(weight for weight, _ in found)
    size = "large" if points >= _LARGE else "medium" if points else "small"
    why = tuple(text for _, text in found) or ("one unit, started as it is",)
    note = move.job.declared.effort_note if move.job.declared else None
    return Effort(move.job.id, size, (*why, note) if note else why)


def _points(move: Move, hazards: Sequence[Hazard]) -> Iterator[tuple[int, str]]:
    units = len(move.facts.units)
    if units > 1:
        yield 1, f"{units} units to take apart"
    if move.leaves_host:
        yield 2, f"it must learn to run on {move.compute.value}"
    silent = sum(hazard.severity is Severity.SILENT for hazard in hazards)
    if silent:
        yield 2 if silent >= _MANY_HAZARDS else 1, f"{silent} silent {'hazard' if silent == 1 else 'hazards'} to settle"
    if move.facts.has(Trait.FOLLOWS_UNREAD):
        yield 1, "it calls scripts that nobody has read"
