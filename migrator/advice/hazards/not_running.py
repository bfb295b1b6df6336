"""A job that cron ignores would come alive by the move.

**Why.** A file without a last newline, a name that run-parts skips, a bad line: cron runs none of it. A move that
reads the line starts it.

**Says nothing** about jobs that run, and about schedules that never fire.
"""

from collections.abc import Iterator

from migrator.advice.hazard import EVERYWHERE, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a job that does not run today."""
    inactive = move.job.inactive
    if inactive is not None and inactive.kind != "never-fires" and not inactive.ignored:
        text = f"cron does not run it today: {inactive.why}"
        yield move.hazard(
            Severity.SILENT, text, "ask whether it should run; it is in no wave and no artifact till then"
        )


CHECK = HazardCheck("not-running", find, EVERYWHERE, "cron(8); run-parts(8)")
