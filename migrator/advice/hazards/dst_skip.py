"""A time that the clocks skip in spring.

**Why.** Debian's cron and cronie run a skipped job right after the change. EventBridge skips it that day, Airflow
runs it later by the new clock. Told are the days and minutes of the comparison over four years.

**Says nothing** where the comparison finds no such day: the target does the same, the zone never changes its clocks,
or it is not known, which is asked instead.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report starts of cron after a gap that the target leaves out or makes at another minute."""
    for difference in move.differences("skipped", "moved"):
        if not difference.repeated:
            remedy = "move it out of the skipped hour, or let it run by UTC"
            yield move.hazard(Severity.SILENT, difference.text, remedy)


CHECK = HazardCheck(
    "dst-skip",
    find,
    MOVES,
    "cron(8), daylight saving; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    of_schedule=True,
)
