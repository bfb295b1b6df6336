"""Pictures of jobs: one cluster with what it is tied to, or everything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.graph.types import Lag
from migrator.model import ScheduleKind, Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import DependencyPart, JobPart, RelationPart
from migrator.report.pictures.layout import levels
from migrator.report.pictures.scene import Box, Edge, Line, Look, Node, Picture
from migrator.report.pictures.thin import fitted
from migrator.report.titles import job_titles

SURE = 0.8
MOST_NODES = 60
_MOST_OTHERS = 8
_MOST_RELATIONS = 20


@dataclass(frozen=True, slots=True)
class Known:
    """A plan's jobs by id, and the places of dependencies and relations in the plan by the ids of their ends.

    `titles` tell jobs apart by id.
    """

    plan: MigrationPlan
    jobs: Mapping[str, JobPart]
    dependencies: Mapping[str, Sequence[int]]
    relations: Mapping[str, Sequence[int]]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, plan: MigrationPlan) -> "Known":
        """Look through a plan once, for many pictures."""
        jobs = {job.id: job for job in plan.jobs}
        return cls(plan, jobs, _by_end(plan.dependencies), _by_end(plan.relations), job_titles(plan))

    def dependencies_of(self, names: Iterable[str]) -> list[DependencyPart]:
        """Give the dependencies that have one of the jobs at an end, in the plan's order."""
        places = {place for name in names for place in self.dependencies.get(name, ())}
        return [self.plan.dependencies[place] for place in sorted(places)]

    def dependencies_within(self, names: Sequence[str]) -> list[DependencyPart]:
        """Give the dependencies of which both ends are among the jobs, in the plan's order."""
        inside = set(names)
        return [tie for tie in self.dependencies_of(names) if tie.upstream in inside and tie.downstream in inside]

    def relations_of(self, names: Iterable[str]) -> list[RelationPart]:
        """Give the relations that have one of the jobs at an end, in the plan's order."""
        places = {place for name in names for place in self.relations.get(name, ())}
        return [self.plan.relations[place] for place in sorted(places)]


def _by_end(ties: Iterable[DependencyPart | RelationPart]) -> Mapping[str, Sequence[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, tie in enumerate(ties):
        for name in {tie.upstream, tie.downstream}:
            found[name].append(place)
    return found


def cluster_picture(plan: MigrationPlan, cluster: ClusterPart, known: Known | None = None) -> Picture:
    """Draw a cluster's jobs and dependencies, and in grey the jobs elsewhere that relations tie them to."""
    known = known or Known.of(plan)
    jobs = known.jobs
    inside = set(cluster.jobs)
    target = cluster.recommendation.target
    dependencies = known.dependencies_within(cluster.jobs)
    nodes = [job_node(jobs[name], target) for name in in_order(cluster, dependencies)]
    edges = [dependency_edge(tie) for tie in dependencies]
    ties = known.relations_of(cluster.jobs)
    others, left_out = _others(ties, inside)
    if len(nodes) > MOST_NODES:
        return fitted(Picture(cluster.title, tuple(nodes), tuple(edges)), MOST_NODES)
    nodes += [job_node(jobs[name], target, Look.OTHER) for name in others if name in jobs]
    drawn = {node.id for node in nodes}
    relations = [relation_edge(tie) for tie in ties if tie.upstream in drawn and tie.downstream in drawn]
    note = f"{left_out:,} more jobs of other clusters are tied to it and not drawn" if left_out else ""
    if len(relations) > _MOST_RELATIONS:
        note = f"{len(relations):,} ties without order are not drawn"
        relations, nodes = [], nodes[: len(cluster.jobs)]
    return fitted(Picture(cluster.title, tuple(nodes), (*edges, *relations), note=note), MOST_NODES)


def in_order(cluster: ClusterPart, ties: Sequence[DependencyPart]) -> list[str]:
    """Give the jobs of a cluster, each after those that it needs."""
    level = levels(cluster.jobs, ((t.upstream, t.downstream) for t in ties if t.lag is Lag.NONE))
    return sorted(cluster.jobs, key=lambda name: level[name])


def whole_picture(plan: MigrationPlan) -> Picture:
    """Draw every job, one frame for each target, and every dependency; relations too where no dependency joins two."""
    home = {name: cluster for cluster in plan.clusters for name in cluster.jobs}
    nodes = [
        job_node(job, home[job.id].recommendation.target, box=home[job.id].recommendation.target.value)
        for job in plan.jobs
    ]
    boxes = tuple(
        Box(target.value, target.label, target) for target in Target if any(node.box == target for node in nodes)
    )
    joined = {(tie.upstream, tie.downstream) for tie in plan.dependencies}
    edges = [dependency_edge(tie) for tie in plan.dependencies]
    known = {node.id for node in nodes}
    edges += [
        relation_edge(tie)
        for tie in plan.relations
        if (tie.upstream, tie.downstream) not in joined and {tie.upstream, tie.downstream} <= known
    ]
    return Picture("All jobs", tuple(nodes), tuple(edges), boxes)


def job_node(job: JobPart, target: Target, look: Look = Look.ACTIVE, box: str = "") -> Node:
    """Show a job's title and its schedule in words, and whether it stands on many hosts or is not run."""
    # In a picture the arrows say what a job waits for.
    upstream = job.schedule.kind is ScheduleKind.UPSTREAM
    lines = [job.title, "after its upstream" if upstream else job.schedule.in_words]
    if job.replicas:
        lines.append(f"on {len(job.replicas) + 1:,} hosts")
    if not job.active:
        lines.append(f"inactive: {job.inactive_kind or 'not run'}")
        look = Look.INACTIVE if look is Look.ACTIVE else look
    return Node(job.id, tuple(lines), target, look, box)


def dependency_edge(tie: DependencyPart) -> Edge:
    """Name the kind of a dependency; the line says how sure it is and which run is needed."""
    if tie.lag is Lag.PREVIOUS_RUN:
        return Edge(tie.upstream, tie.downstream, f"{tie.kind}, run before", Line.PREVIOUS)
    if tie.confidence < SURE:
        return Edge(tie.upstream, tie.downstream, f"{tie.kind} {tie.confidence:.2g}", Line.UNSURE)
    return Edge(tie.upstream, tie.downstream, str(tie.kind), Line.SURE)


def relation_edge(tie: RelationPart) -> Edge:
    """Name the kind of a relation."""
    return Edge(tie.upstream, tie.downstream, str(tie.kind), Line.RELATION)


def _others(ties: Sequence[RelationPart], inside: set[str]) -> tuple[list[str], int]:
    found = sorted({name for tie in ties for name in (tie.upstream, tie.downstream)} - inside)
    return found[:_MOST_OTHERS], max(0, len(found) - _MOST_OTHERS)
