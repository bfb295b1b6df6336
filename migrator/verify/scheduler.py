"""What no tool checks of a schedule and its document: that it is off, complete, and leads to this job on its hosts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.verify.documents import content_faults, sending_faults
from migrator.verify.native import is_native, native_permission_faults
from migrator.verify.notices import command_told
from migrator.verify.permissions import allows
from migrator.verify.stack import Resource, Stack, imported_name
from migrator.verify.values import Value, loaded, table

SEND_COMMAND = "arn:aws:scheduler:::aws-sdk:ssm:sendCommand"
_MOMENT = {"ScheduledTime": ["<aws.scheduler.scheduled-time>"]}
_LONGEST = 256
_NAME = re.compile(r"[0-9a-zA-Z_.-]{1,64}")
_MOST_ATTEMPTS, _SHORTEST_AGE, _LONGEST_AGE = 2, 60, 900
_REFERENCE = re.compile(r"<[A-Za-z0-9]+>")
_ARN = "arn:<AWS::Partition>:{service}:<AWS::Region>:<AWS::AccountId>:{resource}"
_BRACES = re.compile(r"\{\{(?! ScheduledTime \}\})|\{\{resolve")


@dataclass(frozen=True, slots=True)
class Pair:
    """A job's schedules and its document in one template; `task` is the job's only one."""

    job: JobPart
    stack: Stack
    schedules: tuple[Resource, ...]
    document: Resource | None
    task: TaskPart | None = None

    @property
    def native(self) -> bool:
        """Say whether its schedules make a cloud call themselves."""
        return self.document is None and all(is_native(schedule) for schedule in self.schedules)


def call_of(schedule: Resource) -> tuple[str, str, Mapping[str, Value]] | None:
    """Give service, action and parameters of the SDK call that a schedule makes; None where it makes none."""
    target = table(schedule.properties.get("Target"))
    match = re.fullmatch(r"arn:[a-z<>A-Z:-]+:scheduler:::aws-sdk:([a-z0-9-]+):([A-Za-z0-9]+)", str(target.get("Arn")))
    if match is None:
        return None
    return match[1], match[2], table(loaded(target.get("Input")))


def schedule_faults(pair: Pair) -> Iterator[str]:
    """Say what is wrong with a job's schedules."""
    for schedule in pair.schedules:
        yield from common_faults(schedule, pair.job.schedule.random_minutes)
        if not pair.native:
            yield from _target_faults(pair, schedule)
    if pair.native:
        yield from native_permission_faults(pair.stack, pair.schedules)


def common_faults(schedule: Resource, random_minutes: int) -> Iterator[str]:
    """Say what is wrong with a schedule, whatever it starts; cron draws its start from `random_minutes`."""
    given = schedule.properties
    if given.get("State") != "DISABLED":
        yield f"{schedule.name} is not DISABLED"
    if imported_name(given.get("GroupName")) != "Group":
        yield f"{schedule.name} is not in the plan's group"
    if not _NAME.fullmatch(str(given.get("Name"))):
        yield f"{schedule.name} has no name of at most 64 letters, digits, -, _ and ."
    expression = given.get("ScheduleExpression")
    if not isinstance(expression, str) or len(expression) > _LONGEST:
        yield f"{schedule.name} has no expression of at most {_LONGEST} characters"
    if not given.get("ScheduleExpressionTimezone"):
        yield f"{schedule.name} has no time zone, so it would go by UTC"
    if _window(given.get("FlexibleTimeWindow")) != random_minutes:
        yield f"{schedule.name} draws its start from another window than cron"
    yield from _delivery_faults(schedule)


def document_faults(pair: Pair) -> Iterator[str]:
    """Say what is wrong with what carries a job's script."""
    document = pair.document
    if document is None:
        yield "no document runs its command"
        return
    if document.properties.get("DocumentType") != "Command":
        yield f"{document.name} is no Command document"
    content = document.properties.get("Content")
    yield from content_faults(document.name, content, [] if pair.task is None else [pair.task])
    if _BRACES.search(json.dumps(content)):
        yield f"{document.name} holds braces that Systems Manager or CloudFormation would act on"
    inputs = _inputs(content)
    if inputs is None:
        yield f"{document.name} is not one step of aws:runShellScript"
    if not command_told(pair.stack, str(document.properties.get("Name"))):
        yield f"nobody is told when {document.name} fails"


