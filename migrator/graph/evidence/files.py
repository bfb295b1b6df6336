"""What one job writes and another reads: files, objects, tables, places on other hosts.

**Speaks** when both ends are found and their names can mean one place on one host, a shared mount or a store that every
host sees. An exact name says most, a pattern less, a folder around a file less again.

**Says nothing** of logs, devices, lock files, of what a job wrote itself before it read it, and of several jobs that
add to one place. Two jobs that both write and read a place share state: that is a relation, for it has no direction. A
place that very many touch is a hub: shown, never a tie.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.meetings import Flow
from migrator.graph.natures import Nature, nature
from migrator.graph.types import DependencyKind, RelationKind
from migrator.model import ResourceKind

_KINDS = {
    ResourceKind.FILE: DependencyKind.FILE,
    ResourceKind.S3: DependencyKind.OBJECT,
    ResourceKind.HDFS: DependencyKind.OBJECT,
    ResourceKind.TABLE: DependencyKind.TABLE,
    ResourceKind.REMOTE: DependencyKind.REMOTE,
    ResourceKind.URL: DependencyKind.REMOTE,
}
_SHARED = 0.4
_CODE = 0.5


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each flow of data, and a relation where there is no direction or no meaning in it."""
    for flow in scene.flows.flows:
        kind = nature(flow, scene.jobs, scene.facts)
        if kind is Nature.DATA:
            yield _candidate(flow, _KINDS[flow.latter.resource.kind], flow.belief)
        elif kind is Nature.CODE:
            yield _candidate(flow, RelationKind.DOUBTFUL, min(flow.belief, _CODE))
    for flow in scene.flows.shared:
        if flow.former.job < flow.latter.job:
            yield _candidate(flow, RelationKind.DOUBTFUL, min(flow.belief, _SHARED))
    for flow in scene.flows.through_hubs:
        yield _candidate(flow, RelationKind.HUB, min(flow.belief, _SHARED))


def _candidate(flow: Flow, kind: DependencyKind | RelationKind, confidence: float) -> Candidate:
    return Candidate(
        flow.former.job,
        flow.latter.job,
        kind,
        confidence,
        (flow.former.evidence, flow.latter.evidence),
        place=f"{flow.latter.resource.kind}:{flow.latter.resource.name}",
        timed=isinstance(kind, DependencyKind),
    )


EVIDENCE = EvidenceKind("files", find)
