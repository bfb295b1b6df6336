"""The target's expression starts the job at other minutes than cron.

**Why.** Not every schedule can be said in every target's words. What is left of the difference on ordinary days is
told as the comparison over four years finds it.

**Says nothing** where old and new agree minute by minute, and about clock changes, which have checks of their own.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report minutes that only one side has, and minutes that cannot be known."""
    for difference in move.differences("missing", "extra", "twice"):
        yield move.hazard(Severity.SILENT, difference.text, "test the day or the minute in the run itself")
    if move.job.schedule.timezone is not None:
        # An unknown zone is a question; what is unknown in a known one is the phase of `@every`.
        for difference in move.differences("unknown"):
            yield move.hazard(Severity.SILENT, difference.text, "write five fields, which fix the minute")


CHECK = HazardCheck(
    "other-minutes",
    find,
    MOVES,
    "crontab(5); https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
