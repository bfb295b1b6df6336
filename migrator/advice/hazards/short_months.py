"""A day that not every month has.

**Why.** Where the 29th, 30th and 31st alone are named the job skips months, which people forget: each February, or each
but that of a leap year.

**Says nothing** where a weekday starts it too, and where every month that is named has one of the days.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import CronFields, Severity
from migrator.schedules.cron import never_fires

_MONTHS = (
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
)
_FEBRUARY = 2
_LEAP_DAY = 29


def find(move: Move) -> Iterator[Hazard]:
    """Report the months that a schedule names and that have none of its days."""
    fields = move.fields
    # Without a star in the weekday a weekday starts the job as well, in every month.
    if fields is None or fields.day_star or not fields.weekday_star or never_fires(fields):
        return
    if skipped := _skipped(fields):
        text = f"`{move.job.schedule.text}` does not start in {' and '.join(skipped)}"
        yield move.hazard(Severity.NUISANCE, text, "say `L` if the last day of the month is meant")


def _skipped(fields: CronFields) -> list[str]:
    """Name the months that are skipped, a leap year's February apart."""
    named = [
        (number, name)
        for number, (name, days) in enumerate(_MONTHS, 1)
        if fields.month >> number & 1 and not fields.day & ((2 << days) - 2)
    ]
    leap = fields.day >> _LEAP_DAY & 1 == 1
    always = [name for number, name in named if not (leap and number == _FEBRUARY)]
    *former, last = always or [""]
    found = [f"{', '.join(former)} and {last}" if former else last] if always else []
    if len(always) < len(named):
        found.append("February of most years, which have no 29th")
    return found


CHECK = HazardCheck("short-months", find, MOVES, "crontab(5)", of_schedule=True)
