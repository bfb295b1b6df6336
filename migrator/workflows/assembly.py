"""Build the workflows of a cluster: one per schedule, tied by the data between them; of kin, one per job."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from migrator.clusters import Cluster, effective_schedules, main_job, runs_per_month, shape, title_of
from migrator.commands.facts import CommandFacts, Lock
from migrator.graph.order import acyclic
from migrator.graph.types import Dependency, Lag
from migrator.model import WRITES, Access, Job, JobId, Resource, Schedule, ScheduleKind
from migrator.model.frozen import frozen
from migrator.workflows.naming import Names
from migrator.workflows.order import inside, without_implied
from migrator.workflows.tasks import tasks
from migrator.workflows.types import After, Inflow, Task, TaskOrder, Workflow

_EVERY_DAY, _EVERY_WEEKDAY = (1 << 32) - 2, (1 << 7) - 1


@frozen
class _Scope:
    """A cluster with what is known of it.

    `home` names the workflow of each active job; `inner` and `incoming` are the dependencies inside each workflow and
    into it.
    """

    cluster: Cluster
    jobs: Mapping[JobId, Job]
    facts: Mapping[JobId, CommandFacts]
    schedules: Mapping[JobId, Schedule]
    home: Mapping[JobId, str]
    inner: Mapping[str, list[Dependency]]
    incoming: Mapping[str, list[Dependency]]


def build(
    cluster: Cluster, jobs_by_id: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts]
) -> tuple[Workflow, ...]:
    """Give the workflows by id: every active job in exactly one, inactive ones in none."""
    jobs = {job: jobs_by_id[job] for job in cluster.jobs}
    schedules = effective_schedules(jobs, cluster.dependencies)
    active = [job for job in sorted(jobs) if jobs[job].active]
    # Kin share nothing that one run of all of them would be for.
    alone = cluster.kin or len(active) < 2
    groups: defaultdict[Schedule | JobId, list[JobId]] = defaultdict(list)
    for job in active:
        groups[job if alone else _normal(schedules[job])].append(job)
    named = _named(cluster, list(groups.values()))
    home = {job: name for name, ids in named.items() for job in ids}
    inner: defaultdict[str, list[Dependency]] = defaultdict(list)
    incoming: defaultdict[str, list[Dependency]] = defaultdict(list)
    for one in cluster.dependencies:
        if one.downstream in home:
            same = home.get(one.upstream) == home[one.downstream]
            (inner if same else incoming)[home[one.downstream]].append(one)
    scope = _Scope(cluster, jobs, facts, schedules, home, inner, incoming)
    return tuple(_workflow(name, ids, scope, several=len(named) > 1) for name, ids in sorted(named.items()))


@lru_cache(maxsize=4096)
def _normal(schedule: Schedule) -> Schedule:
    """Leave out how a schedule is written: `@daily` and `0 0 * * *` are one.

    Of the day fields' stars only whether there is one matters (cron.c), and not even that where both hold every day.
    """
    if schedule.kind is ScheduleKind.UNREAD:
        return schedule
    fields = schedule.fields
    if fields is not None:
        every = fields.day == _EVERY_DAY and fields.weekday == _EVERY_WEEKDAY
        both = fields.day_star or fields.weekday_star or every
        fields = replace(fields, day_star=both, weekday_star=both)
    return replace(schedule, text="", fields=fields)


def _named(cluster: Cluster, groups: list[list[JobId]]) -> dict[str, list[JobId]]:
    """Name each workflow by the end of its chain; the cluster's own name goes to the one that holds it."""
    group = {job: number for number, ids in enumerate(groups) for job in ids}
    inner: defaultdict[int, list[Dependency]] = defaultdict(list)
    for one in cluster.dependencies:
        if one.upstream in group and group[one.upstream] == group.get(one.downstream):
            inner[group[one.upstream]].append(one)
    return {
        cluster.id if cluster.id in ids else main_job(ids, shape(ids, inner[number])): ids
        for number, ids in enumerate(groups)
    }


