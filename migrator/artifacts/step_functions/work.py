"""What a state machine does for a job: the flow of its tasks, or its whole command as one task where that is safer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self, assert_never

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.commands.facts import Trait
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.flow import (
    AndOrPart,
    BesidePart,
    ChoicePart,
    EachPart,
    FlowPart,
    InOrderPart,
    NegatedPart,
    RunPart,
)
from migrator.plan.jobs import JobPart

Hosts = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A job's flow and its tasks by name; `why` says why the command was left whole, empty where it was not."""

    job: JobPart
    flow: FlowPart
    tasks: Mapping[str, TaskPart]
    why: str = ""

    @classmethod
    def of(cls, job: JobPart, workflow: WorkflowPart) -> Self:
        """Take a job of a workflow; raise CannotBeSaidError where it cannot be restated."""
        if any(found.trait is Trait.DAEMON for found in job.traits):
            msg = "it leaves a process behind, and Systems Manager ends or waits for what a command leaves"
            raise CannotBeSaidError(msg)
        mine = {task.name: task for task in workflow.tasks if task.job == job.id}
        found = next((one for one in workflow.flows if one.job == job.id), None)
        if found is None:
            return cls._whole(job, mine, "" if len(mine) < 2 else "no part of it can be run without the others")
        names = list(runs(found.flow))
        if len(names) > 1:
            if job.locks:
                return cls._whole(job, mine, f"it holds {', '.join(job.locks)} from its begin to its end")
            if job.stdin:
                return cls._whole(job, mine, "cron hands its standard input over once")
        if any(name not in mine or mine[name].command is None for name in names):
            return cls._whole(job, mine, "" if len(mine) < 2 else (found.why or "not all of its parts have a command"))
        return cls(job, found.flow, {name: mine[name] for name in names}, found.why)

    @classmethod
    def _whole(cls, job: JobPart, tasks: Mapping[str, TaskPart], why: str) -> Self:
        some = list(tasks.values())
        whole = TaskPart(
            name=job.id,
            job=job.id,
            steps=(),
            text=job.command,
            origin=job.origin,
            service=None,
            wait=None,
            branch=(),
            retries=max((task.retries or 0 for task in some), default=0) or None,
            timeout=some[0].timeout if len({task.timeout for task in some}) == 1 else None,
            command=job.command,
            retry_delay=max((task.retry_delay or 0 for task in some), default=0) or None,
        )
        return cls(job, RunPart(task=job.id), {job.id: whole}, why)

    @property
    def hosts(self) -> Hosts:
        """Give the hosts that the job stands on."""
        return (self.job.host, *sorted({replica.host for replica in self.job.replicas} - {self.job.host}))


def runs(flow: FlowPart) -> Iterator[str]:
    """Name each task of a flow as often as a run may come to it."""
    match flow:
        case RunPart():
            yield flow.task
        case InOrderPart() | BesidePart():
            for part in flow.parts:
                yield from runs(part)
        case AndOrPart():
            for part in (flow.first, *flow.rest):
                yield from runs(part)
        case ChoicePart():
            for arm in (flow.condition, flow.then, flow.otherwise):
                if arm is not None:
                    yield from runs(arm)
        case EachPart():
            for _ in flow.items:
                yield from runs(flow.body)
        case NegatedPart():
            yield from runs(flow.part)
        case _:
            assert_never(flow)
