"""What a DAG does for a job: the tasks of its flow and how each is run, or its whole command as one task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from migrator.artifacts.airflow.calls import operator_of
from migrator.artifacts.airflow.compiling import Compiler, Start
from migrator.artifacts.airflow.operators import Operator, Variables, region_of
from migrator.artifacts.airflow.preparing import Prepared, prepared
from migrator.artifacts.airflow.waits import sensor_of
from migrator.artifacts.parts.as_cron import as_cron
from migrator.artifacts.parts.document import content
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.jobs import Hosts, check_ends, hosts_of, whole_task
from migrator.artifacts.parts.parameters import Parameters
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.flow import flow_of
from migrator.plan.jobs import JobPart
from migrator.workflows.flow import Flow, Run, tasks_of

MOST_HOSTS = 50  # that one SendCommand names (Systems Manager API reference)
_SHELLS = frozenset({"sh", "bash", "dash", "ksh", "ksh93", "mksh", "zsh", "ash"})


@dataclass(slots=True)
class Work:
    """A job, its flow, its tasks by name, and what runs each: an operator, or a document of the host (None).

    `why` says why the command was left whole, `joined` of each task that holds several parts why it does. `variables`
    are those that the operators read.
    """

    job: JobPart
    flow: Flow
    tasks: Mapping[str, TaskPart]
    operators: dict[str, Operator | None]
    why: str = ""
    joined: Mapping[str, str] = field(default_factory=dict)
    variables: Variables = field(default_factory=Variables)

    @classmethod
    def of(cls, job: JobPart, workflow: WorkflowPart, read: frozenset[str]) -> Self:
        """Take a job of a workflow; `read` are files that jobs read. Raise CannotBeSaidError if it cannot be said."""
        mine = {task.name: task for task in workflow.tasks if task.job == job.id}
        found = next((one for one in workflow.flows if one.job == job.id), None)
        flow = None if found is None else flow_of(found.flow)
        why = _why_whole(job, mine, flow)
        if found is not None and flow is not None and not why:
            try:
                behind = any(down == job.id for _, down in workflow.job_order)
                return cls._parted(job, prepared(flow, mine, behind=behind), read, found.why)
            except CannotBeSaidError as reason:
                if len(mine) < 2:
                    raise
                why = str(reason)
        whole = _whole(job, tuple(mine.values()))
        return cls._parted(job, Prepared(Run(whole.name), {whole.name: whole}), read, why if len(mine) > 1 else "")

    @classmethod
    def _parted(cls, job: JobPart, made: Prepared, read: frozenset[str], why: str) -> Self:
        tasks = {name: made.tasks[name] for name in dict.fromkeys(tasks_of(made.flow))}
        work = cls(job, made.flow, tasks, {}, why, {name: made.joined[name] for name in tasks if name in made.joined})
        followed = _followed(made.flow, tasks)
        for name, task in tasks.items():
            work.operators[name] = work._operator(task, read, followed=name in followed)
        return work

    def _operator(self, task: TaskPart, read: frozenset[str], *, followed: bool) -> Operator | None:
        """Choose what runs a task; a document of Systems Manager is tried last, and raises where it cannot say it."""
        declared = not self.job.command.strip()
        if not self.job.replicas or declared:
            try:
                if task.call is not None:
                    made, region = operator_of(task, self.job, self.variables, read, followed=followed)
                    return _placed(made, region)
                if task.wait is not None:
                    return _placed(sensor_of(task), None, region_of(self.job))
            except CannotBeSaidError:
                if declared:
                    raise
        _check_document(self.job, task)
        return None

    @property
    def hosts(self) -> Hosts:
        """Give the hosts that the job stands on."""
        return hosts_of(self.job)


def _placed(made: Operator, region: str | None, given: Sequence[tuple[str, object]] = ()) -> Operator:
    more = (("region_name", region),) if region else tuple((name, str(value)) for name, value in given)
    return replace(made, arguments=(*made.arguments, *more))


def _check_document(job: JobPart, task: TaskPart) -> None:
    check_ends(job)
    if len(job.replicas) >= MOST_HOSTS:
        msg = f"it stands on more than {MOST_HOSTS} hosts, and one call of Systems Manager names no more"
        raise CannotBeSaidError(msg)
    # Whether a document can hold it shows only in the attempt.
    content(as_cron(job, task=task), "", task.timeout, job, None, Parameters((job.host,)))


def _why_whole(job: JobPart, tasks: Mapping[str, TaskPart], flow: Flow | None) -> str:
    names = () if flow is None else tasks_of(flow)
    if len(tasks) < 2 and len(names) < 2:
        return ""
    if flow is None:
        return "no part of it can be run without the others"
    if job.replicas:
        return "it stands on several hosts, and each goes on by itself"
    if job.locks:
        return f"it holds {', '.join(job.locks)} from its begin to its end"
    if job.stdin:
        return "cron hands its standard input over once"
    if job.command.strip() and job.shell.rpartition("/")[2] not in _SHELLS:
        return f"{job.shell} runs it"
    if any(name not in tasks or (tasks[name].command is None and tasks[name].call is None) for name in names):
        return "not all of its parts have a command of their own"
    return ""


def _whole(job: JobPart, tasks: Sequence[TaskPart]) -> TaskPart:
    if len(tasks) == 1 and (tasks[0].call is not None or tasks[0].wait is not None):
        return tasks[0].model_copy(update={"command": job.command or None})
    return whole_task(job, tasks)


def _followed(flow: Flow, tasks: Mapping[str, TaskPart]) -> frozenset[str]:
    """Name the tasks whose outcome something in the same command asks for."""
    compiler = Compiler(tasks, lambda name: f"{name} {len(compiler.nodes)}")
    compiler.job(flow, Start(sure=True))
    before = {name for node in compiler.nodes for name in node.after}
    return frozenset(node.task.name for node in compiler.nodes if node.task is not None and node.id in before)
