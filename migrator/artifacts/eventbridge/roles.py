"""Who may do what: Scheduler may send these documents to these hosts, the hosts may read these secrets."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.artifacts.eventbridge.base import imported
from migrator.artifacts.eventbridge.parameters import TAG, Parameters
from migrator.artifacts.eventbridge.schedule import ROLE
from migrator.artifacts.parts.cloudformation import Json, arn, ref

_VERSION = "2012-10-17"


def scheduler_role(documents: Sequence[str], parameters: Parameters) -> dict[str, Json]:
    """Give the role of a file's schedules and its policy.

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
    statements: list[Json] = [
        {
            "Sid": "SendTheseDocuments",
            "Effect": "Allow",
            "Action": "ssm:SendCommand",
            "Resource": [arn("ssm", ["document/", ref(name)]) for name in documents],
        },
        *_to_hosts(parameters),
        {
            "Sid": "KeepMissedStarts",
            "Effect": "Allow",
            "Action": "sqs:SendMessage",
            "Resource": imported("QueueArn"),
        },
    ]
    return {
        ROLE: {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": {"Version": _VERSION, "Statement": [trust]}},
        },
        f"{ROLE}Policy": {
            "Type": "AWS::IAM::Policy",
            "Properties": {
                "PolicyName": "start-jobs",
                "Roles": [ref(ROLE)],
                "PolicyDocument": {"Version": _VERSION, "Statement": statements},
            },
        },
    }


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


def _to_hosts(parameters: Parameters) -> list[Json]:
    statement: dict[str, Json] = {"Sid": "ToTheseHosts", "Effect": "Allow", "Action": "ssm:SendCommand"}
    if parameters.by_tag:
        everywhere = [arn("ec2", ["instance/*"]), arn("ssm", ["managed-instance/*"])]
        condition: Json = {"StringEquals": {f"ssm:resourceTag/{TAG}": parameters.tag()}}
        return [statement | {"Resource": everywhere, "Condition": condition}]
    resources: list[Json] = []
    for instance in parameters.instances():
        # A host is an EC2 instance (i-...) or registered with Systems Manager (mi-...): one of the two exists.
        resources += [arn("ec2", ["instance/", instance]), arn("ssm", ["managed-instance/", instance])]
    return [statement | {"Resource": resources}]
