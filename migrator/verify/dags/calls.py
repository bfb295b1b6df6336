"""What an operator of the Amazon provider calls, as a request of the SDK (the provider's «Operators» reference)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from migrator.verify.cloud_call import Request
from migrator.verify.dags.reading import DagTask
from migrator.verify.dags.values import Value
from migrator.verify.values import Value as Plain
from migrator.verify.values import loaded

AMAZON = "airflow.providers.amazon.aws"
_LITERAL_TEMPLATE = re.compile(r"\{\{ '((?:\\.|[^'\\])*)' \}\}")
_VARIABLE = re.compile(r"\{\{ var\.value\.([a-z0-9_]+) \}\}")
_VERSION = re.compile(r"((?:arn:.*:function:)?[^:]+):([^:]+)")


@dataclass(frozen=True, slots=True)
class Operator:
    """A class: its module, what it calls, the member that each argument becomes, and arguments of its own."""

    module: str
    service: str
    action: str
    members: Mapping[str, str]
    own: frozenset[str]


def _operator(module: str, call: str, members: str, own: str = "wait_for_completion") -> Operator:
    service, _, action = call.partition(" ")
    named = dict(pair.partition(">")[::2] for pair in members.split())
    return Operator(f"{AMAZON}.operators.{module}", service, action, named, frozenset(own.split()))


_LOOKS = "wait_for_completion waiter_delay waiter_max_attempts"
OPERATORS: Mapping[str, Operator] = {
    "AthenaOperator": _operator(
        "athena",
        "athena startQueryExecution",
        "query>QueryString workgroup>WorkGroup query_execution_context>QueryExecutionContext "
        "result_configuration>ResultConfiguration",
        "sleep_time",
    ),
    "BatchOperator": _operator(
        "batch",
        "batch submitJob",
        "job_name>JobName job_queue>JobQueue job_definition>JobDefinition parameters>Parameters "
        "share_identifier>ShareIdentifier container_overrides>ContainerOverrides retry_strategy>RetryStrategy",
    ),
    "EcsRunTaskOperator": _operator(
        "ecs",
        "ecs runTask",
        "task_definition>TaskDefinition cluster>Cluster overrides>Overrides launch_type>LaunchType group>Group "
        "platform_version>PlatformVersion network_configuration>NetworkConfiguration",
    ),
    "EmrAddStepsOperator": _operator("emr", "emr addJobFlowSteps", "job_flow_id>JobFlowId steps>Steps", _LOOKS),
    "GlueJobOperator": _operator(
        "glue",
        "glue startJobRun",
        "job_name>JobName script_args>Arguments",
        f"{_LOOKS} run_job_kwargs stop_job_run_on_kill",
    ),
    "LambdaInvokeFunctionOperator": _operator(
        "lambda_function",
        "lambda invoke",
        "function_name>FunctionName invocation_type>InvocationType payload>Payload",
        "botocore_config",
    ),
    "RedshiftDataOperator": _operator(
        "redshift_data",
        "redshiftdata executeStatement",
        "sql>Sql database>Database cluster_identifier>ClusterIdentifier workgroup_name>WorkgroupName db_user>DbUser "
        "secret_arn>SecretArn statement_name>StatementName",
    ),
    "SnsPublishOperator": _operator(
        "sns",
        "sns publish",
        "target_arn>TopicArn message>Message subject>Subject message_group_id>MessageGroupId "
        "message_deduplication_id>MessageDeduplicationId",
        "",
    ),
    "SqsPublishOperator": _operator(
        "sqs",
        "sqs sendMessage",
        "sqs_queue>QueueUrl message_content>MessageBody delay_seconds>DelaySeconds message_group_id>MessageGroupId "
        "message_deduplication_id>MessageDeduplicationId",
        "",
    ),
    "StepFunctionStartExecutionOperator": _operator(
        "step_function",
        "sfn startExecution",
        "state_machine_arn>StateMachineArn state_machine_input>Input",
        "deferrable waiter_delay waiter_max_attempts",
    ),
}
"""The operators that make a call of a job."""


def request_of(task: DagTask, told: Mapping[str, str]) -> Request | None:
    """Give the call that a task makes; None where its operator is none that jobs need. `told` as in `Dag`."""
    operator = OPERATORS.get(task.operator)
    if operator is None:
        return None
    members: dict[str, Plain] = {}
    for name, value in task.arguments.items():
        if name in operator.members and value not in ({}, None):
            members[operator.members[name]] = _rendered(value, told)
    more = _rendered(task.arguments.get("run_job_kwargs"), told)
    if isinstance(more, dict):
        members |= more
    if operator.service == "lambda":
        _function(members)
    if operator.service == "sfn" and "Input" in members:
        members["Input"] = loaded(members["Input"])
    return Request(operator.service, operator.action, members)


def _function(members: dict[str, Plain]) -> None:
    if "Payload" in members:
        members["Payload"] = loaded(members["Payload"])
    if match := _VERSION.fullmatch(str(members.get("FunctionName"))):
        members["FunctionName"], members["Qualifier"] = match[1], match[2]


def plain(text: str) -> str:
    """Give what Jinja makes of a text whose templates are literals."""
    return _LITERAL_TEMPLATE.sub(lambda match: match[1].encode().decode("unicode_escape"), text)


def _filled_in(variable: str, told: Mapping[str, str]) -> str:
    """Give what a person is asked to fill in: the ARN or the URL of something of the own account, or anything."""
    name = told.get(variable, "").partition(" of ")[2]
    if variable.startswith("arn_of_"):
        return f"arn:<AWS::Partition>:any:<AWS::Region>:<AWS::AccountId>:{name}"
    if variable.startswith("url_of_"):
        return f"https://sqs.<AWS::Region>.amazonaws.com/<AWS::AccountId>/{name}"
    return f"<{variable.replace('_', '')}>"


def _rendered(value: Value, told: Mapping[str, str]) -> Plain:
    """Give a value as it is sent; a Variable is what a person fills in."""
    if isinstance(value, str):
        variable = _VARIABLE.fullmatch(value)
        return _filled_in(variable[1], told) if variable else plain(value)
    if isinstance(value, list):
        return [_rendered(item, told) for item in value]
    if isinstance(value, dict):
        return {key: _rendered(item, told) for key, item in value.items()}
    return value if isinstance(value, (int, float, bool)) else None
