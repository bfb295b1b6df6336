"""Which clusters there would be if a tie that is taken were denied, or one that is not were real."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from migrator import clusters, workflows
from migrator.advice.bands import Band, band_of
from migrator.advice.case import Case
from migrator.advice.choice import dags_of
from migrator.advice.shape import MANY_UNITS, Shape, shape_of, with_needs
from migrator.commands.facts import CommandFacts
from migrator.graph.timing import Clock, Order
from migrator.graph.types import Dependency, DependencyKind, JobGraph, Lag, Relation
from migrator.model import Job, JobId
from migrator.model.frozen import frozen
from migrator.settings import Settings

DoubtfulTie = Dependency | Relation
"""A dependency that the plan takes, to be denied; a relation that it does not take, to be affirmed."""


@frozen
class Group:
    """Jobs that are or would be a cluster, as the guide sees them; `jobs` are those that nothing ties to their host."""

    jobs: tuple[JobId, ...]
    shape: Shape
    band: Band
    dags: int


def group_of(case: Case, shape: Shape) -> Group:
    """Give a cluster as it is."""
    return Group(tuple(job.id for job in shape.moving), shape, band_of(shape), dags_of(case))


def needing(group: Group, settings: Settings) -> Group:
    """Give a group as it is where the team has the needs of other settings; below five units needs weigh nothing."""
    if group.shape.units < MANY_UNITS:
        return group
    shape = with_needs(group.shape, settings)
    return group if shape.needs == group.shape.needs else Group(group.jobs, shape, band_of(shape), group.dags)


Known = dict[tuple[object, ...], tuple[str, Group]]
"""The groups that were made before, each with the name of its cluster, by their jobs and what ties these."""


def regrouped(
    cases: Sequence[Case], turned: Collection[DoubtfulTie], settings: Settings, clock: Clock, known: Known
) -> tuple[Group, ...]:
    """Group the jobs of some clusters again, with the ties `turned` the other way round.

    The parts of a chain come out of many trials: each is looked at once, and kept in `known`.
    """
    jobs = {job.id: job for case in cases for job in case.jobs}
    facts = {job: case.facts[job] for case in cases for job in case.cluster.jobs if job in case.facts}
    denied = {(tie.upstream, tie.downstream) for tie in turned if isinstance(tie, Dependency)}
    ties = [tie for case in cases for tie in case.cluster.dependencies if (tie.upstream, tie.downstream) not in denied]
    ties += _added(turned, jobs, clock)
    ties.sort(key=lambda tie: (tie.upstream, tie.downstream, tie.kind))
    found = []
    for part in clusters.parts(tuple(jobs.values()), facts, JobGraph(tuple(ties))):
        ties_inside = tuple([(tie.upstream, tie.downstream, tie.kind, tie.lag) for tie in part.dependencies])
        key = (part.jobs, ties_inside)
        if key not in known:
            known[key] = _looked_at(part, jobs, facts, settings)
        found.append(known[key])
    found.sort(key=lambda one: one[0])
    return tuple(group for _, group in found)


def _looked_at(
    part: clusters.Part, jobs: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts], settings: Settings
) -> tuple[str, Group]:
    """Give the name of a cluster that would be, and how the guide sees it.

    Its workflows are built where the guide looks at them: for what runs side by side, branches or crosses schedules,
    from five units on, and for the order inside a job of several. The order of a few jobs of one unit each is that of
    their ties.
    """
    cluster = clusters.cluster_of(part, jobs, facts)
    of_jobs = [facts[job] for job in part.jobs if job in facts]
    plain = len(part.jobs) < MANY_UNITS and all(len(found.units) <= 1 for found in of_jobs)
    flows = () if plain else workflows.build(cluster, jobs, facts)
    case = Case(cluster, tuple(jobs[job] for job in cluster.jobs), facts, flows)
    return cluster.id, group_of(case, shape_of(case, settings))


def _added(turned: Iterable[DoubtfulTie], jobs: dict[JobId, Job], clock: Clock) -> list[Dependency]:
    """Make dependencies of affirmed ties as `dependencies.add` would: in one minute, what is declared comes first."""
    found = []
    for tie in turned:
        if isinstance(tie, Relation):
            timing = clock.timing(jobs[tie.upstream], jobs[tie.downstream])
            lag = Lag.NONE if timing.order is Order.TOGETHER else timing.lag
            found.append(Dependency(tie.upstream, tie.downstream, DependencyKind.DECLARED, lag, 1.0, tie.evidence))
    return found
