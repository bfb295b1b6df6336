"""A time that comes twice in autumn.

**Why.** Cron runs a fixed time at its first coming only. Airflow's cron trigger runs it at the second, an hour later.

**Says nothing** where the zone is unknown or never changes its clocks, about jobs that follow the clock, and about
EventBridge, which takes the first as cron does.
"""

from collections.abc import Iterator

from migrator.advice.clock_changes import in_fold
from migrator.advice.hazard import AIRFLOWS, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Dialect, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report fixed times inside the hour that comes twice."""
    fields, zone = move.fields, move.job.schedule.timezone
    if fields is None or zone is None or fields.minute_star or fields.hour_star:
        return
    if move.job.schedule.dialect not in {Dialect.DEBIAN, Dialect.CRONIE}:
        return
    if times := in_fold(fields, zone):
        day = f"the day that {zone} leaves summer time"
        text = f"{', '.join(times)} comes twice on {day}: cron takes the first, Airflow the second"
        yield move.hazard(Severity.SILENT, text, "move it out of the repeated hour, or let it run by UTC")


CHECK = HazardCheck(
    "clock-fold",
    find,
    AIRFLOWS,
    "cron(8), daylight saving; https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html",
    of_schedule=True,
)
