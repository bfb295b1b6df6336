"""The definition of a machine: the test of its day, its jobs in order, its ends, and the documents that it sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from migrator.artifacts.calls import Asked
from migrator.artifacts.calls.command import COMMON
from migrator.artifacts.calls.rendering import statements
from migrator.artifacts.parts.as_cron import NOT_TODAY, as_cron, day_test
from migrator.artifacts.parts.cloudformation import Json, described, ref
from migrator.artifacts.parts.document import MOMENT, ROUND, content, resource
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.jobs import Hosts
from migrator.artifacts.parts.parameters import Parameters, logical
from migrator.artifacts.parts.send_command import send_command
from migrator.artifacts.step_functions.flows import Flows
from migrator.artifacts.step_functions.jobs import Jobs, in_order
from migrator.artifacts.step_functions.limits import time_limits
from migrator.artifacts.step_functions.run_command import Command, lost_state, run_command
from migrator.artifacts.step_functions.scope import Names, Scope, State, Ways, label
from migrator.artifacts.step_functions.service_call import service_call
from migrator.artifacts.step_functions.watching import EVENTS_A_LOOK, watch
from migrator.artifacts.step_functions.work import Work
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.jobs import FormPart
from migrator.plan.names import job_key
from migrator.workflows.arrangement import arranged
from migrator.workflows.flow import Each, runs_of

INSTANCE = "InstanceId"
"""The member of an execution's input that names the host, where each host has executions of its own."""
SCHEDULED = "ScheduledTime"
"""The member of an execution's input that says when it was due."""

_DELIVERED_WITHIN = 300  # seconds in which a host must take a command
_BETWEEN = 600  # seconds for what lies around a command: calls, waits, the delivery
_LONGEST = 31_536_000  # seconds: an execution may take a year


@dataclass(frozen=True, slots=True)
class Plan:
    """A workflow with what its jobs do, when it starts, and how long each of its tasks may run.

    `spread` are the hosts that have an execution each, empty where each job names its own.
    """

    workflow: WorkflowPart
    works: tuple[Work, ...]
    form: FormPart
    limits: Mapping[str, int]
    spread: Hosts

    @classmethod
    def of(cls, workflow: WorkflowPart, works: tuple[Work, ...], form: FormPart, most_hosts: int) -> Plan:
        """Weigh a workflow; raise CannotBeSaidError where a run of it has no room."""
        seen = {name: work.tasks[name] for work in works for name in _looked_at(work)}
        ran = [name for work in works for name in runs_of(work.flow)]
        watched = {name: found.looks * EVENTS_A_LOOK for work in works for name, found in work.watches.items()}
        taken = sum(watched.get(name, 0) for name in ran)
        limits = time_limits(seen, [name for name in ran if name in seen], taken)
        hosts = {work.hosts for work in works}
        only = next(iter(hosts))
        return cls(workflow, works, form, limits, only if len(hosts) == 1 and 1 < len(only) <= most_hosts else ())

    @property
    def resources(self) -> int:
        """Count what a template has for it: documents, the machine with its role, a schedule an expression and host."""
        documents = sum(len(work.commands) for work in self.works) + (self.form.guard_days is not None)
        return documents + 3 + len(self.form.expressions) * max(1, len(self.spread))

    @property
    def seconds(self) -> int:
        """Give the longest that an execution may take."""
        whole = 0
        for work in self.works:
            for name in runs_of(work.flow):
                task = work.tasks[name]
                attempts = 1 + (task.retries or 0)
                call = work.calls.get(name)
                watched = work.watches.get(name)
                own = call.seconds if call else watched.seconds if watched else work.sleeps.get(name, 0)
                once = self.limits.get(name, own)
                whole += attempts * (once + _BETWEEN + (task.retry_delay or 0))
        return min(whole + _BETWEEN, _LONGEST)


def _looked_at(work: Work) -> list[str]:
    polled = [name for name, call in work.calls.items() if call.made.poll is not None]
    return [*work.commands, *polled]


