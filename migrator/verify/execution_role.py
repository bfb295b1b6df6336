"""What the execution role of MWAA may do, as its user guide gives it («Amazon MWAA execution role»)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from migrator.verify.stack import Stack
from migrator.verify.values import Value, as_list

SERVICES = ("airflow.amazonaws.com", "airflow-env.amazonaws.com")
_KIND = "AWS::MWAA::Environment"
# Actions, the member that names what they are for, and what may stand there. The queue and its key are the service's.
_DOCUMENTED = (
    ({"s3:GetObject*", "s3:GetBucket*", "s3:List*"}, "Resource", r"arn:<AWS::Partition>:s3:::<\w+>(/\*)?"),
    ({"s3:GetAccountPublicAccessBlock"}, "Resource", r"\*"),
    ({"logs:DescribeLogGroups"}, "Resource", r"\*"),
    ({"cloudwatch:PutMetricData"}, "Resource", r"\*"),
    (
        {f"logs:{name}" for name in ("CreateLogGroup", "CreateLogStream", "GetLogEvents", "GetLogGroupFields")}
        | {f"logs:{name}" for name in ("GetLogRecord", "GetQueryResults", "PutLogEvents")},
        "Resource",
        r"arn:[^*]*:log-group:airflow-[^*]+-\*",
    ),
    (
        {f"sqs:{name}" for name in ("ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes")}
        | {f"sqs:{name}" for name in ("GetQueueUrl", "ReceiveMessage", "SendMessage")},
        "Resource",
        r"arn:[^*]*:sqs:<AWS::Region>:\*:airflow-celery-\*",
    ),
    (
        {"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"},
        "NotResource",
        r"arn:[^*]*:kms:\*:<AWS::AccountId>:key/\*",
    ),
)


def is_environment(stack: Stack) -> bool:
    """Say whether a template has an environment of MWAA."""
    return any(True for _ in stack.of_kind(_KIND))


def documented(statement: Mapping[str, Value]) -> bool:
    """Say whether a statement allows what the guide has it allow, and no more."""
    actions = set(map(str, as_list(statement.get("Action"))))
    return statement.get("Effect") == "Allow" and any(
        actions <= known
        and not {"Resource", "NotResource", "NotAction"}.difference({member}) & statement.keys()
        and all(re.fullmatch(pattern, str(resource)) for resource in as_list(statement.get(member)))
        for known, member, pattern in _DOCUMENTED
    )


def missing(statements: Sequence[Mapping[str, Value]]) -> Iterator[str]:
    """Name what the guide has the role allow and no statement does: without it the environment does not come up."""
    there = {str(action) for one in statements if documented(one) for action in as_list(one.get("Action"))}
    for known, _, _ in _DOCUMENTED:
        yield from sorted(known - there)
