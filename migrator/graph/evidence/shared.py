"""Places that tie jobs without saying which comes first.

**Speaks**, as a relation, of two jobs that both write and read one place (the one first that the other follows sooner),
of a job that updates the code or the settings that another runs, and, by a few examples, of a place that very many
touch.

**Confidence.** At most 0.4 for common state and for a hub, at most 0.5 for a checkout: it changes what runs, but a run
needs no new one. None of them joins jobs.

**Says nothing** of common logs, locks and devices.
"""

from collections.abc import Iterator

from migrator.commands.redirects import is_log
from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.natures import Nature
from migrator.graph.through import through
from migrator.graph.types import RelationKind
from migrator.model import JobId

_SHARED, _CODE = 0.4, 0.5


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a relation for each tie that has no direction, or no meaning for the order of runs."""
    for flow in scene.other.get(Nature.CODE, ()):
        yield through(flow, RelationKind.DOUBTFUL, "shared", min(flow.belief, _CODE))
    # Who writes and reads a log turns it over or looks at its end.
    common = [flow for flow in scene.flows.shared if not is_log(flow.former.resource.name)]
    pairs = {(flow.former.job, flow.latter.job) for flow in common}
    for flow in common:
        pair = (flow.former.job, flow.latter.job)
        if pair[::-1] not in pairs or _rank(scene, *pair) < _rank(scene, *pair[::-1]):
            yield through(flow, RelationKind.DOUBTFUL, "shared", min(flow.belief, _SHARED))
    for flow in scene.flows.through_hubs:
        yield through(flow, RelationKind.HUB, "shared", min(flow.belief, _SHARED))


def _rank(scene: Scene, former: JobId, latter: JobId) -> tuple[bool, int, JobId]:
    """Put first which of two jobs is followed by the other sooner."""
    gap = scene.clock.timing(scene.jobs[former], scene.jobs[latter]).gap
    return gap is None, gap or 0, former


EVIDENCE = EvidenceKind("shared", find)
