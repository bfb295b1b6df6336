"""A guard in the command picks the last day of the month.

**Why.** The schedule says days 28 to 31 and the command asks for tomorrow's day. Most starts do nothing, and
elsewhere they are paid and count as success.

**Says nothing** where the command does not ask for tomorrow, or the schedule names an earlier day.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.last_day import last_day_places
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report the idiom, which every target can say in its schedule."""
    if places := last_day_places(move):
        text = "the command itself picks the last day of the month; the other starts do nothing and look like success"
        yield move.hazard(Severity.SILENT, text, "say it in the schedule: day `L`, and drop the guard", places)


CHECK = HazardCheck(
    "last-day-guard", find, MOVES, "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (L)"
)
