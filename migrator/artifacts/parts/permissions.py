"""Who may do what: roles per purpose, leave to send documents to hosts, leave for the hosts to read secrets."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.artifacts.parts.base import imported
from migrator.artifacts.parts.cloudformation import Json, arn, ref
from migrator.artifacts.parts.parameters import TAG, Parameters
from migrator.artifacts.parts.schedule import ROLE

_VERSION = "2012-10-17"


def role(
    name: str, trust: Json, policy_name: str, statements: Sequence[Json], managed: Sequence[Json] = ()
) -> dict[str, Json]:
    """Give a role and its policy, which is `NAMEPolicy`; `managed` are policies that a person names."""
    properties: dict[str, Json] = {"AssumeRolePolicyDocument": {"Version": _VERSION, "Statement": [trust]}}
    return {
        name: {
            "Type": "AWS::IAM::Role",
            "Properties": properties | ({"ManagedPolicyArns": list(managed)} if managed else {}),
        },
        f"{name}Policy": {
            "Type": "AWS::IAM::Policy",
            "Properties": {
                "PolicyName": policy_name,
                "Roles": [ref(name)],
                "PolicyDocument": {"Version": _VERSION, "Statement": list(statements)},
            },
        },
    }


def scheduler_role(statements: Sequence[Json], name: str = ROLE, managed: Sequence[Json] = ()) -> dict[str, Json]:
    """Give the role of a file's schedules: what they start, as `statements` say, and what keeps missed starts.

    The trust names the group, so that no other schedule can take the role (user guide, «Confused deputy prevention»).
    """
    trust: Json = {
        "Effect": "Allow",
        "Principal": {"Service": "scheduler.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": ref("AWS::AccountId"), "aws:SourceArn": imported("GroupArn")}
        },
    }
    missed: Json = {
        "Sid": "KeepMissedStarts",
        "Effect": "Allow",
        "Action": "sqs:SendMessage",
        "Resource": imported("QueueArn"),
    }
    return role(name, trust, "start-jobs", [*statements, missed], managed)


def to_send(documents: Sequence[str], parameters: Parameters, hosts: Sequence[str | None] | None = None) -> list[Json]:
    """Give leave to send these documents, named by their logical ids, to the file's hosts, or to some of them."""
    return [
        {
            "Sid": "SendTheseDocuments",
            "Effect": "Allow",
            "Action": "ssm:SendCommand",
            "Resource": [arn("ssm", ["document/", ref(name)]) for name in documents],
        },
        *_to_hosts(parameters, hosts),
    ]


def secret_policy(secrets: Sequence[Json], parameters: Parameters) -> dict[str, Json]:
    """Give the hosts leave to read the secrets that their jobs need; nothing where there are none."""
    if not secrets:
        return {}
    statement: Json = {
        "Sid": "ReadTheseSecrets",
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": list(secrets),
    }
    return {
        "SecretsPolicy": {
            "Type": "AWS::IAM::Policy",
            "Properties": {
                "PolicyName": "read-secrets-of-jobs",
                "Roles": parameters.host_roles(),
                "PolicyDocument": {"Version": _VERSION, "Statement": [statement]},
            },
        }
    }


def _to_hosts(parameters: Parameters, hosts: Sequence[str | None] | None) -> list[Json]:
    statement: dict[str, Json] = {"Sid": "ToTheseHosts", "Effect": "Allow", "Action": "ssm:SendCommand"}
    if parameters.by_tag:
        everywhere = [arn("ec2", ["instance/*"]), arn("ssm", ["managed-instance/*"])]
        condition: Json = {"StringEquals": {f"ssm:resourceTag/{TAG}": parameters.tag()}}
        return [statement | {"Resource": everywhere, "Condition": condition}]
    resources: list[Json] = []
    for instance in parameters.instances(hosts):
        # A host is an EC2 instance (i-...) or registered with Systems Manager (mi-...): one of the two exists.
        resources += [arn("ec2", ["instance/", instance]), arn("ssm", ["managed-instance/", instance])]
    return [statement | {"Resource": resources}]
