"""What starts a machine: schedules that are off, complete, and may start it and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from migrator.plan.jobs import JobPart
from migrator.verify.machines.comparing import requested
from migrator.verify.machines.definition import ASKING, Call, Machine, call_of, scopes
from migrator.verify.native import call_permission_faults
from migrator.verify.notices import failure_told
from migrator.verify.permissions import allows, statements
from migrator.verify.scheduler import common_faults
from migrator.verify.stack import Resource, Stack
from migrator.verify.values import Value, as_list, table

_SCHEDULED = "<aws.scheduler.scheduled-time>"


def machine_schedule_faults(
    stack: Stack, machine: Machine, schedules: Sequence[Resource], jobs: Sequence[JobPart]
) -> Iterator[str]:
    """Say what is wrong with the schedules of a machine and with what it may do."""
    if not schedules:
        yield f"no schedule starts {machine.name}"
    minutes = max((job.schedule.random_minutes or 0 for job in jobs), default=0)
    starts = Counter((str(one.properties.get("ScheduleExpression")), _input(one)) for one in schedules)
    for (expression, _), number in starts.items():
        if number > 1:
            yield f"{number} schedules start it at the minutes of {expression}"
    per_input: dict[str, set[str]] = {}
    for expression, text in starts:
        per_input.setdefault(text, set()).add(expression)
    if len({frozenset(found) for found in per_input.values()}) > 1:
        yield "its schedules start it on some hosts at other minutes than on others"
    for schedule in schedules:
        yield from common_faults(schedule, minutes)
        role = str(table(schedule.properties.get("Target")).get("RoleArn")).removesuffix(".Arn>") + ">"
        if not allows(stack, role, "states:StartExecution", f"<{machine.name}>"):
            yield f"the role of {schedule.name} may not start {machine.name}"
        if f'"{_SCHEDULED}"' not in _input(schedule):
            yield f"{schedule.name} does not hand over the moment that it was due at"
    yield from _role_faults(stack, machine)
    yield from _reach_faults(stack, machine)
    if not failure_told(stack, f"<{machine.name}>"):
        yield f"nobody is told when {machine.name} fails"


def _reach_faults(stack: Stack, machine: Machine) -> Iterator[str]:
    """Say which hosts a machine may send to and does not, where its states name them."""
    sent = [
        table(state.get("Parameters"))
        for scope, _ in scopes(machine.definition)
        for state in map(table, table(scope.get("States")).values())
        if str(state.get("Resource")).endswith(":ssm:sendCommand")
    ]
    if any("InstanceIds" not in parameters for parameters in sent):
        return
    named = {f"{_HOST}{host}" for parameters in sent for host in as_list(parameters.get("InstanceIds"))}
    for statement in statements(stack, machine.role):
        for resource in map(str, as_list(statement.get("Resource"))):
            if resource.startswith(_HOST) and resource not in named:
                yield f"the role of {machine.name} may send to {resource.removeprefix(_HOST)}, and it does not"


def _role_faults(stack: Stack, machine: Machine) -> Iterator[str]:
    for scope, _ in scopes(machine.definition):
        for name, state in table(scope.get("States")).items():
            call = call_of(table(state).get("Resource"))
            if call is None:
                continue
            if call.service != "ssm":
                yield from _call_faults(stack, machine, name, call, table(state).get("Parameters"))
                continue
            action = f"ssm:{call.action[:1].upper()}{call.action[1:]}"
            document = str(table(table(state).get("Parameters")).get("DocumentName"))
            resource = _DOCUMENT + document if action == "ssm:SendCommand" else "*"
            for host in map(str, as_list(table(table(state).get("Parameters")).get("InstanceIds"))):
                if action == "ssm:SendCommand" and not allows(stack, machine.role, action, f"{_HOST}{host}"):
                    yield f"{name}: the role of {machine.name} may not do {action} with {host}"
            if not allows(stack, machine.role, action, resource):
                yield f"{name}: the role of {machine.name} may not do {action} with {resource.rpartition('/')[2]}"


def _call_faults(stack: Stack, machine: Machine, name: str, call: Call, given: Value) -> Iterator[str]:
    if call.service == "s3" or (call.sdk and call.action.startswith(ASKING)):
        return
    written = requested(call, table(given))
    yield from (f"{name}: {fault}" for fault in call_permission_faults(stack, machine.role, written, call.waits))


_HOST = "arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:instance/"
_DOCUMENT = "arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:document/"


def _input(schedule: Resource) -> str:
    given = table(schedule.properties.get("Target")).get("Input")
    try:
        return json.dumps(json.loads(str(given)), sort_keys=True)
    except (ValueError, RecursionError):
        return "null"
