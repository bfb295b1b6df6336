"""One line starts a whole folder, in order.

**Why.** run-parts starts its files one after another by name and mails once. As schedules of their own they start
together.

**Says nothing** about lines that start a single command.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a command that starts what lies in a folder."""
    if proof := move.proof(Trait.STARTS_FOLDER):
        text = "it starts the files of a folder one after another by name; on their own they would start together"
        yield move.hazard(Severity.LOUD, text, "keep them as one workflow in the order of their names", proof)


CHECK = HazardCheck("run-parts", find, MOVES, "run-parts(8)")
