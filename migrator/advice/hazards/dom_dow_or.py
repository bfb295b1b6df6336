"""Both day fields are set, and cron runs on either.

**Why.** EventBridge takes one of the two fields and wants `?` in the other. Two schedules would start the job twice
on a day that matches both; dropping a field drops runs.

**Says nothing** where one of the two day fields is `*`.
"""

from collections.abc import Iterator

from migrator.advice.hazard import SCHEDULED, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.schedules.cron import remarks


def find(move: Move) -> Iterator[Hazard]:
    """Tell how the schedule was read, and what a copy of its text would become."""
    for remark in remarks(move.job.schedule):
        if remark.kind == "dom-dow-or":
            yield move.hazard(
                Severity.SILENT,
                f"{remark.text}; EventBridge takes only one of the two fields",
                "write two schedules with disjoint days, or one of every day with a guard",
            )


CHECK = HazardCheck(
    "dom-dow-or",
    find,
    SCHEDULED,
    "crontab(5), note on day fields; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