@dataclass(slots=True)
class Builder:
    """Makes one machine.

    `documents` gets the documents that it sends, by logical id, beside those of other machines of the file. `mine` are
    its own, `looks` the actions by which it looks at commands; `allowed` and `managed` are what its calls need.
    """

    plan: Plan
    parameters: Parameters
    documents: dict[str, Json]
    names: Names = field(default_factory=Names)
    mine: list[str] = field(default_factory=list)
    looks: set[str] = field(default_factory=set)
    allowed: list[Json] = field(default_factory=list)
    managed: list[Json] = field(default_factory=list)

    def definition(self) -> State:
        """Give the definition, with references of CloudFormation in it."""
        works = {work.job.id: work for work in self.plan.works}
        before = in_order(list(works), self.plan.workflow.job_order)
        top = Scope(self.names)
        done = top.add(self.names.give("Done"), {"Type": "Succeed"})
        cause = described(f"A job of {self.plan.workflow.title} failed: the states before say which")
        failed = top.add(self.names.give("Some jobs failed"), {"Type": "Fail", "Error": "JobFailed", "Cause": cause})
        jobs = Jobs(before, {name: label(name) for name in works}, partial(self._job, works, top))
        start = jobs.add(top, arranged(before), Ways(done, failed, failed))
        if self.plan.form.guard_days is not None:
            start = self._guarded(top, start, failed)
        return {
            "Comment": described(self.plan.workflow.title),
            "TimeoutSeconds": self.plan.seconds,
            **top.closed(start),
        }

    def _job(self, works: Mapping[str, Work], top: Scope, scope: Scope, name: str, ways: Ways) -> str:
        work = works[name]
        called = label(name)
        if scope is top:
            cause = described(f"{work.job.title} ({work.job.origin}) failed")
            bad = {"Type": "Fail", "Error": "JobFailed", "Cause": cause}
            ways = Ways(
                ways.ok,
                scope.add(self.names.give(f"{called} failed"), dict(bad)),
                scope.add(self.names.give(f"{called} is lost"), lost_state(called)),
            )
        return Flows(called, partial(self._task, work)).add(scope, work.flow, ways)

    def _task(self, work: Work, scope: Scope, name: str, ways: Ways, loops: tuple[Each, ...]) -> str:
        task, called = work.tasks[name], label(name)
        if name in work.sleeps:
            state: State = {"Type": "Wait", "Seconds": work.sleeps[name], "Next": ways.ok}
            return scope.add(scope.names.give(f"Wait {called}"), state)
        again = (task.retries or 0, task.retry_delay or 1)
        if name in work.watches:
            self.allowed.append(work.watches[name].allowed)
            return watch(scope, called, work.watches[name], ways)
        if name in work.calls:
            return self._call(work, scope, name, ways, again)
        send, instance = self._sent(self._document(work, task, loops), work.hosts)
        if loops:
            numbers = range(1, len(loops) + 1)
            send["Parameters"] = {f"{ROUND}{number}.$": f"States.Array($.{ROUND}{number})" for number in numbers}
        return run_command(scope, Command(called, send, instance, *again), ways)

    def _call(self, work: Work, scope: Scope, name: str, ways: Ways, again: tuple[int, int]) -> str:
        call = work.calls[name]

        def asking(asked: Asked) -> Json:
            if name not in work.moved:
                return self.parameters.of_call(asked, name)
            return self.parameters.of_call(asked, "Commands" if asked.name in COMMON else work.job.id)

        self.allowed += statements(call.made.allowed, asking)
        self.managed += [asking(policy) for policy in call.made.policies]
        return service_call(scope, label(name), call, ways, asking, again)

    def _document(self, work: Work, task: TaskPart, loops: tuple[Each, ...]) -> str:
        script = as_cron(work.job, task=task, loops=[(loop.variable, loop.items) for loop in loops])
        about = f"What cron ran: {task.text if len(work.tasks) > 1 else work.job.schedule.in_words}"
        made = content(script, described(about)[:200], self.plan.limits[task.name], work.job, None, self.parameters)
        metadata: dict[str, Json] = {"Job": job_key(work.job.id), "Task": label(task.name)}
        return self._add(task.name, metadata, made)

    def _add(self, name: str, metadata: dict[str, Json], made: Json) -> str:
        key = job_key(name.replace(".", "-"))
        base = logical(key, 60)
        identity = base if base[:1].isalpha() else f"Task{base}"
        while f"{identity}Document" in self.documents:
            identity += "X"
            key += "x"
        self.documents[f"{identity}Document"] = resource(key, metadata, made)
        self.mine.append(f"{identity}Document")
        return f"{identity}Document"

    def _sent(self, document: str, hosts: Hosts) -> tuple[dict[str, Json], dict[str, Json] | None]:
        """Give the parameters that send a document to hosts, and those that name the only one of them."""
        one = bool(self.plan.spread) or len(hosts) == 1
        self.looks.add("ssm:GetCommandInvocation" if one else "ssm:ListCommands")
        if self.plan.spread:
            path = f"$$.Execution.Input.{INSTANCE}"
            to: dict[str, Json] = {"InstanceIds.$": f"States.Array({path})", "TimeoutSeconds": _DELIVERED_WITHIN}
            return {"DocumentName": ref(document), **to}, {"InstanceId.$": path}
        send = send_command(document, self.parameters, _DELIVERED_WITHIN, hosts)
        return send, {"InstanceId": self.parameters.instances(hosts)[0]} if one else None

    def _guarded(self, scope: Scope, start: str, failed: str) -> str:
        """Ask a host first whether the day on which the run was due is one that cron means."""
        days, first = self.plan.form.guard_days, next((work for work in self.plan.works if work.hosts), None)
        if days is None or first is None or self.parameters.by_tag:
            msg = "no expression says its days, and no host is named that could tell the day"
            raise CannotBeSaidError(msg)
        key = self.plan.workflow.id
        about = "Tells whether cron would have run this on the day on which it was due"
        made = content(day_test(days), about, 60, first.job, self.plan.form.timezone, self.parameters)
        document = self._add(f"{key}-day", {"Workflow": job_key(key)}, made)
        send, instance = self._sent(document, first.hosts[:1])
        send["Parameters"] = {f"{MOMENT}.$": f"States.Array($$.Execution.Input.{SCHEDULED})"}
        other = scope.add(self.names.give("Not today"), {"Type": "Succeed"})
        asked = Command("the test of the day", send, instance, elsewhere=(NOT_TODAY, other))
        return run_command(scope, asked, Ways(start, failed, failed))


def substituted(value: Json, values: dict[str, Json]) -> Json:
    """Write each reference as `${Name}` and keep what it stands for in `values` (`DefinitionSubstitutions`)."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in {"Ref", "Fn::Join", "Fn::GetAtt", "Fn::ImportValue"}:
            wanted = value.get("Ref")
            name = logical(wanted, 200) if isinstance(wanted, str) else f"Value{len(values) + 1}"
            known = next((key for key, other in values.items() if other == value), name)
            values[known] = value
            return f"${{{known}}}"
        return {key: substituted(member, values) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [substituted(item, values) for item in value]
    return value
