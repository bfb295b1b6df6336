"""How many states a state machine executes: the number that Step Functions bills.

A state counts each time that it is executed, a retry once more (https://aws.amazon.com/step-functions/pricing/). A
command on a host has no `.sync` integration: it is sent, then Wait, getCommandInvocation and Choice ask every 30
seconds whether it is done (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html). A Choice
cannot end a machine, so one that ends with a command needs one state more. What runs side by side is a Parallel, each
of its branches ends with a state that tells how it went, and a Choice asks them all. A command that is tried again
stands in a Parallel of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from migrator.commands.facts import WaitKind
from migrator.model import JobId, Range
from migrator.workflows.types import After, Task, Workflow

LOOK_SECONDS = Decimal(30)
STATES_A_LOOK = Decimal(3)

# Services without an optimized `.sync`: the caller must ask again until they are done.
_POLLED_SERVICES = frozenset({"redshift-data"})
_POLLED_WAITS = frozenset({WaitKind.FILE, WaitKind.OBJECT, WaitKind.SERVICE})
_ZERO = Range(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Tally:
    """States that one run executes. `open_ended` counts tasks that are looked at an unknown number of times."""

    states: Range
    open_ended: int
    unknown: tuple[str, ...]
    polled: int


def is_polled(task: Task) -> bool:
    """Say whether a state machine must ask again and again whether the task is done."""
    if task.wait is not None:
        return task.wait.kind in _POLLED_WAITS
    return task.call is None or task.call.service in _POLLED_SERVICES


def tally(workflow: Workflow, tasks: Sequence[Task], durations: Mapping[JobId, Range]) -> Tally:
    """Count the states of one run of `tasks`, which are the workflow's or those of its active jobs."""
    seen = _looks_of(tasks, durations)
    counted = [_one(task, seen.get(task.name)) for task in tasks]
    states = sum((count.states for count in counted), _ZERO)
    forks = _forks(workflow, tasks)
    more = Decimal(sum(2 + width for width in forks) + _choices(tasks) + _end(workflow, tasks, forks))
    return Tally(
        states + Range(more, more),
        sum(count.open_ended for count in counted),
        tuple(dict.fromkeys(name for count in counted for name in count.unknown)),
        sum(count.polled for count in counted),
    )


def looks(seconds: Range) -> Range:
    """Give how often a task is looked at while it runs, at least once."""
    return Range(_ceiling(seconds.low / LOOK_SECONDS), _ceiling(seconds.high / LOOK_SECONDS))


def task_durations(tasks: Sequence[Task], durations: Mapping[JobId, Range]) -> dict[str, Range]:
    """Give the seconds of each task where known: its job's where it is the job's only task, else its own."""
    of_job = Counter(task.job for task in tasks)
    known = {
        task.name: durations.get(task.job, task.duration) if of_job[task.job] == 1 else task.duration for task in tasks
    }
    return {name: seconds for name, seconds in known.items() if seconds is not None}


def _looks_of(tasks: Sequence[Task], durations: Mapping[JobId, Range]) -> dict[str, Range]:
    known = task_durations(tasks, durations)
    found: dict[str, Range] = {}
    untold: defaultdict[JobId, list[Task]] = defaultdict(list)
    for task in tasks:
        if not is_polled(task):
            continue
        if task.name in known:
            found[task.name] = looks(known[task.name])
        elif (limit := _limit(task)) is not None:
            found[task.name] = looks(Range(Decimal(0), Decimal(limit)))
        else:
            untold[task.job].append(task)
    for job, several in untold.items():
        if job in durations:
            found |= _divided([task.name for task in several], looks(durations[job]))
    return found


def _divided(names: Sequence[str], whole: Range) -> dict[str, Range]:
    # However the job's time falls to its tasks: each is looked at once at least, and rounding adds one look a task at
    # most.
    first, *others = names
    once = Range(Decimal(1), Decimal(1))
    low = max(Decimal(1), whole.low - len(others))
    return {first: Range(low, whole.high), **dict.fromkeys(others, once)}


def _limit(task: Task) -> int | None:
    return task.wait.timeout if task.wait is not None and task.wait.timeout is not None else task.timeout


def _one(task: Task, seen: Range | None) -> Tally:
    attempts = Decimal(1 + (task.retries or 0))
    least = Decimal(0) if task.branch else Decimal(1)
    if not is_polled(task):
        return Tally(Range(least, attempts), 0, (), 0)
    frame = Decimal(3 if task.retries else 1)
    if seen is None:
        once = frame + STATES_A_LOOK
        return Tally(Range(least * once, once * attempts), 1, (task.name,), 1)
    most = (frame + STATES_A_LOOK * seen.high) * attempts
    return Tally(Range(least * (frame + STATES_A_LOOK * seen.low), most), 0, (), 1)


def _end(workflow: Workflow, tasks: Sequence[Task], forks: Sequence[int]) -> int:
    """Count the state behind a Choice that would else be the last."""
    followed = {order.upstream for order in workflow.order if order.after is not After.FAILURE}
    last = [task for task in tasks if task.name not in followed]
    return int(bool(forks) or any(is_polled(task) and not task.retries for task in last))


def _forks(workflow: Workflow, tasks: Sequence[Task]) -> list[int]:
    """Give how many branches each fork has."""
    names = {task.name for task in tasks}
    followers: dict[str, int] = {}
    roots = set(names)
    for order in workflow.order:
        if order.upstream in names and order.task in names:
            roots.discard(order.task)
            if order.after is not After.FAILURE:
                followers[order.upstream] = followers.get(order.upstream, 0) + 1
    return [width for width in (len(roots), *followers.values()) if width > 1]


def _choices(tasks: Sequence[Task]) -> int:
    return len({task.branch[:depth] for task in tasks for depth in range(1, len(task.branch) + 1)})


def _ceiling(number: Decimal) -> Decimal:
    return max(Decimal(1), number.to_integral_value(ROUND_CEILING))
