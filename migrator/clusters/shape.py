"""The shape of a cluster as a graph of its jobs."""

from collections import Counter
from collections.abc import Iterable, Sequence

from migrator.graph.order import acyclic, levels, reduced
from migrator.graph.types import Dependency, Lag
from migrator.model import JobId
from migrator.model.frozen import frozen


@frozen
class Shape:
    """`edges` counts those that no others imply; `level` is the longest chain to each job, from 0."""

    edges: int
    depth: int
    width: int
    fan_in: int
    fan_out: int
    cyclic: bool
    level: dict[JobId, int]
    degree: dict[JobId, int]


def shape(jobs: Sequence[JobId], dependencies: Iterable[Dependency]) -> Shape:
    """Measure the graph; edges that close a cycle count, but make no level."""
    every = list(dependencies)
    if not every:
        return _loose(jobs)
    firm = {(d.upstream, d.downstream) for d in every if d.lag is Lag.NONE}
    loose = {(d.upstream, d.downstream) for d in every if d.lag is Lag.PREVIOUS_RUN}
    standing = set(acyclic(jobs, firm, loose))
    closing = (firm | loose) - standing
    kept = [*reduced(standing), *sorted(closing)]
    level = levels(jobs, standing)
    incoming, outgoing = Counter(b for _, b in kept), Counter(a for a, _ in kept)
    return Shape(
        edges=len(kept),
        depth=max(level.values()) + 1,
        width=max(Counter(level.values()).values()),
        fan_in=max(incoming.values(), default=0),
        fan_out=max(outgoing.values(), default=0),
        cyclic=bool(firm - standing),
        level=level,
        degree={job: incoming[job] + outgoing[job] for job in jobs},
    )


def _loose(jobs: Sequence[JobId]) -> Shape:
    """Measure jobs that nothing joins: most clusters are one job."""
    level = dict.fromkeys(sorted(jobs), 0)
    return Shape(
        edges=0,
        depth=1,
        width=len(level),
        fan_in=0,
        fan_out=0,
        cyclic=False,
        level=level,
        degree=dict.fromkeys(jobs, 0),
    )
