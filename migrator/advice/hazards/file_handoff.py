"""A file of the host joins two jobs, and one of them would run elsewhere.

**Why.** What one job leaves on its disk the other finds only on the same disk.

**Says nothing** where the commands go on running on their host, and where the data lies in S3 or a database.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.graph.types import DependencyKind
from migrator.model import ResourceKind, Severity

_ON_DISK = frozenset({DependencyKind.FILE, DependencyKind.FOLDER})


def find(move: Move) -> Iterator[Hazard]:
    """Report dependencies by files of a host that the job leaves."""
    if not move.leaves_host:
        return
    for tie, upstream in move.upstream:
        if tie.kind in _ON_DISK or (tie.through is not None and tie.through.kind is ResourceKind.FILE):
            text = f"it reads a file of the host that {upstream.title} leaves there"
            yield move.hazard(Severity.SILENT, text, "hand the data over in S3", tie.evidence)


CHECK = HazardCheck("file-handoff", find, MOVES, "decision guide, units (files of a host)")
