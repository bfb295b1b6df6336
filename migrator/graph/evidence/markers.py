"""A marker: a file that is made to be seen, and that another job looks for before it starts its work.

**Speaks** when one job makes a file that is empty or called done, ready, `_SUCCESS` and the like, and another tests
whether it is there.

**Confidence.** That of the names, and three fifths of what is missing to certainty more: a marker has no other use
than to say that something is done. Names that hardly meet, below 0.6, gain nothing: a marker for each `$DAY` is not
that of another job.

**Says nothing** of a marker that the job leaves for itself, so as not to do its work twice, and of a file that is
called so but read for its content.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.freshness import of_this_cycle, removals
from migrator.graph.through import through
from migrator.graph.types import DependencyKind

_ONLY_USE = 0.6
_NAMED = 0.6
_HOLDS = "looks whether the marker is there before it works"


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each marker."""
    gone = removals(scene)
    for flow in scene.data.get(DependencyKind.MARKER, ()):
        gain = (1 - flow.belief) * _ONLY_USE if flow.belief >= _NAMED else 0.0
        sure = flow.belief + gain
        yield through(flow, DependencyKind.MARKER, "markers", sure, holds=_HOLDS if of_this_cycle(flow, gone) else "")


EVIDENCE = EvidenceKind("markers", find)
