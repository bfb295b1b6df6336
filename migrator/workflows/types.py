"""What a state machine or a DAG would run, before either exists."""

from enum import StrEnum

from migrator.commands.facts import Lock, Wait
from migrator.model import Access, JobId, Origin, Range, Schedule, ServiceCall
from migrator.model.frozen import frozen
from migrator.model.worded import worded
from migrator.workflows.flow import JobFlow


@worded
class After(StrEnum):
    """When a task may start, by the outcome of those before it.

    All its SUCCESS and DONE edges must hold, and one of its FAILURE edges if it has any. A task that was not needed (a
    handler, a branch not taken) counts as succeeded; one that was not reached since another failed counts as failed.
    """

    SUCCESS = "success"
    FAILURE = "failure"
    DONE = "done"


@frozen
class TaskOrder:
    """`task` starts after `upstream`, on its success, failure or end."""

    upstream: str
    task: str
    after: After


@frozen
class Task:
    """One unit of one job: what a target starts, watches and retries on its own.

    `name` is unique in its workflow. `text` is the redacted source of its steps. `call` is set where the whole unit is
    one cloud call. `wait` is set where the unit is a wait. `branch` is the branch path that it lies in. `command` is
    the shell text that does the task alone, in the job's own shell and environment, with the shell state that it needs
    restated (None where a manifest gives a call in place of a command). `why` says what makes it a task of its own.
    """

    name: str
    job: JobId
    steps: tuple[int, ...]
    text: str
    origin: Origin
    call: ServiceCall | None = None
    wait: Wait | None = None
    branch: tuple[str, ...] = ()
    duration: Range | None = None
    retries: int | None = None
    timeout: int | None = None
    command: str | None = None
    why: str = ""
    retry_delay: int | None = None


@frozen
class Inflow:
    """Data that another workflow of the cluster provides: tied by the data, not by the clock."""

    upstream_workflow: str
    upstream: JobId
    task: str
    what: str
    previous_run: bool


@frozen
class Workflow:
    """The jobs of a cluster that share one schedule, in order. `id` is unique in the plan.

    `notes` are clauses on what the order leaves out: a cycle, data of an inactive job. `flows` has the flow of each job
    whose tasks carry commands or calls; `job_order` the jobs of which the second starts when the first has succeeded.
    """

    id: str
    title: str
    schedule: Schedule
    jobs: tuple[JobId, ...]
    tasks: tuple[Task, ...]
    order: tuple[TaskOrder, ...]
    locks: tuple[Lock, ...] = ()
    inflows: tuple[Inflow, ...] = ()
    runs_per_month: Range | None = None
    replicas: int = 1
    branches: int = 0
    outputs: tuple[Access, ...] = ()
    notes: tuple[str, ...] = ()
    flows: tuple[JobFlow, ...] = ()
    job_order: tuple[tuple[JobId, JobId], ...] = ()
