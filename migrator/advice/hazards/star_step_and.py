"""A day field that begins with a star makes cron demand both day fields.

**Why.** cron sets a flag for the star and then means AND. croniter, and with it Airflow, means OR; EventBridge can
say neither. The expression therefore starts the job on more days, and the run must test the day first.

**Says nothing** where both day fields are plain, or no day field begins with a star, and where the target's
expression has cron's own days.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a test of the day that keeps the runs right, and that nothing may drop."""
    for remark, guard in move.guarded("star-step-and"):
        text = f"{remark}, which {move.target.label} cannot say: {guard}"
        yield move.hazard(Severity.SILENT, text, "keep the test with the schedule: without it the job runs too often")


CHECK = HazardCheck(
    "star-step-and", find, MOVES, "cron.c, DOM_STAR; https://github.com/kiorky/croniter", of_schedule=True
)
