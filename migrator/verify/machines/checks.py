"""The verdicts on what was written for Step Functions, for each job of each machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.model import ScheduleKind, Target
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key
from migrator.verify import tools
from migrator.verify.commands import secret_faults, setting_faults
from migrator.verify.documents import content_faults
from migrator.verify.machines.comparing import Written, order_verdict, requested, state_faults
from migrator.verify.machines.data import DataError
from migrator.verify.machines.definition import Call, Machine, call_of, machine_faults, scopes
from migrator.verify.machines.execution import MachineError
from migrator.verify.machines.schedules import machine_schedule_faults
from migrator.verify.machines.services import Document
from migrator.verify.machines.told import Told, told_faults
from migrator.verify.scheduler import script_of
from migrator.verify.script import DayTest, ScriptError, read_day_test, read_script
from migrator.verify.stack import DOCUMENT, SCHEDULE, Resource, Stack
from migrator.verify.starts import CHECK as FIRE_TIMES
from migrator.verify.starts import Starts
from migrator.verify.starts import Written as WrittenStarts
from migrator.verify.traces import NotComparableError, Recorder
from migrator.verify.values import Value, loaded, table
from migrator.verify.verdicts import judged, skipped
from migrator.verify.wanted import Wanted, command_of, shell_of

_BRACES = re.compile(r"\{\{(?! Round[0-9] \}\})|\{\{resolve")
_TEXT = "x" * 36  # as long as the id of a command


@dataclass(slots=True)
class _Read:
    """What the documents of a machine run, and the faults that were found on the way, by job (its key)."""

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    rounds: dict[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    day: DayTest | None = None
    days: set[str] = field(default_factory=set)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, key: str, *texts: str) -> None:
        """Note faults of a job."""
        self.faults.setdefault(key, []).extend(texts)


@dataclass(frozen=True, slots=True)
class MachineOf:
    """A machine beside the workflow of the plan that it is for; `jobs` by key."""

    stack: Stack
    machine: Machine
    resource: Resource
    workflow: WorkflowPart
    jobs: Mapping[str, JobPart]

    @property
    def schedules(self) -> tuple[Resource, ...]:
        """Give the schedules that start it."""
        wanted = f"<{self.machine.name}>"
        return tuple(
            one for one in self.stack.of_kind(SCHEDULE) if table(one.properties.get("Target")).get("Arn") == wanted
        )

    @property
    def tasks(self) -> tuple[TaskPart, ...]:
        """Give the plan's tasks of the workflow."""
        return self.workflow.tasks


def machine_verdicts(given: MachineOf) -> Iterator[VerdictPart | Starts]:
    """Check a machine for each of its jobs."""
    read = _documents(given)
    static = list(machine_faults(given.machine))
    schedules = given.schedules
    started = list(machine_schedule_faults(given.stack, given.machine, schedules, list(given.jobs.values())))
    written = _written(given, read)
    static += told_faults(Told(given.stack, given.machine, given.tasks, given.jobs, read.texts, written.task_of))
    order = order_verdict(written, Wanted.of(given.workflow, {job.id: job for job in given.jobs.values()}))
    calls = _calls(given)
    for key, job in sorted(given.jobs.items()):
        yield judged(job.id, "state machine", static, "each state is reached, ends in time, and catches its errors")
        yield judged(job.id, "schedule", started, "off, complete, and its own")
        yield judged(
            job.id, "command", read.faults.get(key, []), "the same user, shell and environment in each document"
        )
        yield order.of(job.id)
        yield _states(job, written, given.workflow)
        yield _starts(job, schedules, read.day)
        yield _called(job, calls)


def _states(job: JobPart, written: Written, workflow: WorkflowPart) -> VerdictPart:
    try:
        faults = state_faults(written, workflow)
    except (MachineError, DataError, NotComparableError) as error:
        return skipped(job.id, "priced states", f"its states cannot be counted: {error}")
    return judged(job.id, "priced states", faults, "a run that goes well executes as many states as the bill counts")


def _documents(given: MachineOf) -> _Read:
    read = _Read()
    sent = _sent(given.machine)
    for resource in given.stack.of_kind(DOCUMENT):
        name = f"<{resource.name}>"
        if name not in sent:
            continue
        script = script_of(resource)
        owner = given.jobs.get(resource.job or "")
        try:
            if script is None:
                _for_all(read, given, f"{resource.name} has no script")
            elif owner is None and resource.job is None:
                read.day = read_day_test(script)
                read.days.add(name)
            elif owner is None:
                _for_all(read, given, f"{resource.name} is for no job of this machine")
            else:
                run = read_script(script)
                read.texts[name] = (resource.job or "", command_of(run))
                read.rounds[name] = tuple(run.rounds)
                read.fault(resource.job or "", *setting_faults(owner, run), *secret_faults(owner, run, given.stack))
                read.fault(resource.job or "", *_document_faults(resource, _mine(given, owner)))
        except ScriptError as error:
            _for_all(read, given, f"{resource.name}: {error}")
    return read


