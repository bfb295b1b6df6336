"""A time that comes twice in autumn.

**Why.** Cron runs a fixed time at its first coming only, EventBridge as well, Airflow's cron trigger at the second, an
hour later. A job that follows the clock runs both times by cron, and once elsewhere.

**Says nothing** where the comparison finds no such day: the target does the same, or the zone is not known, which is
asked instead.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report repeated times at which cron and the target differ."""
    for difference in move.differences("skipped", "moved", "again"):
        if difference.repeated:
            yield move.hazard(
                Severity.SILENT, difference.text, "move it out of the repeated hour, or let it run by UTC"
            )


CHECK = HazardCheck(
    "dst-repeat",
    find,
    MOVES,
    "cron(8), daylight saving; https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html",
    of_schedule=True,
)