def _workflow(name: str, ids: list[JobId], scope: _Scope, *, several: bool) -> Workflow:
    jobs = [scope.jobs[job] for job in ids]
    facts = [scope.facts[job] for job in ids if job in scope.facts]
    names = Names()
    found = {job.id: tasks(job, scope.facts.get(job.id), names) for job in jobs}
    of_job = {job: made for job, (made, _) in found.items()}
    own = {job: inside(flow.flow) for job, (_, flow) in found.items()}
    between, left_out = _between(ids, scope.inner.get(name, ()))
    order = [edge for edges in own.values() for edge in edges]
    order += [edge for up, down in between for edge in _linked(of_job[up], own[up], of_job[down], own[down])]
    schedule = min((scope.schedules[job] for job in ids), key=lambda one: one.text)
    inflows, missing = _inflows(
        scope.incoming.get(name, ()), scope.home, {job: _first(of_job[job], own[job]) for job in ids}
    )
    return Workflow(
        id=name,
        title=_title(name, jobs, schedule) if several else scope.cluster.title,
        schedule=schedule,
        jobs=tuple(ids),
        tasks=tuple(task for job in ids for task in of_job[job]),
        order=without_implied(order),
        locks=_locks(facts),
        inflows=inflows,
        runs_per_month=runs_per_month(schedule),
        replicas=max(1 + len(job.replicas) for job in jobs),
        branches=sum(len(one.branches) for one in facts),
        outputs=_outputs(facts),
        notes=(*left_out, *missing),
        flows=tuple(flow for _, flow in found.values()),
        job_order=tuple(between),
    )


def _title(name: str, jobs: Iterable[Job], schedule: Schedule) -> str:
    """Name one workflow of several by its own jobs and their schedule."""
    return f"{title_of({job.id: job for job in jobs}, JobId(name))}: {schedule.text or schedule.kind.value}"


def _between(ids: Iterable[JobId], inner: Iterable[Dependency]) -> tuple[list[tuple[JobId, JobId]], list[str]]:
    """Give the order of jobs, and what of it a cycle leaves out."""
    wanted = sorted({(one.upstream, one.downstream) for one in inner if one.lag is Lag.NONE})
    kept = list(acyclic(ids, wanted, ()))
    lost = sorted(set(wanted) - set(kept))
    notes = [f"{up} and {down} lie on a cycle: their order is left out" for up, down in lost]
    return kept, notes


def _first(made: tuple[Task, ...], own: tuple[TaskOrder, ...]) -> list[str]:
    later = {edge.task for edge in own}
    return [task.name for task in made if task.name not in later]


def _linked(
    former: tuple[Task, ...],
    former_own: tuple[TaskOrder, ...],
    latter: tuple[Task, ...],
    latter_own: tuple[TaskOrder, ...],
) -> list[TaskOrder]:
    """Order two jobs: what ends the one comes before what begins the other. Handlers of failures end nothing."""
    earlier = {edge.upstream for edge in former_own if edge.after is not After.FAILURE}
    handlers = {edge.task for edge in former_own if edge.after is After.FAILURE}
    ends = [task.name for task in former if task.name not in earlier and task.name not in handlers]
    ends = ends or [task.name for task in former if task.name not in earlier]
    return [TaskOrder(end, start, After.SUCCESS) for end in ends for start in _first(latter, latter_own)]


def _inflows(
    incoming: Iterable[Dependency], home: Mapping[JobId, str], first: Mapping[JobId, list[str]]
) -> tuple[tuple[Inflow, ...], list[str]]:
    """Give what other workflows provide, and what an inactive job would have."""
    found: list[Inflow] = []
    missing: list[str] = []
    for one in incoming:
        what = one.evidence[0].says if one.evidence else one.kind.value
        if one.upstream in home:
            found += [_inflow(one, home[one.upstream], task, what) for task in first[one.downstream]]
        else:
            missing.append(f"{one.downstream} needs {one.upstream}, which is inactive ({what})")
    return tuple(sorted(found, key=lambda inflow: (inflow.upstream_workflow, inflow.upstream, inflow.task))), missing


def _inflow(dependency: Dependency, upstream: str, task: str, what: str) -> Inflow:
    return Inflow(upstream, dependency.upstream, task, what, previous_run=dependency.lag is Lag.PREVIOUS_RUN)


def _locks(facts: Iterable[CommandFacts]) -> tuple[Lock, ...]:
    found = {(lock.kind, lock.name): lock for one in facts for lock in reversed(one.locks)}
    return tuple(lock for _, lock in sorted(found.items(), key=lambda item: item[0]))


def _outputs(facts: Iterable[CommandFacts]) -> tuple[Access, ...]:
    found: dict[Resource, Access] = {}
    for one in facts:
        for access in one.touched:
            if access.mode in WRITES and not access.log:
                found.setdefault(access.resource, access)
    return tuple(
        access for _, access in sorted(found.items(), key=lambda item: (item[0].kind, item[0].name, item[0].host or ""))
    )
