"""It logs in to other hosts with this host's keys.

**Why.** The keys, the known hosts and the routes are the host's. A task elsewhere has none of them.

**Says nothing** where the command goes on running on its host.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import StepKind
from migrator.model import Evidence, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report remote steps of a command that leaves its host."""
    remote = [step for step in move.facts.steps if step.kind is StepKind.REMOTE]
    wraps = [wrapper for wrapper in move.facts.wrappers if wrapper.name == "ssh"]
    if not move.leaves_host or not (remote or wraps):
        return
    proof = tuple(Evidence(step.origin, step.text) for step in remote) or move.line()
    yield move.hazard(
        Severity.LOUD,
        "it logs in to other hosts with the keys of this one",
        "give the task keys, known hosts and a route",
        proof,
    )


CHECK = HazardCheck("other-hosts", find, MOVES, "ssh(1)")
