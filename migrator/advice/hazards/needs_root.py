"""It needs root, which a task does not have.

**Why.** Containers and workers run as a user without rights on any host.

**Says nothing** where the command goes on running on its host, where SSM runs it as root.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a need of root for a command that leaves its host."""
    if move.leaves_host and (proof := move.proof(Trait.NEEDS_ROOT)):
        yield move.hazard(
            Severity.LOUD,
            f"it needs root, which a task on {move.compute.value} does not have",
            "leave it on the host",
            proof,
        )


CHECK = HazardCheck(
    "needs-root", find, MOVES, "https://docs.aws.amazon.com/mwaa/latest/userguide/best-practices-dependencies.html"
)
