"""A day that not every month has.

**Why.** On the 29th, 30th or 31st alone the job skips months, which people forget.

**Says nothing** where an earlier day, or a weekday, starts it too.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity

_ALWAYS = (1 << 29) - 2


def find(move: Move) -> Iterator[Hazard]:
    """Report schedules of only the last days."""
    fields = move.fields
    if fields is None or fields.day_star or not fields.weekday_star or fields.day & _ALWAYS:
        return
    if fields.day.bit_count() == 1:
        text = f"`{move.job.schedule.text}` skips the months that have no such day"
        yield move.hazard(Severity.NUISANCE, text, "say `L` if the last day of the month is meant")


CHECK = HazardCheck("short-months", find, MOVES, "crontab(5)", of_schedule=True)
