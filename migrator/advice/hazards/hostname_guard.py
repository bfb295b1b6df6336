"""It works only on hosts that it tests for.

**Why.** Elsewhere the name is another one, so it does nothing and looks like success.

**Says nothing** where no host is tested for.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a test of the host's name."""
    if proof := move.proof(Trait.HOST_GUARD):
        text = "it asks for its host's name: on another host it may do other work or none, and look like success"
        yield move.hazard(Severity.SILENT, text, "drop the test once it is clear where it runs", proof)


CHECK = HazardCheck("hostname-guard", find, MOVES, "hostname(1)")
