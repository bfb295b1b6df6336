"""A schedule that makes a cloud call itself: which call its target is, whether it is the job's, and who may make it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.verify.cloud_call import Request, request_faults
from migrator.verify.command_words import NotPlainError
from migrator.verify.elsewhere import elsewhere_faults, moved
from migrator.verify.notices import heard
from migrator.verify.permissions import allows, statements
from migrator.verify.stack import SCHEDULE, Resource, Stack, imported_name
from migrator.verify.values import Value, as_list, loaded, table

SEND_COMMAND = "aws-sdk:ssm:sendCommand"
_UNIVERSAL = re.compile(r"arn:[a-z<>A-Z:-]+:scheduler:::aws-sdk:([a-z0-9-]+):([A-Za-z0-9]+)")
# Scheduler's own targets, by the service and the kind of resource in their ARN (user guide, «Templated targets»).
_TEMPLATED = {
    ("lambda", "function"): ("lambda", "invoke"),
    ("states", "stateMachine"): ("sfn", "startExecution"),
    ("sns", ""): ("sns", "publish"),
    ("sqs", ""): ("sqs", "sendMessage"),
}
_IAM = {"sfn": "states", "redshiftdata": "redshift-data", "emr": "elasticmapreduce"}
_IAM_ACTIONS = {"lambda:Invoke": "lambda:InvokeFunction", "sqs:SendMessage": "sqs:SendMessage"}
# What a call needs beside its own action.
_BESIDE = {
    "ecs": frozenset({"iam:PassRole"}),
    "redshiftdata": frozenset(
        {"secretsmanager:GetSecretValue", "redshift-serverless:GetCredentials", "redshift:GetClusterCredentials"}
    ),
}
# What Step Functions does to follow a job until its end (its developer guide, «IAM policies for integrated services»).
_FOLLOWS = {
    "glue": frozenset({"glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"}),
    "batch": frozenset({"batch:DescribeJobs", "batch:TerminateJob"}),
    "ecs": frozenset({"ecs:DescribeTasks", "ecs:StopTask"}),
    "athena": frozenset({"athena:GetQueryExecution", "athena:StopQueryExecution"}),
    "codebuild": frozenset({"codebuild:BatchGetBuilds", "codebuild:StopBuild"}),
    "emr": frozenset({"elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"}),
    "sfn": frozenset({"states:DescribeExecution", "states:StopExecution"}),
}
_SOURCES = {
    "glue": "aws.glue",
    "ecs": "aws.ecs",
    "batch": "aws.batch",
    "sfn": "aws.states",
    "codebuild": "aws.codebuild",
    "athena": "aws.athena",
    "redshiftdata": "aws.redshift-data",
    "emr": "aws.emr",
}
_KEEPS = "sqs:SendMessage"
_TOLD_BY_SCHEDULER = frozenset(
    {"sns", "sqs"}
)  # the call is all of the job: what fails is in the queue of missed starts


def is_native(schedule: Resource) -> bool:
    """Say whether a schedule calls something else than Systems Manager."""
    arn = str(_target(schedule).get("Arn"))
    return request_of(schedule) is not None and not arn.endswith(SEND_COMMAND)


def request_of(schedule: Resource) -> Request | None:
    """Give the call that a schedule makes; None where its target is not known."""
    target = _target(schedule)
    arn = str(target.get("Arn"))
    given = target.get("Input")
    if match := _UNIVERSAL.fullmatch(arn):
        return Request(match[1], match[2], table(loaded(given)))
    if "EcsParameters" in target:
        return Request("ecs", "runTask", _members("ecs", arn, given, target))
    parts = arn.replace("AWS::", "").split(":")
    if len(parts) < 6:
        return None
    known = _TEMPLATED.get((parts[2], re.split("/", parts[5])[0] if parts[2] not in ("sns", "sqs") else ""))
    return Request(*known, _members(known[0], arn, given, target)) if known else None


def _members(service: str, arn: str, given: Value, target: Mapping[str, Value]) -> dict[str, Value]:
    """Give the request that a target of Scheduler's own stands for."""
    match service:
        case "lambda":
            version = arn.partition(":function:")[2].partition(":")[2]
            named: dict[str, Value] = {"Qualifier": version} if version else {}
            return {"FunctionName": arn.removesuffix(f":{version}"), "Payload": loaded(given), **named}
        case "sfn":
            return {"StateMachineArn": arn, "Input": loaded(given)}
        case "sns":
            return {"TopicArn": arn, "Message": given}
        case "sqs":
            return {"QueueUrl": arn, "MessageBody": given} | dict(table(target.get("SqsParameters")))
    own = dict(table(target.get("EcsParameters")))
    names = {"TaskDefinitionArn": "TaskDefinition", "TaskCount": "Count"}
    overrides: dict[str, Value] = {} if given is None else {"Overrides": loaded(given)}
    return {"Cluster": arn, **{names.get(name, name): value for name, value in own.items()}, **overrides}


