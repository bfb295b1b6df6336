"""Whether a machine runs what cron runs, outcome by outcome, and tries again as often as the plan says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.verify.cloud_call import Request, request_faults
from migrator.verify.command_words import NotPlainError
from migrator.verify.elsewhere import elsewhere_faults, moved
from migrator.verify.machines.data import DataError
from migrator.verify.machines.definition import Call, Machine, asked_services
from migrator.verify.machines.execution import Execution, MachineError
from migrator.verify.machines.services import AwsServices, Document, Watching
from migrator.verify.traces import NotComparableError, Outcomes, Recorder, ShellRun, Trace
from migrator.verify.values import Value, table
from migrator.verify.verdicts import judged, skipped
from migrator.verify.wanted import Wanted, compared, normal, shell_of, text_of

CHECK = "steps and order"
_SLEEP = re.compile(r"sleep (\d{1,6})([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}

Run: TypeAlias = "tuple[Trace, AwsServices, Execution]"


@dataclass(frozen=True, slots=True)
class Written:
    """A machine with what its documents run. `given` is what a schedule hands over, `texts` job and command of each.

    `ran` are the runs that several checks ask for, each of which is made once.
    """

    machine: Machine
    documents: Callable[[Recorder], Mapping[str, Document]]
    given: Mapping[str, Value]
    tasks: tuple[TaskPart, ...]
    jobs: Mapping[str, JobPart]
    texts: Mapping[str, tuple[str, str]]
    ran: dict[tuple[Outcomes, str | None, str | None], Run] = field(default_factory=dict, compare=False)

    def trace(self, outcomes: Outcomes) -> Trace:
        """Tell what the machine does. Raise MachineError, NotComparableError."""
        return self.run(outcomes)[0]

    def run(self, outcomes: Outcomes, refused: str | None = None, silent: str | None = None) -> Run:
        """Go through the machine; a document that is `refused` cannot be sent, one that is `silent` fails at once."""
        if outcomes.failed or outcomes.chosen:
            return self._run(outcomes, refused, silent)
        asked = (outcomes, refused, silent)
        if asked not in self.ran:
            self.ran[asked] = self._run(outcomes, refused, silent)
        return self.ran[asked]

    def _run(self, outcomes: Outcomes, refused: str | None, silent: str | None) -> Run:
        recorder = Recorder(outcomes)
        services = AwsServices(
            recorder,
            self.documents(recorder),
            self._native(recorder),
            self._sleeping(recorder),
            refused,
            silent,
            asked_services(self.machine.definition),
            self._watching(recorder),
        )
        context: Value = {"Execution": {"Input": dict(self.given), "Id": "id", "Name": "name"}}
        execution = Execution(services, context)
        succeeded, _ = execution.run(self.machine.definition, dict(self.given))
        return recorder.trace(int(not succeeded)), services, execution

    def _native(self, recorder: Recorder) -> Callable[[Call, Value], tuple[ShellRun, str] | None]:
        def found(call: Call, given: Value) -> tuple[ShellRun, str] | None:
            members = table(given)
            request = requested(call, members)
            if said := self._said(request):
                return shell_of(said[1], recorder, anywhere=True), text_of(*said)
            for command, job in self._moved():
                if not list(elsewhere_faults(job, command, request)):
                    return shell_of(job, recorder), command
            return None

        return found

    def task_of(self, call: Call, given: Value) -> TaskPart | None:
        """Give the task of the plan that a call makes."""
        said = self._said(requested(call, table(given)))
        return said[0] if said else None

    def _said(self, request: Request) -> tuple[TaskPart, JobPart] | None:
        said = ((task, job) for task, job in self._owned() if task.call is not None and _says(task, job, request))
        return next(said, None)

    def _moved(self) -> Iterator[tuple[str, JobPart]]:
        for task, job in self._owned():
            if moved(job):
                yield (task.command or job.command), job
        for job in self.jobs.values():
            if moved(job):
                yield job.command, job

    def _sleeping(self, recorder: Recorder) -> Callable[[Value], tuple[ShellRun, str] | None]:
        def found(seconds: Value) -> tuple[ShellRun, str] | None:
            for task, job in self._owned():
                match = _SLEEP.fullmatch((task.command or "").strip())
                if match and int(match[1]) * _SECONDS[match[2]] == seconds:
                    return shell_of(job, recorder, anywhere=True), text_of(task, job)
            return None

        return found

    def _watching(self, recorder: Recorder) -> Watching:
        def found(asked: Mapping[str, Value]) -> tuple[ShellRun, str] | None:
            for task, job in self._owned():
                sought = task.waits_for and task.waits_for.listing
                if sought and _lists(asked, sought.bucket, sought.prefix) and not sought.ending:
                    return shell_of(job, recorder, anywhere=True), text_of(task, job)
            return None

        return found

    def _owned(self) -> Iterator[tuple[TaskPart, JobPart]]:
        owners = {job.id: job for job in self.jobs.values()}
        return ((task, owners[task.job]) for task in self.tasks if task.job in owners)


def _lists(asked: Mapping[str, Value], bucket: str, prefix: str) -> bool:
    own = {name: value for name, value in asked.items() if name != "MaxKeys"}
    return own == {"Bucket": bucket, "Prefix": prefix}


def requested(call: Call, members: Mapping[str, Value]) -> Request:
    """Write an integration's call as a request of the SDK."""
    action = {"addStep": "addJobFlowSteps"}.get(call.action, call.action)
    service = {"states": "sfn", "elasticmapreduce": "emr"}.get(call.service, call.service)
    given = dict(members)
    if action == "addJobFlowSteps" and "Step" in given:
        given = {"JobFlowId": given.get("ClusterId"), "Steps": [given["Step"]]}
    return Request(service, action, given)