def _mine(given: MachineOf, job: JobPart | None) -> list[TaskPart]:
    return [task for task in given.tasks if job is not None and task.job == job.id]


def _for_all(read: _Read, given: MachineOf, fault: str) -> None:
    for key in given.jobs:
        read.fault(key, fault)


def _document_faults(resource: Resource, tasks: Sequence[TaskPart]) -> Iterator[str]:
    content = resource.properties.get("Content")
    yield from content_faults(resource.name, content, tasks, shared=True)
    if _BRACES.search(json.dumps(content)):
        yield f"{resource.name} holds braces that Systems Manager would act on"


def _sent(machine: Machine) -> frozenset[str]:
    return frozenset(
        str(table(state.get("Parameters")).get("DocumentName"))
        for scope, _ in scopes(machine.definition)
        for state in map(table, table(scope.get("States")).values())
    )


def _written(given: MachineOf, read: _Read) -> Written:
    jobs = given.jobs

    def documents(recorder: Recorder) -> dict[str, Document]:
        found = {
            name: Document(shell_of(jobs[key], recorder), text, read.rounds[name])
            for name, (key, text) in read.texts.items()
        }
        return found | {name: Document(None, "") for name in read.days}

    inputs = [table(loaded(table(one.properties.get("Target")).get("Input"))) for one in given.schedules]
    return Written(given.machine, documents, inputs[0] if inputs else {}, given.tasks, jobs, read.texts)


def _starts(job: JobPart, schedules: Sequence[Resource], day: DayTest | None) -> VerdictPart | Starts:
    if job.schedule.kind is not ScheduleKind.CRON:
        return skipped(job.id, FIRE_TIMES, f"a schedule of the kind {job.schedule.kind} has no minutes of its own")
    zones = {str(one.properties.get("ScheduleExpressionTimezone")) for one in schedules}
    if len(zones) != 1 or (day is not None and day.zone not in zones):
        return judged(job.id, FIRE_TIMES, ["its schedules and its test of the day do not go by one zone"], "")
    zone = zones.pop()
    expressions = tuple(sorted({str(one.properties.get("ScheduleExpression")) for one in schedules}))
    written = WrittenStarts(expressions, None if zone.startswith("<") else zone, day.patterns if day else None)
    return Starts(job.id, written, (Target.STEP_FUNCTIONS, Target.EVENTBRIDGE))


def _calls(given: MachineOf) -> list[str] | None:
    """Give what botocore says about the machine's calls, None where it is not there."""
    if not tools.installed(tools.BOTOCORE):
        return None
    faults: list[str] = []
    for scope, _ in scopes(given.machine.definition):
        for name, state in table(scope.get("States")).items():
            call = call_of(table(state).get("Resource"))
            if call is not None:
                faults += [f"{name}: {fault}" for fault in _call_faults(call, table(state).get("Parameters"))]
    return faults


def _called(job: JobPart, faults: list[str] | None) -> VerdictPart:
    if faults is None:
        return skipped(job.id, "SDK call", "botocore is not installed", tools.BOTOCORE)
    return judged(job.id, "SDK call", faults, "botocore's model takes its parameters", tools.BOTOCORE)


def _call_faults(call: Call, parameters: Value) -> list[str]:
    request = requested(call, table(_sample(parameters)))
    return tools.call_faults(request.service, request.action, dict(request.members))


def _sample(value: Value) -> Value:
    """Put a value of the right kind in the place of a path: a list where an intrinsic makes one, else a text."""
    if isinstance(value, list):
        return [_sample(item) for item in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Value] = {}
    for name, inner in value.items():
        if name.endswith(".$"):
            text = str(inner)
            made[name[:-2]] = [_TEXT] if text.startswith("States.Array(") else {} if text == "$" else _TEXT
        else:
            made[name] = _sample(inner)
    return made


def owner(machine: Machine, workflows: Sequence[WorkflowPart]) -> WorkflowPart | None:
    """Give the workflow whose jobs a machine names."""
    wanted = set(machine.jobs)
    return next((one for one in workflows if wanted and wanted <= {job_key(name) for name in one.jobs}), None)
