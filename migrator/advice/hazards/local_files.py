"""It works on files of its host, and would run elsewhere.

**Why.** A container's or a function's disk is small and gone after the run. What the job read or left on its host is
not there.

**Says nothing** where the command goes on running on its host, and about logs.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Evidence, ResourceKind, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report the host's files that a command on other compute would miss."""
    if not move.leaves_host:
        return
    touched = [a for a in move.facts.touched if a.resource.kind is ResourceKind.FILE and not a.log]
    if touched:
        names = sorted({access.resource.name for access in touched})
        proof = tuple(dict.fromkeys(Evidence(a.origin, a.text, f"{a.mode.value}s {a.resource.name}") for a in touched))
        listed = ", ".join(names[:3]) + (" and more" if len(names) > 3 else "")
        text = f"it works on {listed}, which {move.compute.value} does not have"
        yield move.hazard(Severity.SILENT, text, "move the data to S3 or EFS first", proof[:5])


CHECK = HazardCheck(
    "local-files", find, MOVES, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html"
)
