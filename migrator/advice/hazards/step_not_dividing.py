"""A step that does not divide its field is no interval.

**Why.** `*/7` begins anew at every hour, so the last gap is shorter. A rate of seven minutes runs at other times, and
more of them as hours go by.

**Says nothing** where the step divides the hour or the day.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.schedules.cron import remarks


def find(move: Move) -> Iterator[Hazard]:
    """Tell how the schedule was read, and what a copy of its text would become."""
    for remark in remarks(move.job.schedule):
        if remark.kind == "step-not-dividing":
            yield move.hazard(
                Severity.SILENT,
                f"{remark.text}; a rate or a timedelta of that length runs at other minutes",
                "keep the minutes as a list",
            )


CHECK = HazardCheck(
    "step-not-dividing",
    find,
    MOVES,
    "crontab(5), notes; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
