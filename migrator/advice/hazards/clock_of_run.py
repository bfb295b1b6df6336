"""It works on the day that the clock shows.

**Why.** A run that is late, retried or repeated after midnight works on another day than was meant.

**Says nothing** where the command does not ask the clock for its day.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report commands that ask the clock which day they work on."""
    if proof := move.proof(Trait.DATE_DEPENDENT):
        text = "it asks the clock for its day; a late or repeated run works on another"
        yield move.hazard(
            Severity.SILENT, text, "give it the scheduled time as an argument; keep retries before midnight", proof
        )


CHECK = HazardCheck(
    "clock-of-run",
    find,
    MOVES,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html",
)
