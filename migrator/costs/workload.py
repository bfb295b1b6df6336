"""What a cluster asks of a target in a month, from its workflows and what is known of durations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from migrator.clusters.types import Cluster
from migrator.costs.polling import LOOK_SECONDS, Tally, tally, task_durations
from migrator.costs.states import GUARD, MOST_LOOKS, NOT_TODAY, STATES_A_LOOK
from migrator.costs.types import ComputeUse, Workload
from migrator.costs.words import count_range
from migrator.model import JobId, Range, ScheduleKind
from migrator.model.wording import some
from migrator.schedules.cron.wall import minutes_of_day
from migrator.workflows.types import Task, Workflow

_HOUR = Decimal(3600)
_MONTH_HOURS = Decimal(730)
_LEAST_TASK_SECONDS = Decimal(60)
_LONGEST_TASK_HOURS = Decimal(1)
_ZERO = Range(Decimal(0), Decimal(0))
_NAMED = 3
_WITH_AN_END = frozenset({"ecs", "batch"})  # Step Functions learns of the end of a command there (`.sync`)


def workload(
    cluster: Cluster,
    workflows: Sequence[Workflow],
    durations: Mapping[JobId, Range],
    active: Collection[JobId] | None = None,
    compute: Mapping[JobId, str] | None = None,
    guarded: Collection[JobId] = (),
) -> Workload:
    """Measure a cluster's month.

    `durations` are seconds a run by job; `active` the jobs that count (all where None: a job that cron does not run
    costs nothing); `compute` what each job's commands run on (`ssm` where it is not said); `guarded` the jobs whose
    days no expression of Step Functions says. Runs are multiplied by the workflow's replicas.
    """
    chosen = [(flow, tasks) for flow in workflows if (tasks := _active(flow, active))]
    rates = _rates([flow for flow, _ in chosen])
    moved = {job for job, kind in (compute or {}).items() if kind in _WITH_AN_END}
    flows = [_Flow(flow, tasks, rates[flow.id], durations, guarded, moved) for flow, tasks in chosen]
    return Workload(
        cluster=cluster.id,
        workflows=len(flows),
        tasks=sum(len(flow.tasks) for flow in flows),
        runs=_sum(flow.runs for flow in flows),
        transitions=_sum(flow.transitions() for flow in flows),
        task_hours=_sum(flow.task_hours() for flow in flows),
        longest=_longest([seconds for flow in flows for seconds in flow.seconds()]),
        dags=len(flows),
        starts=_sum(flow.starts() for flow in flows),
        compute=_compute(flows, compute or {}),
        assumptions=_assumptions(flows),
        depends_on=_depends(flows),
        by_event=bool(flows) and all(flow.workflow.schedule.kind is ScheduleKind.EVENT for flow in flows),
    )


class _Flow:
    """One workflow with its active tasks, and what it uses in a month."""

    def __init__(
        self,
        workflow: Workflow,
        tasks: Sequence[Task],
        rate: Range | None,
        durations: Mapping[JobId, Range],
        guarded: Collection[JobId],
        moved: Collection[JobId],
    ) -> None:
        self.workflow = workflow
        self.tasks = tasks
        self.runs = rate.scaled(Decimal(workflow.replicas)) if rate is not None else None
        self.tally: Tally = tally(workflow, tasks, durations, moved)
        self.known = task_durations(tasks, durations)
        self.jobs = len({task.job for task in tasks})
        self.guarded = {task.job for task in tasks} <= set(guarded)
        # Tasks that follow each other never run at once, so each path fills a month at most.
        self.paths = Decimal(side_by_side(workflow, tasks) * workflow.replicas)

    def starts(self) -> Range | None:
        """Give starts where each job has a schedule of its own."""
        return self.runs.scaled(Decimal(self.jobs)) if self.runs is not None else None

    def transitions(self) -> Range | None:
        """Give the states executed in a month."""
        if self.runs is None:
            return None
        states = self.tally.states
        most = self.runs.high * states.high
        least = self.runs.low * states.low
        if self.guarded:
            # The test of the day is over at the first look, and no more is run on other days.
            tested = GUARD + STATES_A_LOOK
            least += self.runs.low * tested
            most += self.runs.high * tested + self._other_days() * (NOT_TODAY + STATES_A_LOOK)
        if self.tally.open_ended:
            month = self.paths * _MONTH_HOURS * _HOUR / LOOK_SECONDS
            most += STATES_A_LOOK * min(month, self.runs.high * MOST_LOOKS)
        return Range(least, most)

    def _other_days(self) -> Decimal:
        """Give the most starts in a month on days that cron does not mean."""
        fields = self.workflow.schedule.fields
        if fields is None or self.runs is None:
            return Decimal(0)
        a_day = Decimal(len(minutes_of_day(fields.minute, fields.hour)) * self.workflow.replicas)
        return max(Decimal(0), a_day * _MONTH_HOURS / 24 - self.runs.low)

    def task_hours(self) -> Range | None:
        """Give the hours that tasks hold a worker, a minute at least for each."""
        if self.runs is None:
            return None
        low = high = Decimal(0)
        for task in self.tasks:
            seconds = self.known.get(task.name, _ZERO)
            low += Decimal(0) if task.branch else max(seconds.low, _LEAST_TASK_SECONDS)
            if task.name in self.known:  # the others are counted below, as long as they may be
                high += max(seconds.high, _LEAST_TASK_SECONDS) * (1 + (task.retries or 0))
        most = self.runs.high * high / _HOUR
        if len(self.known) < len(self.tasks):
            # Who counts task-hours ends a task after one (MWAA Serverless, «Quotas»), and a short one counts a minute.
            tries = self.runs.high * sum(1 + (task.retries or 0) for task in self.tasks if task.name not in self.known)
            counted = tries * _LEAST_TASK_SECONDS / _HOUR + self.paths * _MONTH_HOURS
            most += min(counted, tries * _LONGEST_TASK_HOURS)
        return Range(self.runs.low * low / _HOUR, most)

    def seconds(self) -> list[Range | None]:
        """Give each task's duration, None where unknown."""
        return [self.known.get(task.name) for task in self.tasks]


