"""A time that the clocks skip in spring.

**Why.** Debian's cron and cronie run a skipped job right after the change. EventBridge skips it that day, Airflow
runs it an hour later by the new clock.

**Says nothing** where the zone is unknown or never changes its clocks, and about jobs that follow the clock with a
star in minute or hour.
"""

from collections.abc import Iterator

from migrator.advice.clock_changes import in_gap
from migrator.advice.hazard import AIRFLOWS, MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Dialect, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report fixed times inside the hour that does not exist."""
    fields, zone = move.fields, move.job.schedule.timezone
    if fields is None or zone is None or fields.minute_star or fields.hour_star:
        return
    if move.job.schedule.dialect not in {Dialect.DEBIAN, Dialect.CRONIE}:
        return
    if times := in_gap(fields, zone):
        theirs = "Airflow runs it an hour later" if move.target in AIRFLOWS else "EventBridge skips it that day"
        day = f"the day that {zone} goes to summer time"
        text = f"{', '.join(times)} does not exist on {day}: cron runs it right after, {theirs}"
        yield move.hazard(Severity.SILENT, text, "move it out of the skipped hour, or let it run by UTC")


CHECK = HazardCheck(
    "clock-gap",
    find,
    MOVES,
    "cron(8), daylight saving; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
