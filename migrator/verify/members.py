"""What a template may hold: each kind of resource that jobs need, its members, and what of them is always the same.

Whatever is not named here could start, stop, open or change something that no job asks for, so it is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from migrator.verify.stack import DOCUMENT, MANAGED_POLICY, POLICY, ROLE, SCHEDULE, Resource, Stack, imported_name
from migrator.verify.values import Value, as_list, table

_ENVIRONMENT, _QUEUE, _TOPIC = "AWS::MWAA::Environment", "AWS::SQS::Queue", "AWS::SNS::Topic"
_ALARM, _RULE = "AWS::CloudWatch::Alarm", "AWS::Events::Rule"
_TOPIC_POLICY, _BUCKET, _BUCKET_POLICY = "AWS::SNS::TopicPolicy", "AWS::S3::Bucket", "AWS::S3::BucketPolicy"
_INGRESS, _EGRESS, _WALL = (f"AWS::EC2::SecurityGroup{end}" for end in ("Ingress", "Egress", ""))
_GROUP, _MACHINE = "AWS::Scheduler::ScheduleGroup", "AWS::StepFunctions::StateMachine"

_MEMBERS: Mapping[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        SCHEDULE: "Name GroupName State ScheduleExpression ScheduleExpressionTimezone FlexibleTimeWindow Target",
        DOCUMENT: "Name DocumentType DocumentFormat UpdateMethod Content",
        _MACHINE: "StateMachineName StateMachineType RoleArn Definition DefinitionSubstitutions",
        ROLE: "AssumeRolePolicyDocument ManagedPolicyArns",
        POLICY: "PolicyName Roles PolicyDocument",
        MANAGED_POLICY: "Description Roles PolicyDocument",
        _RULE: "Description EventPattern Targets State",
        _ALARM: "AlarmName AlarmDescription Namespace MetricName Dimensions Statistic Period EvaluationPeriods "
        "Threshold ComparisonOperator TreatMissingData AlarmActions",
        _GROUP: "Name",
        _QUEUE: "MessageRetentionPeriod SqsManagedSseEnabled",
        _TOPIC: "DisplayName",
        _TOPIC_POLICY: "Topics PolicyDocument",
        _BUCKET: "VersioningConfiguration BucketEncryption PublicAccessBlockConfiguration",
        _BUCKET_POLICY: "Bucket PolicyDocument",
        _WALL: "GroupDescription VpcId SecurityGroupEgress",
        _INGRESS: "GroupId IpProtocol SourceSecurityGroupId",
        _EGRESS: "GroupId IpProtocol DestinationSecurityGroupId",
        _ENVIRONMENT: "Name AirflowVersion EnvironmentClass MinWorkers MaxWorkers ExecutionRoleArn SourceBucketArn "
        "DagS3Path RequirementsS3Path WebserverAccessMode NetworkConfiguration LoggingConfiguration "
        "AirflowConfigurationOptions",
    }.items()
}
_LOGS: Value = {
    f"{part}Logs": {"Enabled": True, "LogLevel": "INFO"}
    for part in ("DagProcessing", "Scheduler", "Task", "Webserver", "Worker")
}
_SAME: Mapping[str, Mapping[str, Value]] = {
    DOCUMENT: {"DocumentType": "Command", "DocumentFormat": "JSON", "UpdateMethod": "NewVersion"},
    _MACHINE: {"StateMachineType": "STANDARD"},
    # Two weeks, the most that SQS keeps a message.
    _QUEUE: {"MessageRetentionPeriod": 1209600, "SqsManagedSseEnabled": True},
    _BUCKET: {
        "VersioningConfiguration": {"Status": "Enabled"},
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "PublicAccessBlockConfiguration": dict.fromkeys(
            ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
        ),
    },
    _WALL: {"SecurityGroupEgress": [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}]},
    _ENVIRONMENT: {
        "EnvironmentClass": "<EnvironmentClass>",
        "AirflowVersion": "<AirflowVersion>",
        "MinWorkers": 1,
        "MaxWorkers": "<MaxWorkers>",
        "DagS3Path": "dags",
        "RequirementsS3Path": "requirements.txt",
        "WebserverAccessMode": "<WebserverAccess>",
        "LoggingConfiguration": _LOGS,
        "AirflowConfigurationOptions": {"core.dags_are_paused_at_creation": "True"},
    },
}
_FILLED_IN = re.compile("<[A-Za-z0-9]+>")
_DOES_PUBLISH = ("events.amazonaws.com", "cloudwatch.amazonaws.com")
_OWN_ALARMS: Value = {
    "StringEquals": {"aws:SourceAccount": "<AWS::AccountId>"},
    "ArnLike": {
        "aws:SourceArn": "arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:<AWS::StackName>-*"
    },
}
_ASKED_OF = {"cloudwatch.amazonaws.com": _OWN_ALARMS}
_OWN_NAME = re.compile(r"<AWS::StackName>-[A-Za-z0-9_.-]+")
_TYPES = re.compile(r"String|Number|CommaDelimitedList|(?:List<)?AWS::EC2::(?:Subnet|VPC)::Id>?")
_DEFAULTS = frozenset({"EnvironmentClass", "MaxWorkers", "AirflowVersion"})
_OF_PARAMETERS = frozenset(
    {"Type", "Description", "AllowedPattern", "AllowedValues", "Default", "MinValue", "MaxValue"}
)


def member_faults(stack: Stack) -> Iterator[str]:
    """Say what of a template no job needs, and what that all of them need is not there or is another."""
    for name, resource in stack.resources.items():
        known = _MEMBERS.get(resource.kind)
        if known is None:
            yield f"{name} is a {resource.kind}, which no job needs"
            continue
        for member in sorted(resource.properties.keys() - known):
            yield f"{name} says {member}, which no job needs"
        if not all(_FILLED_IN.fullmatch(str(one)) for one in as_list(resource.properties.get("ManagedPolicyArns"))):
            yield f"{name} has a policy that nobody filled in"
        for member, value in _SAME.get(resource.kind, {}).items():
            if resource.properties.get(member) != value:
                yield f"{member} of {name} is not what all such have"
    for name, parameter in stack.parameters.items():
        yield from _parameter_faults(name, table(parameter))
    yield from _order_faults(stack)
    yield from _name_faults(stack)
    yield from _shared_faults(stack)
    yield from _network_faults(stack)


def _order_faults(stack: Stack) -> Iterator[str]:
    """Say what may be made before its role may do anything: what is asked of the role then is refused."""
    for kind, member in ((SCHEDULE, "RoleArn"), (_MACHINE, "RoleArn"), (_ENVIRONMENT, "ExecutionRoleArn")):
        for one in stack.of_kind(kind):
            role = str((table(one.properties.get("Target")) if kind == SCHEDULE else one.properties).get(member))
            policies = {
                policy.name
                for policy in stack.of_kind(POLICY)
                if role.replace(".Arn>", ">") in as_list(policy.properties.get("Roles"))
            }
            if policies and not policies & one.after:
                yield f"{one.name} does not wait for {min(policies)}"


def _name_faults(stack: Stack) -> Iterator[str]:
    """Say where two things have one name, or a name is not what others know it by."""
    for kind, member in ((DOCUMENT, "Name"), (SCHEDULE, "Name"), (_MACHINE, "StateMachineName")):
        names = [str(one.properties.get(member)) for one in stack.of_kind(kind)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"two of the kind {kind} are called {name}"
        for name in names if kind != SCHEDULE else ():
            if not _OWN_NAME.fullmatch(name):
                yield f"{name} does not begin with the name of its stack"
    for name in sorted(stack.imports):
        if not re.fullmatch(r"<[A-Za-z0-9]+>-[A-Za-z]+", name):
            yield f"{name} is imported, and no template exports such a name"
    for name in sorted(stack.exports):
        if not re.fullmatch(r"<AWS::StackName>-[A-Za-z]+", name):
            yield f"{name} is exported, and no template imports such a name"


def environment_faults(stack: Stack, classes: Collection[str]) -> Iterator[str]:
    """Say where an environment has another size or version than was priced; `classes` are those that were."""
    if not any(True for _ in stack.of_kind(_ENVIRONMENT)):
        return
    given = {name: table(parameter) for name, parameter in stack.parameters.items()}
    size = given.get("EnvironmentClass", {}).get("Default")
    if size is not None and size not in classes:
        yield f"its class is {size}, and {' or '.join(sorted(classes)) or 'none'} was priced"
    if given.get("MaxWorkers", {}).get("Default") != 1:
        yield "it may have more workers than were priced"
    version = given.get("AirflowVersion", {})
    if not str(version.get("Default")).startswith("3.") or version.get("Default") not in as_list(
        version.get("AllowedValues")
    ):
        yield "its version is none of Airflow 3 that may be chosen"


def _parameter_faults(name: str, given: Mapping[str, Value]) -> Iterator[str]:
    """Nothing that a person must say has a value before; what stands in a script or a policy lets no quote through."""
    for member in sorted(given.keys() - _OF_PARAMETERS):
        yield f"the parameter {name} says {member}"
    if "Default" in given and name not in _DEFAULTS:
        yield f"the parameter {name} has a value that nobody filled in"
    if not _TYPES.fullmatch(str(given.get("Type"))):
        yield f"the parameter {name} is of the type {given.get('Type')}"
    pattern = str(given.get("AllowedPattern", ""))
    anchored = pattern.startswith("^") and pattern.endswith("$")
    if given.get("Type") == "String" and "AllowedValues" not in given and not anchored:
        yield f"the parameter {name} takes any text"


def _shared_faults(stack: Stack) -> Iterator[str]:
    """Check what all schedules of a plan share: who hears of failures, and what is kept."""
    topics = {f"<{one.name}>" for one in stack.of_kind(_TOPIC)}
    for topic in topics:
        allowed = [
            one for policy in stack.of_kind(_TOPIC_POLICY) if topic in as_list(policy.properties.get("Topics"))
            for one in _statements(policy)
        ]  # fmt: skip
        publishers = {str(table(one.get("Principal")).get("Service")) for one in allowed}
        if publishers != set(_DOES_PUBLISH) or any(
            (one.get("Effect"), one.get("Action"), one.get("Resource")) != ("Allow", "sns:Publish", topic)
            for one in allowed
        ):
            yield f"not just rules and alarms may publish to {topic}, or not all of them"
        if any(
            one.get("Condition") != _ASKED_OF.get(str(table(one.get("Principal")).get("Service"))) for one in allowed
        ):
            yield f"alarms or rules may publish to {topic} only where something else holds than the account"
    for alarm in stack.of_kind(_ALARM):
        told = as_list(alarm.properties.get("AlarmActions"))
        if not any(str(one) in topics or imported_name(one) == "TopicArn" for one in told) or len(told) != 1:
            yield f"{alarm.name} tells nobody, or somebody else than the topic"
    for queue in stack.of_kind(_QUEUE):
        if not any(_watches(alarm, queue) for alarm in stack.of_kind(_ALARM)):
            yield f"no alarm tells of what is in {queue.name}"
    kinds = {
        "Group": (_GROUP, ""),
        "GroupArn": (_GROUP, ".Arn"),
        "QueueArn": (_QUEUE, ".Arn"),
        "TopicArn": (_TOPIC, ""),
    }
    for name, value in stack.given.items():
        kind, end = kinds.get(name.rpartition("-")[2], ("", ""))
        if kind and str(value) not in {f"<{one.name}{end}>" for one in stack.of_kind(kind)}:
            yield f"{name.rpartition('-')[2]} exports something else"


def _watches(alarm: Resource, queue: Resource) -> bool:
    given = alarm.properties
    wanted = {
        "Namespace": "AWS/SQS",
        "MetricName": "ApproximateNumberOfMessagesVisible",
        "Dimensions": [{"Name": "QueueName", "Value": f"<{queue.name}.QueueName>"}],
        "Statistic": "Maximum",
        "Period": 300,
        "EvaluationPeriods": 1,
        "Threshold": 0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }
    return all(given.get(name) == value for name, value in wanted.items())


def _network_faults(stack: Stack) -> Iterator[str]:
    """Check who reaches an environment and its bucket."""
    for kind, member in ((_INGRESS, "SourceSecurityGroupId"), (_EGRESS, "DestinationSecurityGroupId")):
        for one in stack.of_kind(kind):
            own = one.properties.get("GroupId")
            if (
                str(own) not in {f"<{wall.name}.GroupId>" for wall in stack.of_kind(_WALL)}
                or one.properties.get(member) != own
            ):
                yield f"{one.name} opens {own} to others"
    for bucket in stack.of_kind(_BUCKET):
        if {str(bucket.kept.get(name)) for name in ("DeletionPolicy", "UpdateReplacePolicy")} != {"Retain"}:
            yield f"{bucket.name} goes with its stack"
        policies = [one for one in stack.of_kind(_BUCKET_POLICY) if one.properties.get("Bucket") == f"<{bucket.name}>"]
        if not policies or any(one.get("Effect") != "Deny" for policy in policies for one in _statements(policy)):
            yield f"the policy of {bucket.name} does more than to refuse"


def _statements(resource: Resource) -> list[Mapping[str, Value]]:
    return [table(one) for one in as_list(table(resource.properties.get("PolicyDocument")).get("Statement"))]
