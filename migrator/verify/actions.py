"""What the roles of a plan may do at all: the actions that starting, watching and ending its jobs takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.verify.stack import DOCUMENT, Stack
from migrator.verify.values import Value, as_list

_SERVICES: Mapping[str, str] = {
    "airflow": "PublishMetrics",
    "athena": "StartQueryExecution GetQueryExecution StopQueryExecution GetDataCatalog",
    "batch": "SubmitJob DescribeJobs TerminateJob",
    "cloudwatch": "PutMetricData",
    "codebuild": "StartBuild BatchGetBuilds StopBuild",
    "ecs": "RunTask DescribeTasks StopTask",
    "elasticmapreduce": "AddJobFlowSteps DescribeStep CancelSteps",
    "events": "DescribeRule PutRule PutTargets",
    "glue": "StartJobRun GetJob GetJobRun GetJobRuns BatchStopJobRun",
    "iam": "PassRole",
    "lambda": "InvokeFunction",
    "redshift": "GetClusterCredentials GetClusterCredentialsWithIAM",
    "redshift-data": "ExecuteStatement DescribeStatement GetStatementResult",
    "redshift-serverless": "GetCredentials",
    "s3": "ListBucket GetObject",
    "secretsmanager": "GetSecretValue",
    "sns": "Publish",
    "sqs": "SendMessage",
    "ssm": "SendCommand GetCommandInvocation ListCommands ListCommandInvocations CancelCommand",
    "states": "StartExecution DescribeExecution StopExecution",
}
_KNOWN = frozenset(f"{service}:{action}" for service, actions in _SERVICES.items() for action in actions.split())
_HERE = "arn:<AWS::Partition>:{}:<AWS::Region>:<AWS::AccountId>:"
_HOST = re.compile(
    rf"(?:{re.escape(_HERE.format('ec2'))}instance|{re.escape(_HERE.format('ssm'))}managed-instance)/(?:<[A-Za-z0-9]+>|\*)"
)


def action_faults(stack: Stack, name: str, statement: Mapping[str, Value]) -> Iterator[str]:
    """Say what in a statement no job can need: another action, another document, what is no host of the file."""
    actions = {str(action) for action in as_list(statement.get("Action"))}
    for action in sorted(actions - _KNOWN):
        yield f"{name} allows {action}, which no job needs"
    if "ssm:SendCommand" in actions:
        documents = {f"{_HERE.format('ssm')}document/<{one.name}>" for one in stack.of_kind(DOCUMENT)}
        for resource in map(str, as_list(statement.get("Resource"))):
            if resource not in documents and not _HOST.fullmatch(resource):
                yield f"{name} may send {resource}, which is no document and no host of this file"
