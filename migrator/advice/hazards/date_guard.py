"""The command itself decides on which days it works.

**Why.** Most of its starts do nothing. Elsewhere each of them is a run that is paid, shown and counted as success.

**Says nothing** where only the schedule decides, and about the last day of the month, which has a check of its own.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.last_day import last_day_places
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a test of the date in the command."""
    proof = move.proof(Trait.DATE_GUARD)
    if proof and not last_day_places(move):
        text = (
            "the command works only on days that it tests for itself; its other starts do nothing and look like success"
        )
        yield move.hazard(
            Severity.LOUD, text, "put the test into the schedule where that is exact, else keep it", proof
        )


CHECK = HazardCheck("date-guard", find, MOVES, "crontab(5), examples")
