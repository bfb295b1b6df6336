"""Cron accepts text that others refuse or read otherwise.

**Why.** Debian's cron reads past what it does not expect: `1#2` is every Monday there, and the second Sunday for
EventBridge.

**Says nothing** where every field is written by the manual page.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.schedules.cron import remarks


def find(move: Move) -> Iterator[Hazard]:
    """Tell how the schedule was read, and what a copy of its text would become."""
    for remark in remarks(move.job.schedule):
        if remark.kind == "sloppy-accepted":
            yield move.hazard(Severity.SILENT, f"{remark.text}", "keep today's real meaning, never the text")


CHECK = HazardCheck(
    "sloppy-accepted",
    find,
    MOVES,
    "crontab(5); https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
