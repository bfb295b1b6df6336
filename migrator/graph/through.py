"""A flow as a candidate."""

from migrator.graph.candidates import Candidate
from migrator.graph.meetings import Flow
from migrator.graph.types import DependencyKind, RelationKind


def through(
    flow: Flow,
    kind: DependencyKind | RelationKind,
    basis: str,
    confidence: float | None = None,
    *,
    timed: bool = True,
    holds: str = "",
) -> Candidate:
    """Make a candidate of a flow; as sure as the flow itself where nothing else is said."""
    resource = flow.latter.resource
    return Candidate(
        flow.former.job,
        flow.latter.job,
        kind,
        flow.belief if confidence is None else round(confidence, 3),
        (flow.former.evidence, flow.latter.evidence),
        place=f"{resource.kind}:{resource.name}",
        timed=timed and isinstance(kind, DependencyKind),
        through=resource,
        holds=holds,
        basis=basis,
    )