def _active(workflow: Workflow, active: Collection[JobId] | None) -> tuple[Task, ...]:
    return tuple(task for task in workflow.tasks if active is None or task.job in active)


def _rates(workflows: Sequence[Workflow]) -> dict[str, Range | None]:
    rates = {flow.id: flow.runs_per_month for flow in workflows}
    for flow in workflows:
        # Started by what it depends on: once for each run of an upstream workflow, whichever that turns out to be.
        if rates[flow.id] is None and flow.schedule.kind is ScheduleKind.UPSTREAM:
            above = [rates.get(inflow.upstream_workflow) for inflow in flow.inflows]
            known = [rate for rate in above if rate is not None]
            if known and len(known) == len(above):
                rates[flow.id] = Range(min(rate.low for rate in known), max(rate.high for rate in known))
    return rates


def side_by_side(workflow: Workflow, tasks: Sequence[Task]) -> int:
    """Give how many tasks of a workflow may run at once, at most: they are covered with paths along its order."""
    names = {task.name for task in tasks}
    taken: set[str] = set()
    continued: set[str] = set()
    for order in workflow.order:
        both = order.upstream in names and order.task in names
        if both and order.upstream not in taken and order.task not in continued:
            taken.add(order.upstream)
            continued.add(order.task)
    return len(names) - len(continued)


def _compute(flows: Iterable[_Flow], compute: Mapping[JobId, str]) -> tuple[ComputeUse, ...]:
    uses: dict[str, list[tuple[Range | None, Range | None]]] = {}
    for flow in flows:
        for task in flow.tasks:
            if task.call is not None or task.wait is not None:
                continue
            seconds = flow.known.get(task.name)
            uses.setdefault(compute.get(task.job, "ssm"), []).append((flow.runs, _hours(flow.runs, seconds)))
    return tuple(
        ComputeUse(kind, _sum(commands for commands, _ in found), _sum(hours for _, hours in found))
        for kind, found in sorted(uses.items())
    )


def _hours(runs: Range | None, seconds: Range | None) -> Range | None:
    if runs is None or seconds is None:
        return None
    return Range(runs.low * seconds.low / _HOUR, runs.high * seconds.high / _HOUR)


def _longest(seconds: Sequence[Range | None]) -> Range | None:
    known = [item for item in seconds if item is not None]
    if not known or len(known) < len(seconds):
        return None
    return Range(max(item.low for item in known), max(item.high for item in known))


def _assumptions(flows: Sequence[_Flow]) -> tuple[str, ...]:
    """Say how the states of a run were counted: one workflow's, else the sum and the three largest."""
    if not flows:
        return ()
    found = [_counted(flows)]
    if any(flow.tally.polled for flow in flows):
        found.append("a command is looked at every 30 seconds, 3 states a look, none with .waitForTaskToken")
    if any(flow.tally.open_ended for flow in flows):
        found.append(
            "unknown durations: from done at the first look to running until the next start, or for the "
            f"{MOST_LOOKS:,} looks that the history of a run has room for"
        )
    return tuple(found)


def _counted(flows: Sequence[_Flow]) -> str:
    total = sum((flow.tally.states for flow in flows), _ZERO)
    states = f"{'at least ' if any(flow.tally.open_ended for flow in flows) else ''}{count_range(total)} states"
    if len(flows) == 1:
        return f"{states} a run"
    largest = sorted(flows, key=lambda flow: (-flow.tally.states.high, flow.workflow.id))[:_NAMED]
    named = [f"{count_range(flow.tally.states)} at `{flow.workflow.schedule.text}`" for flow in largest]
    rest = f" and {len(flows) - len(named)} more" if len(flows) > len(named) else ""
    return f"{states} for a run of each of {len(flows)} workflows: {', '.join(named)}{rest}"


def _depends(flows: Sequence[_Flow]) -> str:
    silent = [flow.workflow.title for flow in flows if flow.runs is None]
    unknown = [name for flow in flows for name in flow.tally.unknown]
    parts = []
    if silent:
        parts.append(f"how often {_some(silent)} runs")
    if unknown:
        parts.append(f"how long {_some(unknown)} takes")
    return " and ".join(parts)


def _some(every: Sequence[str]) -> str:
    return some(list(dict.fromkeys(every)), _NAMED)


def _sum(ranges: Iterable[Range | None]) -> Range | None:
    total = _ZERO
    for item in ranges:
        if item is None:
            return None
        total += item
    return total
