"""It needs a service of its host.

**Why.** A socket, a device, a database on localhost is not where the task runs.

**Says nothing** where the command goes on running on its host.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a need of the host for a command that leaves it."""
    if move.leaves_host and (proof := move.proof(Trait.NEEDS_HOST)):
        text = f"it needs what is on its host, which {move.compute.value} does not reach"
        yield move.hazard(Severity.LOUD, text, "name the service by an address that the task can reach", proof)


CHECK = HazardCheck(
    "local-services", find, MOVES, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html"
)
