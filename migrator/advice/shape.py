"""What the decision guide asks of a cluster: how many units, in which order, with what between them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from migrator.advice.case import Case, owner_of, said_of
from migrator.advice.host_ties import Tie, TieKind, ties_of
from migrator.advice.repeats import counted_units
from migrator.commands.facts import BranchKind, CommandFacts, Wait, WaitKind
from migrator.graph.types import Lag, Safety
from migrator.model import Evidence, Job, JobId, ScheduleKind
from migrator.model.frozen import frozen
from migrator.settings import Need, Settings
from migrator.workflows.types import After, TaskOrder, Workflow

MANY_UNITS = 5
TOO_MANY_FOR_STEP_FUNCTIONS = 50
MANY_OWNERS = 3
NEED_WORDS = {
    Need.BACKFILL: "backfills",
    Need.SHARED_UI: "a shared UI",
    Need.DAG_VIEW: "a view of the graph",
    Need.PYTHON_LOGIC: "Python logic between tasks",
}


class Keeper(StrEnum):
    """What keeps the order of the units today."""

    SCRIPT = "script"  # one job: its own script
    TRIGGERS = "triggers"  # jobs that start when others are done, by something that no file names
    WAITS = "waits"  # each later job waits for what the one before makes
    CLOCK = "clock"


@frozen
class Shape:
    """A cluster as the guide sees it, counted over `moving`: active jobs that nothing ties to their host.

    `staying` are the ties of the other active jobs, `asleep` the jobs that cron does not run, `ties` those of the
    moving jobs that weigh only on a lone job. `decisions` are decision points between units, `forks` says that units
    start or join others beside them, `crosses` that a unit needs the data of another schedule. `service_units` are
    calls of cloud services, `waits` what is waited for besides time. `keeper` keeps the order of the units today.
    """

    moving: tuple[Job, ...]
    staying: tuple[Tie, ...]
    asleep: tuple[Job, ...]
    ties: tuple[Tie, ...]
    units: int
    service_units: int
    ordered: bool
    handles_errors: bool
    decisions: bool
    forks: bool
    crosses: tuple[Evidence, ...]
    owners: tuple[str, ...]
    waits: tuple[Wait, ...]
    event: bool
    needs: tuple[Need, ...]
    cyclic: bool
    keeper: Keeper = Keeper.CLOCK

    @property
    def branching(self) -> bool:
        """Say whether the units are anything but one line."""
        return self.decisions or self.forks

    @property
    def tips(self) -> tuple[str, ...]:
        """Name what tips five units or more to Airflow."""
        found = [f"a need of {NEED_WORDS[need]}" for need in self.needs]
        if self.branching:
            found.insert(0, "branching")
        if self.crosses:
            found.append("joins across schedules")
        if len(self.owners) >= MANY_OWNERS:
            found.append(f"{len(self.owners)} owners")
        return tuple(found)

    @property
    def service_chain(self) -> bool:
        """Say whether it is one line of units, most of them calls of cloud services."""
        work = self.units - sum(wait.kind is not WaitKind.TIME for wait in self.waits)
        return not self.branching and self.service_units * 2 > work


def shape_of(case: Case, settings: Settings) -> Shape:
    """Measure a cluster for the guide; kin as one of them, since each runs by itself and all do the same."""
    ties = {job.id: ties_of(job, case.facts.get(job.id)) for job in case.active}
    bound = {job for job, found in ties.items() if any(tie.kind is not TieKind.NEEDS_HOST for tie in found)}
    moving = tuple(job for job in case.active if job.id not in bound)
    ids = frozenset(job.id for job in moving)
    measured = moving[:1] if case.cluster.kin else moving
    facts = [case.facts[job.id] for job in measured if job.id in case.facts]
    orders = [order for flow in case.workflows for order in _moving_order(flow, ids)]
    return Shape(
        moving=moving,
        staying=tuple(found[0] for job, found in ties.items() if job in bound),
        asleep=tuple(job for job in case.jobs if not job.active),
        ties=tuple(tie for job in moving for tie in ties[job.id]),
        units=sum(max(1, len(counted_units(case.facts[job.id]))) if job.id in case.facts else 1 for job in measured),
        service_units=sum(_service_units(found) for found in facts),
        ordered=bool(orders) or _ordered(case, ids) or any(_in_order(found) for found in facts),
        handles_errors=any(order.after is After.FAILURE for order in orders) or _handles(moving, facts),
        decisions=any(task.branch for flow in case.workflows for task in flow.tasks if task.job in ids)
        or any(order.after is After.FAILURE for order in orders)
        or any(_between_units(found) for found in facts),
        forks=_forks(case, ids) or any(found.fan_out > 1 for found in facts),
        crosses=_crosses(case, ids),
        owners=tuple(sorted({owner for job in moving if (owner := owner_of(job, settings))})),
        waits=_waits_for_things(facts),
        event=any(job.schedule.kind is ScheduleKind.EVENT for job in moving),
        needs=_needs(moving, settings),
        cyclic=case.cluster.cyclic,
        keeper=_keeper(case, moving, ids),
    )


def with_needs(shape: Shape, settings: Settings) -> Shape:
    """Give a shape as the needs of other settings make it; nothing else of it depends on people or money."""
    return replace(shape, needs=_needs(shape.moving, settings))


_THINGS = frozenset({WaitKind.FILE, WaitKind.OBJECT, WaitKind.SERVICE})


def _moving_order(flow: Workflow, ids: frozenset[JobId]) -> list[TaskOrder]:
    if not flow.order:
        return []
    names = {task.name for task in flow.tasks if task.job in ids}
    return [order for order in flow.order if order.task in names and order.upstream in names]


def _ordered(case: Case, ids: frozenset[JobId]) -> bool:
    return any(tie.lag is Lag.NONE and {tie.upstream, tie.downstream} <= ids for tie in case.cluster.dependencies)


def _in_order(facts: CommandFacts) -> bool:
    """Say whether a job has several units one after the other; whether its shell can be parted is not asked."""
    return len(facts.units) > 1 and (bool(facts.waits) or not facts.fan_out)


def _between_units(facts: CommandFacts) -> bool:
    """Say whether a unit lies in a branch while others do not."""
    several = len(facts.units) > 1
    return several and any(all(facts.steps[index].branch for index in unit.steps) for unit in facts.units)


def _waits_for_things(facts: Sequence[CommandFacts]) -> tuple[Wait, ...]:
    """Give the waits besides those for time; one that a repeated script makes again is no further unit."""
    found: dict[tuple[object, ...], Wait] = {}
    for of_job in facts:
        for wait in of_job.waits:
            if wait.kind in _THINGS:
                found.setdefault((of_job.job, wait.kind, wait.origin, wait.text), wait)
    return tuple(found.values())


def _service_units(facts: CommandFacts) -> int:
    return sum(any(facts.steps[index].call is not None for index in unit.steps) for unit in counted_units(facts))


def _handles(moving: Iterable[Job], facts: Iterable[CommandFacts]) -> bool:
    retried = any(job.declared is not None and job.declared.retries for job in moving)
    several = [found for found in facts if len(found.units) > 1]
    return retried or any(branch.kind is BranchKind.HANDLER for found in several for branch in found.branches)


def _forks(case: Case, ids: frozenset[JobId]) -> bool:
    if len(ids) == len(case.jobs):
        wide = max(case.cluster.metrics.fan_in, case.cluster.metrics.fan_out) > 1
    else:
        inside = [tie for tie in case.cluster.dependencies if {tie.upstream, tie.downstream} <= ids]
        degrees = Counter(tie.upstream for tie in inside), Counter(tie.downstream for tie in inside)
        wide = any(count > 1 for degree in degrees for count in degree.values())
    return wide or any(_flow_forks(flow) for flow in case.workflows)


def _flow_forks(flow: Workflow) -> bool:
    if len(flow.order) < 2:
        return False
    after = [order for order in flow.order if order.after is not After.FAILURE]
    degrees = Counter(order.upstream for order in after), Counter(order.task for order in after)
    return any(count > 1 for degree in degrees for count in degree.values())


def _crosses(case: Case, ids: frozenset[JobId]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for flow in case.workflows:
        if not flow.inflows or flow.schedule.kind not in {ScheduleKind.CRON, ScheduleKind.ANACRON}:
            continue
        tasks = {task.name: task for task in flow.tasks if task.job in ids}
        found += [
            Evidence(
                tasks[inflow.task].origin, tasks[inflow.task].text, f"needs what another schedule makes: {inflow.what}"
            )
            for inflow in flow.inflows
            if inflow.task in tasks and inflow.upstream in ids
        ]
    return tuple(found)


def _keeper(case: Case, moving: Sequence[Job], ids: frozenset[JobId]) -> Keeper:
    if len(moving) <= 1:
        return Keeper.SCRIPT
    if any(job.schedule.kind is ScheduleKind.UPSTREAM for job in moving):
        return Keeper.TRIGGERS
    inside = [tie for tie in case.cluster.dependencies if {tie.upstream, tie.downstream} <= ids]
    return Keeper.WAITS if inside and all(tie.safety is Safety.HELD for tie in inside) else Keeper.CLOCK


def _needs(moving: Sequence[Job], settings: Settings) -> tuple[Need, ...]:
    team = set(settings.team.needs or ())
    said = [_backfill(job, settings) for job in moving]
    if any(word is True for word in said):
        team.add(Need.BACKFILL)
    elif said and all(word is False for word in said):
        team.discard(Need.BACKFILL)
    return tuple(need for need in Need if need in team)


def _backfill(job: Job, settings: Settings) -> bool | None:
    said = said_of(job, settings).backfill
    if said is None and job.declared is not None:
        return job.declared.backfill
    return said
