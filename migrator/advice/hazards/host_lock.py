"""A lock of the host holds nobody elsewhere.

**Why.** A pid file, a lock folder or a look at the process list keeps two runs apart on one machine. Tasks that start
on two see nothing of each other and overlap.

**Says nothing** where the command goes on running on its host, and where no lock is taken.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Evidence, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report locks of a command that leaves its host."""
    if not move.leaves_host or not move.facts.locks:
        return
    kinds = ", ".join(dict.fromkeys(lock.kind.value for lock in move.facts.locks))
    proof = tuple(Evidence(lock.origin, lock.text, lock.name) for lock in move.facts.locks)
    text = f"its lock ({kinds}) is the host's and holds nobody on {move.compute.value}: two runs can overlap"
    yield move.hazard(Severity.SILENT, text, "use the target's own limit on runs at once", proof)


CHECK = HazardCheck("host-lock", find, MOVES, "flock(1)")
