"""A schedule that never fires may start to fire elsewhere.

**Why.** Cron accepts `22-2` or the 30th of February and never runs them. Other schedulers wrap the range, and the job
runs for the first time.

**Says nothing** where some minute of some year matches.
"""

from collections.abc import Iterator

from migrator.advice.hazard import EVERYWHERE, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.schedules.cron import never_fires


def find(move: Move) -> Iterator[Hazard]:
    """Report a job that has never run by its schedule."""
    fields = move.fields
    dead = move.job.inactive is not None and move.job.inactive.kind == "never-fires"
    if dead or (fields is not None and never_fires(fields)):
        text = f"the schedule `{move.job.schedule.text}` never fires, so the job has never run by it"
        yield move.hazard(Severity.SILENT, text, "ask what was meant before creating anything from it")


CHECK = HazardCheck("dead-schedule", find, EVERYWHERE, "crontab(5)")
