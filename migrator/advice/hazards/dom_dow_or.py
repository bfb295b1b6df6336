"""Both day fields are set, and the target cannot say either of both.

**Why.** EventBridge takes one of the two fields and wants `?` in the other. Two schedules would start the job twice
on a day that matches both; dropping a field drops runs. The expression therefore starts it on more days, and the run
must test the day first.

**Says nothing** where one of the two day fields is `*`, and where the target's expression has cron's own days.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a test of the day that keeps the runs right, and that nothing may drop."""
    for remark, guard in move.guarded("dom-dow-or"):
        text = f"{remark}, which {move.target.label} cannot say: {guard}"
        yield move.hazard(Severity.SILENT, text, "keep the test with the schedule: without it the job runs too often")


CHECK = HazardCheck(
    "dom-dow-or",
    find,
    MOVES,
    "crontab(5), note on day fields; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
