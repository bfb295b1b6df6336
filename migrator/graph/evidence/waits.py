"""A loop that waits until a file or an object is there, and the job that makes it.

**Speaks** when a job looks again and again for a place that another job writes.

**Confidence.** That of the names, and half of what is missing to certainty more: nobody waits for what nobody makes.
Where the name varies, or one of both jobs removes the file, the wait keeps the order, and one common minute does not
make it less sure; a file that stays may be the last cycle's. Such a wait becomes a sensor at the target.

**Says nothing** of a wait for a time, a process or a service, and of a loop that waits for what the same job makes.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.freshness import of_this_cycle, removals
from migrator.graph.through import through
from migrator.graph.types import DependencyKind

_ASKED_FOR = 0.5


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each wait whose place another job fills."""
    gone = removals(scene)
    for flow in scene.data.get(DependencyKind.WAIT, ()):
        sure = flow.belief + (1 - flow.belief) * _ASKED_FOR
        held = of_this_cycle(flow, gone)
        holds = "waits until it is there" if held else ""
        yield through(flow, DependencyKind.WAIT, "waits", sure, timed=not held, holds=holds)


EVIDENCE = EvidenceKind("waits", find)
