"""What a statement of a policy is made of: it allows, and what it names has the form of its service's names.

A name of another form is no error for IAM: it is nothing's, so what needs the leave fails when it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrator.verify.values import Value, as_list, table

VERSION = "2012-10-17"
_MEMBERS = frozenset({"Sid", "Effect", "Action", "Resource", "Condition"})
_REFERENCE = re.compile(r"<[A-Za-z0-9:]+(?:\.[A-Za-z]+)?>(?:/\*)?|<import:<BaseStack>-[A-Za-z]+>")
_PIECE = r"(?:<[^<>]*>|[^:<>]*)"
_ARN = re.compile(
    rf"arn:(?:<AWS::Partition>|aws[a-z-]*):(?P<service>[a-z0-9-]+):(?P<place>{_PIECE}:{_PIECE}):(?P<name>.+)"
)
_PLACE = re.compile(r"(?:<AWS::Region>|[a-z]{2}(?:-[a-z]+)+-[0-9]):(?:<AWS::AccountId>|[0-9]{12})")
_GLOBAL = {"s3": ":", "iam": ":<AWS::AccountId>"}
# How names begin behind region and account, by service (service authorization reference, «Resource types»).
_BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    "athena": ("workgroup/", "datacatalog/"),
    "batch": ("job/", "job-queue/", "job-definition/"),
    "codebuild": ("project/",),
    "ec2": ("instance/",),
    "ecs": ("task/", "task-definition/", "cluster/"),
    "elasticmapreduce": ("cluster/",),
    "events": ("rule/",),
    "glue": ("job/",),
    "lambda": ("function:",),
    "redshift": ("cluster:", "dbuser:", "dbname:"),
    "redshift-data": ("workgroup/", "cluster:"),
    "redshift-serverless": ("workgroup/",),
    "secretsmanager": ("secret:",),
    "ssm": ("document/", "managed-instance/"),
    "states": ("stateMachine:", "execution:"),
}
# Where the names that an action takes are those of another service.
_OTHERS: Mapping[str, frozenset[str]] = {"ssm": frozenset({"ec2"}), "redshift-data": frozenset({"redshift"})}
_CONDITIONS = re.compile(
    "StringEquals aws:RequestedRegion <AWS::Region>|StringEquals iam:PassedToService ecs-tasks.amazonaws.com|"
    "StringEquals s3:prefix .*|StringEquals ssm:resourceTag/[A-Za-z0-9-]+ <[A-Za-z0-9]+>|"
    "ArnEquals ecs:cluster (?:arn:|<).*",
    re.DOTALL,
)


def version_faults(name: str, document: Value) -> Iterator[str]:
    """Say where a policy is read by older rules than it was written for."""
    if table(document).get("Version") != VERSION:
        yield f"{name} has a policy of another version than {VERSION}"


def form_faults(name: str, statement: Mapping[str, Value]) -> Iterator[str]:
    """Say where a statement does not allow, or allows nothing, since what it names has the form of nothing."""
    if statement.get("Effect") != "Allow":
        yield f"{name} has a statement that does not allow"
    for member in sorted(statement.keys() - _MEMBERS):
        yield f"{name} has a statement with {member}"
    for operator, asked in table(statement.get("Condition")).items():
        for key, value in table(asked).items():
            if not _CONDITIONS.fullmatch(f"{operator} {key} {value}"):
                yield f"{name} allows it only where {operator} holds for {key} and {value}"
    services = {str(action).partition(":")[0] for action in as_list(statement.get("Action"))}
    for resource in map(str, as_list(statement.get("Resource"))):
        if not _is_formed(resource, services):
            yield f"{name} names {resource}, which is the name of nothing"


def _is_formed(resource: str, services: set[str]) -> bool:
    if resource == "*" or _REFERENCE.fullmatch(resource):
        return True
    match = _ARN.fullmatch(resource)
    if match is None:
        return False
    service, name = match["service"], match["name"]
    allowed = services.union(*(_OTHERS.get(one, frozenset()) for one in services))
    if service not in allowed or match["place"] != _GLOBAL.get(service, match["place"]):
        return False
    placed = service in _GLOBAL or _PLACE.fullmatch(match["place"]) is not None
    return placed and name.startswith(_BEGINNINGS.get(service, ""))