def _says(task: TaskPart, job: JobPart, request: Request) -> bool:
    try:
        return not list(request_faults(task, task.command or job.command, request))
    except NotPlainError:
        return False


@dataclass(frozen=True, slots=True)
class OrderVerdict:
    """What was found for all jobs of a machine together."""

    faults: tuple[str, ...]
    holds: str
    unknown: str = ""

    def of(self, job: str) -> VerdictPart:
        """Give it as a verdict on a job."""
        if self.unknown:
            return skipped(job, CHECK, f"it cannot be compared: {self.unknown}")
        return judged(job, CHECK, self.faults, self.holds)


def state_faults(written: Written, workflow: WorkflowPart) -> list[str]:
    """Say where a run that goes well executes another number of states than the bill counts; raise MachineError."""
    priced = workflow.states
    trace, _, execution = written.run(Outcomes())
    # Where a run fails though all its commands succeed, a test in it said so: that is no run that goes well.
    if priced is None or trace.status or priced.low <= execution.states <= priced.high:
        return []
    return [f"a run executes {execution.states} states, the bill counts {priced.low:g} to {priced.high:g}"]


def order_verdict(written: Written, wanted: Wanted) -> OrderVerdict:
    """Compare a machine with cron's shell."""
    try:
        faults, holds = compared(wanted, written.trace)
        faults += _attempts(written)
        faults += _refusals(written)
    except NotComparableError as error:
        return OrderVerdict((), "", str(error))
    except (MachineError, DataError) as error:
        return OrderVerdict((str(error),), "")
    return OrderVerdict(tuple(faults), holds)


def _attempts(written: Written) -> Iterator[str]:
    """Say where a command that goes on failing is tried another number of times than the plan says."""
    for name, (key, text) in sorted(written.texts.items()):
        job = written.jobs[key]
        mine = [task for task in written.tasks if task.job == job.id]
        task = next((task for task in mine if normal(task.command or "") == text), None)
        whole = task is None and normal(job.command) == text
        if task is None and not whole:
            continue
        retries = max((one.retries or 0 for one in ([task] if task else mine)), default=0)
        _, services, _ = written.run(Outcomes(whole=True), silent=name)
        found = services.attempts(name)
        if found and found != 1 + retries:
            yield f"{name} is tried {found} times, the plan says {1 + retries}"


def _refusals(written: Written) -> Iterator[str]:
    """Say where a command that could not be sent is taken for one that succeeded."""
    for name in sorted(written.texts):
        refused, _, _ = written.run(Outcomes(whole=True), refused=name)
        silent, _, _ = written.run(Outcomes(whole=True), silent=name)
        if refused.status == 0 and silent.status != 0:
            yield f"where {name} cannot be sent, the run ends in success"
        if {event.text for event in refused.events} - {event.text for event in silent.events}:
            yield f"where {name} cannot be sent, commands run that do not run where it fails"
