"""What a state machine does for a job: the flow of its tasks, or its whole command as one task where that is safer.

A task is a call of a service, a wait for some time, or a command on the job's hosts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from migrator.artifacts.calls.command import asked_for
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.jobs import Hosts, check_ends, hosts_of, whole_task
from migrator.artifacts.step_functions.service_call import ServiceCall
from migrator.artifacts.step_functions.watching import Watch, watches
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.flow import flow_of
from migrator.plan.jobs import JobPart
from migrator.workflows.flow import Each, Flow, Run, ends_of, parts_of, runs_of
from migrator.workflows.pauses import pause


@dataclass(frozen=True, slots=True)
class Work:
    """A job's flow and its tasks by name; `why` says why the command was left whole, empty where it was not.

    `calls` are the tasks that need no host, `sleeps` those that only wait, with their seconds, `watches` those that
    wait for an object. `moved` are calls that run a command elsewhere, as the settings ask; `stays` says why not.
    """

    job: JobPart
    flow: Flow
    tasks: Mapping[str, TaskPart]
    why: str = ""
    calls: Mapping[str, ServiceCall] = field(default_factory=dict)
    sleeps: Mapping[str, int] = field(default_factory=dict)
    watches: Mapping[str, Watch] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()
    stays: str = ""

    @classmethod
    def of(cls, job: JobPart, workflow: WorkflowPart, read: Collection[str] = ()) -> Self:
        """Take a job of a workflow; raise CannotBeSaidError where it cannot be restated.

        `read` are the files that jobs read: a call whose answer goes to one of them is made on its host.
        """
        check_ends(job)
        mine = {task.name: task for task in workflow.tasks if task.job == job.id}
        found = next((one for one in workflow.flows if one.job == job.id), None)
        if found is None:
            return cls._whole(job, mine, "" if len(mine) < 2 else "no part of it can be run without the others")
        flow = flow_of(found.flow)
        names = runs_of(flow)
        if len(names) > 1:
            if job.locks:
                return cls._whole(job, mine, f"it holds {', '.join(job.locks)} from its begin to its end")
            if job.stdin:
                return cls._whole(job, mine, "cron hands its standard input over once")
        tasks = {name: mine[name] for name in names if name in mine}
        calls = _calls(job, flow, tasks, read)
        if any(name not in tasks or (tasks[name].command is None and name not in calls) for name in names):
            return cls._whole(job, mine, "" if len(mine) < 2 else (found.why or "not all of its parts have a command"))
        slept = {name: pause(task.command) for name, task in tasks.items()}
        sleeps = {name: seconds for name, seconds in slept.items() if seconds is not None}
        sleeps = sleeps if len(names) > 1 else {}
        return cls(job, flow, tasks, found.why, calls, sleeps, watches(tasks.values(), job))._elsewhere()

    @classmethod
    def _whole(cls, job: JobPart, tasks: Mapping[str, TaskPart], why: str) -> Self:
        some = list(tasks.values())
        if not job.command.strip():
            for task in some:
                if task.call is not None:
                    ServiceCall.of(task, job, (), followed=False)  # says why not
            msg = "it has no command that a shell could run"
            raise CannotBeSaidError(msg)
        whole = whole_task(job, some)
        return cls(job, Run(job.id), {job.id: whole}, why)._elsewhere()

    def _elsewhere(self) -> Self:
        """Have its commands run where the settings ask for, all of them or none."""
        if not asked_for(self.job) or not self.commands:
            return self
        try:
            _check_no_rounds(self.flow)
            found = {name: ServiceCall.elsewhere(self.tasks[name], self.job) for name in self.commands}
        except CannotBeSaidError as reason:
            return replace(self, stays=str(reason))
        return replace(self, calls={**self.calls, **found}, moved=frozenset(found))

    @property
    def commands(self) -> list[str]:
        """Name the tasks that run on a host."""
        elsewhere = {*self.calls, *self.sleeps, *self.watches}
        return [name for name in self.tasks if name not in elsewhere]

    @property
    def hosts(self) -> Hosts:
        """Give the hosts that the job stands on, none where nothing of it runs there."""
        if not self.commands:
            return ()
        return hosts_of(self.job)


def _check_no_rounds(flow: Flow) -> None:
    if isinstance(flow, Each):
        msg = "the rounds of its loop are told to documents of Systems Manager alone"
        raise CannotBeSaidError(msg)
    for part in parts_of(flow):
        _check_no_rounds(part)


def _calls(job: JobPart, flow: Flow, tasks: Mapping[str, TaskPart], read: Collection[str]) -> dict[str, ServiceCall]:
    last = set(ends_of(flow))
    found: dict[str, ServiceCall] = {}
    for name, task in tasks.items():
        try:
            found[name] = ServiceCall.of(task, job, read, followed=name not in last)
        except CannotBeSaidError:
            continue  # its command runs on the host, where it has one
    return found
