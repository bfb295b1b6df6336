"""Anacron catches up after downtime; the targets do not.

**Why.** Anacron runs a job once for each period, as soon as the machine is up. A schedule that was missed elsewhere
is missed, and a catch-up runs every missed date.

**Says nothing** about jobs that cron itself starts.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import ScheduleKind, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a job that anacron starts."""
    if move.job.schedule.kind is ScheduleKind.ANACRON:
        text = (
            "anacron runs it once a period whenever the host is up, and catches up after downtime; no target does both"
        )
        yield move.hazard(Severity.SILENT, text, "say which is meant: a fixed hour, or once a period")


CHECK = HazardCheck("anacron", find, MOVES, "anacron(8); anacrontab(5)")
