"""Places that tie jobs without saying which comes first.

**Speaks**, as a relation, of two jobs that both write and read one place, of a job that updates the code or the
settings that another runs, and of a place that very many touch.

**Confidence.** At most 0.4 for common state and for a hub, at most 0.5 for a checkout: it changes what runs, but a run
needs no new one. None of them joins jobs.

**Says nothing** of common logs, locks and devices.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.natures import Nature
from migrator.graph.through import through
from migrator.graph.types import RelationKind

_SHARED, _CODE = 0.4, 0.5


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a relation for each tie that has no direction, or no meaning for the order of runs."""
    for flow in scene.other.get(Nature.CODE, ()):
        yield through(flow, RelationKind.DOUBTFUL, "shared", min(flow.belief, _CODE))
    for flow in scene.flows.shared:
        if flow.former.job < flow.latter.job:
            yield through(flow, RelationKind.DOUBTFUL, "shared", min(flow.belief, _SHARED))
    for flow in scene.flows.through_hubs:
        yield through(flow, RelationKind.HUB, "shared", min(flow.belief, _SHARED))


EVIDENCE = EvidenceKind("shared", find)