def script_of(document: Resource) -> str | None:
    """Give the script of a document, as the agent puts its lines together; None where there is none."""
    inputs = _inputs(document.properties.get("Content"))
    lines = inputs.get("runCommand") if inputs else None
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return None
    return "\n".join(str(line) for line in lines)


def _inputs(content: Value) -> Mapping[str, Value] | None:
    steps = table(content).get("mainSteps")
    if not isinstance(steps, list) or len(steps) != 1:
        return None
    step = table(steps[0])
    return table(step.get("inputs")) if step.get("action") == "aws:runShellScript" else None


def _window(given: Value) -> int | None:
    window = table(given)
    if window.get("Mode") == "OFF":
        return 0
    minutes = window.get("MaximumWindowInMinutes")
    return minutes if window.get("Mode") == "FLEXIBLE" and isinstance(minutes, int) else None


def _delivery_faults(schedule: Resource) -> Iterator[str]:
    target = table(schedule.properties.get("Target"))
    policy = table(target.get("RetryPolicy"))
    attempts, age = policy.get("MaximumRetryAttempts"), policy.get("MaximumEventAgeInSeconds")
    if not isinstance(attempts, int) or not 0 <= attempts <= _MOST_ATTEMPTS:
        yield f"{schedule.name} is delivered again and again (185 times where nothing is said)"
    if not isinstance(age, int) or not _SHORTEST_AGE <= age <= _LONGEST_AGE:
        yield f"{schedule.name} may start long after its minute (a day where nothing is said), or has no second try"
    if imported_name(table(target.get("DeadLetterConfig")).get("Arn")) != "QueueArn":
        yield f"{schedule.name} has no queue for starts that failed"


def _target_faults(pair: Pair, schedule: Resource) -> Iterator[str]:
    call = call_of(schedule)
    target = table(schedule.properties.get("Target"))
    if call is None or target.get("Arn") != SEND_COMMAND:
        yield f"{schedule.name} calls {target.get('Arn')}, which is not how this job is started"
        return
    parameters = call[2]
    if not parameters:
        yield f"the Input of {schedule.name} is not JSON"
    if pair.document is None or parameters.get("DocumentName") != f"<{pair.document.name}>":
        yield f"{schedule.name} sends another document than the job's"
        return
    yield from sending_faults(schedule.name, parameters)
    guarded = "ScheduledTime" in table(table(pair.document.properties.get("Content")).get("parameters"))
    if parameters.get("Parameters") != (_MOMENT if guarded else None):
        yield (
            f"{schedule.name} does not hand over the moment that it was due at"
            if guarded
            else (f"{schedule.name} hands over parameters that its document does not have")
        )
    yield from _host_faults(pair, schedule, parameters)
    yield from _permission_faults(pair, schedule, target, parameters)


def _host_faults(pair: Pair, schedule: Resource, parameters: Mapping[str, Value]) -> Iterator[str]:
    hosts = len({pair.job.host, *(replica.host for replica in pair.job.replicas)})
    instances = parameters.get("InstanceIds")
    if isinstance(instances, list):
        if len(set(map(str, instances))) != hosts or not all(_REFERENCE.fullmatch(str(one)) for one in instances):
            yield f"{schedule.name} names {len(instances)} hosts, and cron has the job on {hosts}"
    elif not isinstance(parameters.get("Targets"), list):
        yield f"{schedule.name} names no host"
    if hosts > 1 and (parameters.get("MaxConcurrency"), parameters.get("MaxErrors")) != ("100%", "100%"):
        yield f"{schedule.name} keeps hosts from running it while it fails on others"


def _permission_faults(
    pair: Pair, schedule: Resource, target: Mapping[str, Value], parameters: Mapping[str, Value]
) -> Iterator[str]:
    role = str(target.get("RoleArn"))
    if not role.endswith(".Arn>"):
        yield f"{schedule.name} takes a role that is not in the template"
        return
    name = role.removesuffix(".Arn>") + ">"
    needed = [_ARN.format(service="ssm", resource=f"document/{parameters.get('DocumentName')}")]
    instances = parameters.get("InstanceIds")
    hosts = instances if isinstance(instances, list) else ["*"]
    needed += [_ARN.format(service="ec2", resource=f"instance/{instance}") for instance in hosts]
    for resource in needed:
        if not allows(pair.stack, name, "ssm:SendCommand", resource):
            yield f"the role of {schedule.name} may not send {resource.rpartition(':')[2]}"
    if not allows(pair.stack, name, "sqs:SendMessage", str(table(target.get("DeadLetterConfig")).get("Arn"))):
        yield f"the role of {schedule.name} may not keep starts that failed"