def native_faults(job: JobPart, task: TaskPart | None, schedules: Sequence[Resource]) -> Iterator[str]:
    """Say in what the calls of a job's schedules differ from what the job says, or could not be made at all."""
    calls = task is not None and task.call is not None
    moves = moved(job) and not (calls and _is_call(schedules))
    if not (calls or moves):
        yield "its schedule makes a cloud call, and the job is none"
        return
    asked = None if moves else task
    for schedule in schedules:
        written = request_of(schedule)
        if written is None:
            yield f"{schedule.name} calls {_target(schedule).get('Arn')}, which is not known"
            continue
        if "<aws.scheduler." in str(_target(schedule).get("Input")):
            yield f"{schedule.name} has Scheduler put something into what it sends"
        yield from elsewhere_faults(job, job.command, written) if asked is None else _call_faults(job, asked, written)
    if job.replicas:
        yield f"it is called once, and cron {'runs' if moves else 'calls'} it on {1 + len(job.replicas)} hosts"
    if job.stdin:
        yield "its standard input is lost"


def _call_faults(job: JobPart, task: TaskPart, written: Request) -> Iterator[str]:
    command = (task.command or job.command) if job.command.strip() else ""
    said = dict(task.call.arguments) if task.call is not None else {}
    try:
        yield from request_faults(task, command, _waited_for(written, said))
    except NotPlainError as error:
        yield f"the command is more than a cloud call: {error}"


def _is_call(schedules: Sequence[Resource]) -> bool:
    found = [request_of(schedule) for schedule in schedules]
    return all(one is not None and not _overridden(one) for one in found)


def _overridden(written: Request) -> bool:
    return bool({"Overrides", "ContainerOverrides"} & written.members.keys())


def _waited_for(written: Request, said: Mapping[str, str]) -> Request:
    """Scheduler waits for no function, whatever the job does: the files tell of it, and it is no fault."""
    if written.service != "lambda" or said.get("invocation-type") != "Event":
        return written
    return Request("lambda", written.action, {**written.members, "InvocationType": "Event"})


def native_permission_faults(stack: Stack, schedules: Sequence[Resource]) -> Iterator[str]:
    """Say what the roles of schedules may not do and should, or may do and need not, and whom nobody tells."""
    for schedule in schedules:
        written = request_of(schedule)
        role = str(_target(schedule).get("RoleArn"))
        if written is None or not role.endswith(".Arn>"):
            yield f"{schedule.name} takes a role that is not in the template"
            continue
        name = role.removesuffix(".Arn>") + ">"
        for resource in _needed(written):
            if not allows(stack, name, _action(written), resource):
                yield f"the role of {schedule.name} may not do {_action(written)} with {resource.rpartition(':')[2]}"
        if not allows(stack, name, _KEEPS, str(table(_target(schedule).get("DeadLetterConfig")).get("Arn"))):
            yield f"the role of {schedule.name} may not keep starts that failed"
        yield from _too_much(stack, name, written.service)
        if not _is_told(stack, written):
            yield f"nobody is told when what {schedule.name} starts fails"


def call_permission_faults(stack: Stack, role: str, written: Request, waits: str) -> Iterator[str]:
    """Say what a role may not do and should, of a call that a machine makes; `waits` is how its end is waited for."""
    for resource in _needed(written):
        if not allows(stack, role, _action(written), resource):
            yield f"its role may not do {_action(written)} with {resource.rpartition(':')[2]}"
    needed = follows(written) if waits.startswith("sync") else frozenset()
    own = {str(one) for statement in statements(stack, role) for one in as_list(statement.get("Action"))}
    for action in sorted(needed - own):
        yield f"its role may not do {action}, so nobody knows when the call has ended"


def follows(written: Request) -> frozenset[str]:
    """Give the actions that whoever waits for a call's end takes."""
    return _FOLLOWS.get(written.service, frozenset())


def call_needs(written: Request) -> list[tuple[str, str]]:
    """Give the action of a call, with each resource that a permission must name."""
    return [(_action(written), resource) for resource in _needed(written)]


def _too_much(stack: Stack, role: str, service: str) -> Iterator[str]:
    users = [
        request
        for other in stack.of_kind(SCHEDULE)
        if _target(other).get("RoleArn") == f"{role[:-1]}.Arn>" and (request := request_of(other)) is not None
    ]
    own = {_action(one) for one in users}
    wanted = {resource.removesuffix(":*") for one in users for resource in _needed(one)}
    for statement in statements(stack, role):
        actions = {str(action) for action in as_list(statement.get("Action"))}
        for action in sorted(actions - own - {_KEEPS} - _BESIDE.get(service, frozenset())):
            yield f"{role.strip('<>')} may do {action}, which none of its schedules does"
        for resource in as_list(statement.get("Resource")) if actions & own else ():
            if str(resource).removesuffix(":*") not in wanted and imported_name(resource) != "QueueArn":
                yield f"{role.strip('<>')} may do it with {resource}, which none of its schedules calls"


