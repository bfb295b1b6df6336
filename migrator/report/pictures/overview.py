"""The overview: where everything goes, at a glance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart
from migrator.report.money import usd
from migrator.report.pictures.scene import Box, Edge, Line, Node, Picture
from migrator.report.words import heading_label

_MOST_NODES = 60
_LEAST_SHOWN = 3
_MOST_TIES = 10


def overview_picture(plan: MigrationPlan) -> Picture:
    """Draw one frame for each target: a box for each cluster of two jobs or more, one for all jobs on their own."""
    nodes: list[Node] = []
    homes: dict[str, str] = {}
    room = _room(plan)
    for target in Target:
        members = [c for c in plan.clusters if c.recommendation.target is target]
        for node, clusters in _boxes_of(target, members, room.get(target, 0)):
            nodes.append(node)
            if len(clusters) == 1:  # a tie of one of many jobs would look like a tie of all
                homes.update((name, node.id) for name in clusters[0].jobs)
    frames = tuple(_frame(plan, target) for target in plan.portfolio.chosen)
    edges = _relations(plan, homes)
    if len(edges) <= _MOST_TIES:
        return Picture("Overview", tuple(nodes), edges, frames)
    note = f"{len(edges):,} ties without order between clusters are not drawn; each cluster's picture has its own"
    return Picture("Overview", tuple(nodes), (), frames, note)


def _room(plan: MigrationPlan) -> dict[Target, int]:
    """Share the boxes of the picture among the targets by how many larger clusters each has."""
    large = {
        target: sum(c.metrics.jobs > 1 and c.recommendation.target is target for c in plan.clusters)
        for target in Target
    }
    total = sum(large.values())
    if total <= _MOST_NODES:
        return large
    return {target: max(_LEAST_SHOWN, count * _MOST_NODES // total) for target, count in large.items() if count}


def _boxes_of(
    target: Target, members: Sequence[ClusterPart], room: int
) -> Iterable[tuple[Node, Sequence[ClusterPart]]]:
    ranked = sorted(
        (c for c in members if c.metrics.jobs > 1), key=lambda c: (-c.metrics.jobs, -c.metrics.units, c.title, c.id)
    )
    for cluster in ranked[:room]:
        yield _cluster_node(cluster), [cluster]
    if rest := ranked[room:]:
        jobs = [c.metrics.jobs for c in rest]
        size = counted(jobs[0], "job") if jobs[0] == jobs[-1] else f"{jobs[-1]}–{jobs[0]} jobs"
        lines = (f"{len(rest):,} more clusters", f"of {size} each")
        yield Node(f"rest:{target}", lines, target, box=target.value), rest
    if alone := [c for c in members if c.metrics.jobs == 1]:
        yield _lone_node(target, alone), alone


def _cluster_node(cluster: ClusterPart) -> Node:
    metrics, answer = cluster.metrics, cluster.recommendation
    size = f"{counted(metrics.jobs, 'job')}, {counted(metrics.units, 'unit')}"
    state = "open" if answer.undecided is not None else "pinned" if answer.pinned else ""
    lines = (cluster.title, size, *((state,) if state else ()))
    return Node(cluster.id, lines, answer.target, box=answer.target.value)


def _lone_node(target: Target, alone: Sequence[ClusterPart]) -> Node:
    if len(alone) == 1:
        return _cluster_node(alone[0])
    return Node(f"alone:{target}", (f"{len(alone):,} jobs", "on their own"), target, box=target.value)


def _frame(plan: MigrationPlan, target: Target) -> Box:
    chosen = plan.portfolio.chosen[target]
    size = f"{counted(chosen.clusters, 'cluster')}, {counted(chosen.jobs, 'job')}"
    bill = "" if chosen.monthly is None else f", {usd(chosen.monthly)} a month"
    return Box(target.value, f"{heading_label(target)}: {size}{bill}", target)


def _relations(plan: MigrationPlan, homes: dict[str, str]) -> tuple[Edge, ...]:
    kinds: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in plan.relations:
        above, below = homes.get(tie.upstream), homes.get(tie.downstream)
        if above and below and above != below:
            kinds[(above, below) if above < below else (below, above)].add(str(tie.kind))
    return tuple(Edge(*pair, ", ".join(sorted(found)), Line.RELATION) for pair, found in sorted(kinds.items()))
