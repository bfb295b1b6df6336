"""How often a state machine looks at what it started, and what a run of a workflow then comes to in states.

A command on a host has no `.sync` integration: it is sent, then Wait, getCommandInvocation and Choice ask every 30
seconds whether it is done (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from migrator.commands.facts import WaitKind
from migrator.costs.states import STATES_A_LOOK, Cost, Made, run_states
from migrator.model import JobId, Range
from migrator.model.frozen import frozen
from migrator.workflows.flow import AndOr, Flow, Run, Sign, ends_of, runs_of
from migrator.workflows.pauses import pause
from migrator.workflows.types import Task, Workflow
from migrator.workflows.watching import is_watched

LOOK_SECONDS = Decimal(30)

# Services without an optimized `.sync`: the caller must ask again until they are done.
_POLLED_SERVICES = frozenset({"redshift-data"})
_ONCE = Range(Decimal(1), Decimal(1))


@frozen
class Tally:
    """States that one run executes. `open_ended` counts tasks that are looked at an unknown number of times."""

    states: Range
    open_ended: int
    unknown: tuple[str, ...]
    polled: int


@frozen
class _Seen:
    """How often tasks are looked at in each of their runs, and how much more often the tasks of each job together."""

    each: Mapping[str, Range]
    more: Range


def tally(
    workflow: Workflow,
    tasks: Sequence[Task],
    durations: Mapping[JobId, Range],
    moved: Collection[JobId] = (),
) -> Tally:
    """Count the states of one run of `tasks`, which are the workflow's or those of its active jobs.

    The commands of jobs that are `moved` run on ECS or Batch, and are one state each.
    """
    flows = _flows(workflow, tasks)
    made = _made(flows, tasks, moved)
    asked = [task for task in tasks if made.get(task.name) in (Made.COMMAND, Made.ASKED, Made.WATCH)]
    seen = _looks_of(asked, flows, durations)
    unknown = tuple(task.name for task in asked if task.name not in seen.each)
    more = seen.more.scaled(STATES_A_LOOK)
    return Tally(_states(workflow, tasks, flows, made, seen.each) + more, len(unknown), unknown, len(asked))


def states_of(workflow: Workflow, tasks: Sequence[Task], looks: Range, moved: Collection[JobId] = ()) -> Range:
    """Count the states of one run of `tasks` in which each that is looked at is looked at so often."""
    flows = _flows(workflow, tasks)
    made = _made(flows, tasks, moved)
    return _states(workflow, tasks, flows, made, dict.fromkeys(made, looks))


def _states(
    workflow: Workflow,
    tasks: Sequence[Task],
    flows: Mapping[JobId, Flow],
    made: Mapping[str, Made],
    looks: Mapping[str, Range],
) -> Range:
    if not flows:
        return Range(Decimal(0), Decimal(0))
    if len(tasks) == 1 and isinstance(flows[tasks[0].job], Run) and not (looks or workflow.job_order):
        (task,) = tasks
        return _of_one(made[task.name], task.retries or 0)
    several = Counter(task.job for task in tasks)
    costs = {
        task.name: Cost(
            made[task.name],
            looks.get(task.name, _ONCE),
            Decimal(1 + (task.retries or 0)),
            test=several[task.job] > 1 and _is_test(task),
        )
        for task in tasks
        if task.name in made
    }
    return run_states(list(flows), workflow.job_order, flows, costs)


@lru_cache(maxsize=64)
def _of_one(made: Made, retries: int) -> Range:
    """Count the states of a machine of one task that is looked at once, as most are."""
    only = JobId("")
    return run_states([only], (), {only: Run("")}, {"": Cost(made, _ONCE, Decimal(1 + retries))})


def _is_test(task: Task) -> bool:
    """Say whether a task may fail in a good run: it does no step, or its command turns its status round."""
    return not task.steps or (task.command or "").rpartition("\n")[2].startswith("! ")


def _flows(workflow: Workflow, tasks: Sequence[Task]) -> dict[JobId, Flow]:
    """Give the flow of each job that has tasks; of one that nobody took apart, one task after the other."""
    known = {one.job: one.flow for one in workflow.flows}
    names: defaultdict[JobId, list[str]] = defaultdict(list)
    for task in tasks:
        names[task.job].append(task.name)
    found: dict[JobId, Flow] = {}
    for job in sorted(names):
        first, *rest = (Run(name) for name in names[job])
        found[job] = known.get(job) or (AndOr(first, tuple((Sign.AND, one) for one in rest)) if rest else first)
    return found


def _made(flows: Mapping[JobId, Flow], tasks: Sequence[Task], moved: Collection[JobId]) -> dict[str, Made]:
    """Say what each task becomes."""
    last = {name for flow in flows.values() for name in ends_of(flow)}
    found: dict[str, Made] = {}
    for task in tasks:
        if task.call is not None:
            # What a command only starts, and others go on from, is not waited for (`artifacts.calls`).
            waits = task.command is None or task.name in last
            found[task.name] = Made.ASKED if waits and task.call.service in _POLLED_SERVICES else Made.CALL
        elif task.wait is not None and is_watched(task):
            found[task.name] = Made.WATCH
        elif not isinstance(flows[task.job], Run) and _is_pause(task):
            found[task.name] = Made.PAUSE
        else:
            found[task.name] = Made.CALL if task.job in moved else Made.COMMAND
    return found


def _is_pause(task: Task) -> bool:
    if task.command is None:
        return task.wait is not None and task.wait.kind is WaitKind.TIME
    return pause(task.command) is not None


def looks(seconds: Range, between: Decimal = LOOK_SECONDS) -> Range:
    """Give how often a task is looked at while it runs, at least once; `between` two looks are so many seconds."""
    return Range(_ceiling(seconds.low / between), _ceiling(seconds.high / between))


def _between(task: Task) -> Decimal:
    if task.wait is None or task.wait.seconds is None or not is_watched(task):
        return LOOK_SECONDS
    return task.wait.seconds.low


def task_durations(tasks: Sequence[Task], durations: Mapping[JobId, Range]) -> dict[str, Range]:
    """Give the seconds of each task where known: its job's where it is the job's only task, else its own."""
    of_job = Counter(task.job for task in tasks)
    known = {
        task.name: durations.get(task.job, task.duration) if of_job[task.job] == 1 else task.duration for task in tasks
    }
    return {name: seconds for name, seconds in known.items() if seconds is not None}


def _looks_of(tasks: Sequence[Task], flows: Mapping[JobId, Flow], durations: Mapping[JobId, Range]) -> _Seen:
    found: dict[str, Range] = {}
    untold: defaultdict[JobId, list[Task]] = defaultdict(list)
    for task in tasks:
        alone = isinstance(flows[task.job], Run)
        seconds = durations.get(task.job, task.duration) if alone else task.duration
        if seconds is not None:
            found[task.name] = looks(seconds, _between(task))
        elif (limit := _limit(task)) is not None:
            found[task.name] = looks(Range(Decimal(0), Decimal(limit)), _between(task))
        else:
            untold[task.job].append(task)
    more = Range(Decimal(0), Decimal(0))
    for job, several in untold.items():
        if job in durations:
            # However the job's time falls to its tasks: each run of one is looked at once at least, and rounding adds
            # one look a run at most.
            often = Counter(runs_of(flows[job]))
            runs = sum(often[task.name] for task in several)
            whole = looks(durations[job])
            more += Range(max(Decimal(0), whole.low - runs), whole.high - 1)
            found |= dict.fromkeys((task.name for task in several), _ONCE)
    return _Seen(found, more)


def _limit(task: Task) -> int | None:
    return task.wait.timeout if task.wait is not None and task.wait.timeout is not None else task.timeout


def _ceiling(number: Decimal) -> Decimal:
    return max(Decimal(1), number.to_integral_value(ROUND_CEILING))
