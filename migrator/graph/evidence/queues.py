"""A queue or topic that one job sends to and another receives from.

**Speaks** when both calls name the same queue.

**Confidence.** 0.95 for one literal name: a message is sent for somebody to take.

**Says nothing** of two jobs that only send to one topic, as all do that report there.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each queue."""
    for flow in scene.data.get(DependencyKind.QUEUE, ()):
        yield through(flow, DependencyKind.QUEUE, "queues")


EVIDENCE = EvidenceKind("queues", find)
