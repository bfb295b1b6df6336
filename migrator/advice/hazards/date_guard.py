"""The command itself decides on which days it works.

**Why.** Most of its starts do nothing. Elsewhere each of them is a run that is paid, shown and counted as success.

**Says nothing** where only the schedule decides, and where the target's expression says the command's days itself:
the last day of the month as `L`, the first Monday as `MON#1`.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.day_guard import job_day_guard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a test of the date in the command that its schedule does not take over."""
    proof = move.proof(Trait.DATE_GUARD)
    if proof and not _lifted(move):
        text = "the command tests the clock itself before it works; its other starts do nothing and look like success"
        yield move.hazard(
            Severity.LOUD, text, "put the test into the schedule where that is exact, else keep it", proof
        )


def _lifted(move: Move) -> bool:
    found = move.comparison
    if found is None or not found.form.expressions or found.form.test_kept or found.form.guard is not None:
        return False
    return job_day_guard(move.job) is not None


CHECK = HazardCheck("date-guard", find, MOVES, "crontab(5), examples")
