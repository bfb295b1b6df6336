"""A day field that begins with a star makes cron demand both day fields.

**Why.** cron sets a flag for the star and then means AND. croniter, and with it Airflow, means OR; EventBridge can
say neither.

**Says nothing** where both day fields are plain, or no day field begins with a star.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.schedules.cron import remarks


def find(move: Move) -> Iterator[Hazard]:
    """Tell how the schedule was read, and what a copy of its text would become."""
    for remark in remarks(move.job.schedule):
        if remark.kind == "star-step-and":
            yield move.hazard(
                Severity.SILENT,
                f"{remark.text}; Airflow reads the same text as either of both, EventBridge not at all",
                "test one of the two days in the command, or list the dates",
            )


CHECK = HazardCheck(
    "star-step-and", find, MOVES, "cron.c, DOM_STAR; https://github.com/kiorky/croniter", of_schedule=True
)
