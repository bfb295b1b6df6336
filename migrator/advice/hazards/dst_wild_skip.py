"""A start after the skipped hour that cron never makes.

**Why.** Where minute or hour begins with a star cron follows the clock, and a time that does not exist does not come.
Airflow starts the job once all the same, right after the change.

**Says nothing** where the comparison finds no such start.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report starts after a gap that only the target makes."""
    for difference in move.differences("again"):
        if not difference.repeated:
            remedy = "move it out of the skipped hour, or see that one start more does no harm"
            yield move.hazard(Severity.SILENT, difference.text, remedy)


CHECK = HazardCheck(
    "dst-wild-skip",
    find,
    MOVES,
    "cron(8), daylight saving; https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/timetable.html",
    of_schedule=True,
)