def _action(written: Request) -> str:
    action = f"{_IAM.get(written.service, written.service)}:{written.action[:1].upper()}{written.action[1:]}"
    return _IAM_ACTIONS.get(action, action)


def _needed(written: Request) -> list[str]:
    """Give the ARNs that a call's permission must name."""
    here = f"arn:<AWS::Partition>:{_IAM.get(written.service, written.service)}:<AWS::Region>:<AWS::AccountId>:"
    members = written.members
    match written.service:
        case "glue":
            return [f"{here}job/{members.get('JobName')}"]
        case "codebuild":
            return [f"{here}project/{members.get('ProjectName')}"]
        case "athena":
            return [f"{here}workgroup/{members.get('WorkGroup', 'primary')}"]
        case "emr":
            return [f"{here}cluster/{members.get('JobFlowId')}"]
        case "batch":
            return [str(members.get("JobQueue")), str(members.get("JobDefinition"))]
        case "sqs":
            return [_queue(str(members.get("QueueUrl")))]
        case "redshiftdata":
            cluster = f"{here.replace('redshift-data', 'redshift')}cluster:{members.get('ClusterIdentifier')}"
            return [cluster if "ClusterIdentifier" in members else str(members.get("WorkgroupName"))]
        case "ecs":
            task = str(members.get("TaskDefinition"))
            return [task if re.search(r":[0-9]+$|^<[A-Za-z0-9]+>$", task) else f"{task}:*"]
        case "lambda":
            version = members.get("Qualifier")
            return [f"{members.get('FunctionName')}" + (f":{version}" if version else "")]
    return [str(members.get("StateMachineArn" if written.service == "sfn" else "TopicArn"))]


def _queue(address: str) -> str:
    if not address.startswith("https://"):
        return address
    host, _, rest = address.removeprefix("https://sqs.").partition("/")
    region = host.split(".")[0]
    partition = "<AWS::Partition>" if region.startswith("<") else "aws-cn" if host.endswith(".cn") else "aws"
    return f"arn:{'aws-us-gov' if '-gov-' in region else partition}:sqs:{region}:{rest.replace('/', ':')}"


def _is_told(stack: Stack, written: Request) -> bool:
    """Look for the rule or the alarm that tells the topic; a function of another account has no alarm here."""
    members = written.members
    if written.service in _TOLD_BY_SCHEDULER or (written.service == "redshiftdata" and "WithEvent" not in members):
        return True
    if written.service == "lambda":
        arn = str(members.get("FunctionName"))
        function = arn.rpartition(":")[2]
        return not arn.startswith("arn:<AWS::Partition>") or any(
            {"Name": "FunctionName", "Value": function} in as_list(alarm.properties.get("Dimensions"))
            and any(imported_name(one) == "TopicArn" for one in as_list(alarm.properties.get("AlarmActions")))
            for alarm in stack.of_kind("AWS::CloudWatch::Alarm")
        )
    return any(_tells(detail, written) for detail in heard(stack, _SOURCES.get(written.service, "")))


def _tells(asked: Mapping[str, Value], written: Request) -> bool:
    """Say whether what a rule asks of details is what those of a run that failed hold."""
    detail = json.dumps(asked, ensure_ascii=False)
    failed = _of_failed_tasks(asked) if written.service == "ecs" else "FAILED" in detail
    return failed and _subject(written) in detail


def _of_failed_tasks(detail: Mapping[str, Value]) -> bool:
    return detail.get("lastStatus") == ["STOPPED"] and detail.get("containers") == {"exitCode": [{"anything-but": [0]}]}


def _subject(written: Request) -> str:
    """Give what the events of a run name."""
    members = written.members
    if written.service == "emr":
        steps = as_list(members.get("Steps"))
        found = table(steps[0]).get("Name") if steps else None
    else:
        member = {
            "glue": "JobName",
            "batch": "JobName",
            "codebuild": "ProjectName",
            "athena": "WorkGroup",
            "redshiftdata": "StatementName",
            "ecs": "TaskDefinition",
        }.get(written.service, "StateMachineArn")
        found = members.get(member)
    return json.dumps(str(found), ensure_ascii=False)[1:-1]


def _target(schedule: Resource) -> Mapping[str, Value]:
    return table(schedule.properties.get("Target"))
