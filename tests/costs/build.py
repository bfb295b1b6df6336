"""Small clusters and workflows, made by hand."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from migrator.clusters.types import Cluster, Metrics
from migrator.commands.facts import Wait, WaitKind
from migrator.model import Dialect, JobId, Origin, Range, Schedule, ScheduleKind, ServiceCall
from migrator.workflows.types import After, Task, TaskOrder, Workflow

ORIGIN = Origin("crontab", 1)
NIGHTLY = Schedule(ScheduleKind.CRON, "0 3 * * *", Dialect.DEBIAN)


def exactly(number: int | str) -> Range:
    """Make a range of one value."""
    return Range(Decimal(number), Decimal(number))


def between(low: int | str, high: int | str) -> Range:
    """Make a range."""
    return Range(Decimal(low), Decimal(high))


def task(
    name: str,
    *,
    job: str = "a",
    seconds: int | Range | None = None,
    service: str | None = None,
    retries: int | None = None,
    timeout: int | None = None,
    branch: tuple[str, ...] = (),
    wait: Wait | None = None,
) -> Task:
    """Make a task: a command, or the call of a service."""
    call = ServiceCall(service, "start", name) if service else None
    duration = exactly(seconds) if isinstance(seconds, int) else seconds
    return Task(name, JobId(job), (0,), name, ORIGIN, call, wait, branch, duration, retries, timeout)


def wait_for(kind: WaitKind, timeout: int | None = None) -> Wait:
    """Make a wait."""
    return Wait(kind, "s3://b/k", exactly(30), timeout, ORIGIN, "until …")


def chain(tasks: Sequence[Task], after: After = After.SUCCESS) -> tuple[TaskOrder, ...]:
    """Order tasks one after another."""
    return tuple(TaskOrder(a.name, b.name, after) for a, b in pairwise(tasks))


def flow(
    tasks: Sequence[Task],
    *,
    name: str = "w",
    runs: int | Range | None = 30,
    order: Sequence[TaskOrder] | None = None,
    schedule: Schedule = NIGHTLY,
    **more: object,
) -> Workflow:
    """Make a workflow whose tasks follow one another, unless an order is given."""
    month = exactly(runs) if isinstance(runs, int) else runs
    jobs = tuple(sorted({t.job for t in tasks}))
    made = tuple(chain(tasks) if order is None else order)
    job_of = {t.name: t.job for t in tasks}
    between = {(job_of[one.upstream], job_of[one.task]) for one in made}
    more.setdefault("job_order", tuple(sorted(pair for pair in between if pair[0] != pair[1])))
    return Workflow(
        id=name,
        title=name,
        schedule=schedule,
        jobs=jobs,
        tasks=tuple(tasks),
        order=made,
        runs_per_month=month,
        **more,  # type: ignore[arg-type]
    )


def cluster(*jobs: str, name: str = "c") -> Cluster:
    """Make a cluster of jobs without dependencies; its metrics say one unit a job."""
    count = len(jobs)
    metrics = Metrics(count, count, count, 0, 0, 1, count, 0, 0, None)
    return Cluster(name, name, tuple(JobId(job) for job in jobs), (), metrics)
