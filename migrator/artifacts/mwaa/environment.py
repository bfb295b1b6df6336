"""The environment of Amazon MWAA and its bucket, as templates (MWAA's user guide, «Create an environment»)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.artifacts.parts.cloudformation import Json, Template, arn, attribute, dumped, joined, ref
from migrator.artifacts.parts.file import File
from migrator.artifacts.parts.header import header
from migrator.artifacts.parts.permissions import role
from migrator.plan.clusters import LinePart
from migrator.plan.document import EnvironmentPart

VERSIONS = ("3.3.1", "3.2.1", "3.0.6")
"""The versions of Airflow 3 that MWAA offers (its user guide, «Airflow versions», September 2026)."""
_CLASS = re.compile(r"(?:MWAA environment|Step to) mw1\.(\w+)")
_CLASSES = ("micro", "small", "medium", "large", "xlarge", "2xlarge")
_STORAGE = "MWAA: the bucket that an environment reads its DAGs and requirements.txt from. Deploy it first."
_STORAGE_KNOW = (
    "Then copy: aws s3 sync dags s3://BUCKET/dags; aws s3 cp requirements.txt s3://BUCKET/requirements.txt",
    "The bucket stays when the stack is deleted.",
)
_TITLE = "MWAA: the environment that runs the DAGs beside this file. Deploy it after storage.yaml and the copy."
_KNOW = """\
It is paid for by the hour from its creation on, whether a DAG runs or not.
Its subnets are private, in two zones, and need a way out: a NAT gateway, as priced in the report, or endpoints.
Endpoints are needed for S3, CloudWatch (monitoring, logs), SQS, KMS, ECR and each that DAGs call (ssm, glue ...).
Without a way to PyPI the requirements cannot be installed at its start: MWAA has the Amazon provider built in.
""".splitlines()
_SUBNET = "^subnet-[0-9a-f]{8,17}$"
_BUCKET = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"


def environment_files(folder: str, environment: EnvironmentPart, lines: Iterable[LinePart]) -> list[File]:
    """Give the templates of an environment; none where one runs already. `lines` are of its clusters' bills."""
    mine = [(match[1], line) for line in lines if (match := _CLASS.match(line.name))]
    if any(line.price == 0 and line.name.startswith("MWAA environment") for _, line in mine):
        return []
    largest = max((_CLASSES.index(name) for name, _ in mine), default=None)
    size = None if largest is None else f"mw1.{_CLASSES[largest]}"
    know = [*_KNOW, *([f"{environment.load}."] if environment.load else [])]
    told = [(name, str(one["Description"])) for name, one in _parameters(size).items() if isinstance(one, dict)]
    storage = dumped(_storage())
    return [
        File(f"{folder}/storage.yaml", header(_STORAGE, (), (), _STORAGE_KNOW) + storage, ()),
        File(f"{folder}/environment.yaml", header(_TITLE, (), told, know) + dumped(_environment(size)), ()),
    ]


def _storage() -> Template:
    bucket = attribute("Bucket", "Arn")
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The bucket of an environment of MWAA",
        "Resources": {
            "Bucket": {
                "Type": "AWS::S3::Bucket",
                "DeletionPolicy": "Retain",
                "UpdateReplacePolicy": "Retain",
                "Properties": {
                    "VersioningConfiguration": {"Status": "Enabled"},
                    "BucketEncryption": {
                        "ServerSideEncryptionConfiguration": [
                            {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
                        ]
                    },
                    "PublicAccessBlockConfiguration": {
                        "BlockPublicAcls": True,
                        "BlockPublicPolicy": True,
                        "IgnorePublicAcls": True,
                        "RestrictPublicBuckets": True,
                    },
                },
            },
            "BucketPolicy": {
                "Type": "AWS::S3::BucketPolicy",
                "Properties": {
                    "Bucket": ref("Bucket"),
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Sid": "NothingInTheClear",
                                "Effect": "Deny",
                                "Principal": "*",
                                "Action": "s3:*",
                                "Resource": [bucket, joined([bucket, "/*"])],
                                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                            }
                        ],
                    },
                },
            },
        },
        "Outputs": {"Bucket": {"Value": ref("Bucket")}},
    }


def _parameters(size: str | None) -> dict[str, Json]:
    chosen: dict[str, Json] = {
        "Type": "String",
        "Description": "the class of the environment" + (", as the report advises" if size else "; none is priced"),
        "AllowedValues": [f"mw1.{name}" for name in _CLASSES],
    }
    subnet: dict[str, Json] = {"Type": "AWS::EC2::Subnet::Id", "AllowedPattern": _SUBNET}
    return {
        "Bucket": {"Type": "String", "Description": "the bucket of storage.yaml", "AllowedPattern": _BUCKET},
        "Vpc": {"Type": "AWS::EC2::VPC::Id", "Description": "the VPC of the subnets"},
        "FirstSubnet": subnet | {"Description": "a private subnet"},
        "SecondSubnet": subnet | {"Description": "a private subnet in another availability zone"},
        "WebserverAccess": {
            "Type": "String",
            "Description": "who reaches Airflow's page: PRIVATE_ONLY the VPC, PUBLIC_ONLY all who may sign in by IAM",
            "AllowedValues": ["PRIVATE_ONLY", "PUBLIC_ONLY"],
        },
        "EnvironmentClass": chosen | ({"Default": size} if size else {}),
        "MaxWorkers": {
            "Type": "Number",
            "Description": "how many workers may run; mw1.micro has one, each more is paid for by the hour",
            "Default": 1,
            "MinValue": 1,
            "MaxValue": 25,
        },
        "AirflowVersion": {
            "Type": "String",
            "Description": "the version of Airflow",
            "Default": VERSIONS[0],
            "AllowedValues": list(VERSIONS),
        },
    }


def _environment(size: str | None) -> Template:
    logs: dict[str, Json] = {"Enabled": True, "LogLevel": "INFO"}
    kinds = ("DagProcessingLogs", "SchedulerLogs", "TaskLogs", "WebserverLogs", "WorkerLogs")
    ours = joined([ref("AWS::StackName"), "-airflow"])
    trust: Json = {
        "Effect": "Allow",
        "Principal": {"Service": ["airflow.amazonaws.com", "airflow-env.amazonaws.com"]},
        "Action": "sts:AssumeRole",
        "Condition": {
            "StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")},
            "ArnLike": {"aws:SourceArn": arn("airflow", ["environment/", ours])},
        },
    }
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "An environment of Amazon MWAA",
        "Parameters": _parameters(size),
        "Resources": {
            **role("ExecutionRole", trust, "run-airflow", _statements(ours)),
            **_network(),
            "Environment": {
                "Type": "AWS::MWAA::Environment",
                "DependsOn": "ExecutionRolePolicy",
                "Properties": {
                    "Name": ours,
                    "AirflowVersion": ref("AirflowVersion"),
                    "EnvironmentClass": ref("EnvironmentClass"),
                    "MinWorkers": 1,
                    "MaxWorkers": ref("MaxWorkers"),
                    "ExecutionRoleArn": attribute("ExecutionRole", "Arn"),
                    "SourceBucketArn": _bucket(),
                    "DagS3Path": "dags",
                    "RequirementsS3Path": "requirements.txt",
                    "WebserverAccessMode": ref("WebserverAccess"),
                    "NetworkConfiguration": {
                        "SecurityGroupIds": [attribute("SecurityGroup", "GroupId")],
                        "SubnetIds": [ref("FirstSubnet"), ref("SecondSubnet")],
                    },
                    "LoggingConfiguration": {kind: dict(logs) for kind in kinds},
                    "AirflowConfigurationOptions": {"core.dags_are_paused_at_creation": "True"},
                },
            },
        },
        "Outputs": {"AirflowRole": {"Value": ref("ExecutionRole")}, "Environment": {"Value": ref("Environment")}},
    }


def _bucket() -> Json:
    return joined(["arn:", ref("AWS::Partition"), ":s3:::", ref("Bucket")])


def _network() -> dict[str, Json]:
    """Give the security group: what is in it reaches itself, and HTTPS everywhere."""
    group = attribute("SecurityGroup", "GroupId")
    return {
        "SecurityGroup": {
            "Type": "AWS::EC2::SecurityGroup",
            "Properties": {
                "GroupDescription": "Airflow: its parts among themselves and HTTPS to the services",
                "VpcId": ref("Vpc"),
                "SecurityGroupEgress": [
                    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"},
                ],
            },
        },
        "AmongThemselves": {
            "Type": "AWS::EC2::SecurityGroupIngress",
            "Properties": {"GroupId": group, "IpProtocol": "-1", "SourceSecurityGroupId": group},
        },
        "ToThemselves": {
            "Type": "AWS::EC2::SecurityGroupEgress",
            "Properties": {"GroupId": group, "IpProtocol": "-1", "DestinationSecurityGroupId": group},
        },
    }


def _statements(name: Json) -> list[Json]:
    """Give what the execution role needs (MWAA's user guide, «Execution role»); stars where IAM knows no resource."""
    bucket = _bucket()
    group = arn("logs", ["log-group:airflow-", name, "-*"])
    services = [joined([f"{one}.", ref("AWS::Region"), ".amazonaws.com"]) for one in ("sqs", "s3")]
    keys: dict[str, Json] = {"kms:ViaService": services}
    return [
        _allow("Report", ["airflow:PublishMetrics"], arn("airflow", ["environment/", name])),
        _allow("ReadDags", ["s3:GetObject*", "s3:GetBucket*", "s3:List*"], [bucket, joined([bucket, "/*"])]),
        _allow("AskForPublicAccess", ["s3:GetAccountPublicAccessBlock"], "*"),
        _allow(
            "WriteLogs",
            [
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:GetLogEvents",
                "logs:GetLogGroupFields",
                "logs:GetLogRecord",
                "logs:GetQueryResults",
                "logs:PutLogEvents",
            ],
            group,
        ),
        _allow("FindLogs", ["logs:DescribeLogGroups"], "*"),
        {
            **_allow("CountThings", ["cloudwatch:PutMetricData"], "*"),
            "Condition": {"StringEquals": {"cloudwatch:namespace": "AmazonMWAA"}},
        },
        # The queue is in an account of the service's own.
        _allow(
            "PassTasks",
            [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ReceiveMessage",
                "sqs:SendMessage",
            ],
            joined(["arn:", ref("AWS::Partition"), ":sqs:", ref("AWS::Region"), ":*:airflow-celery-*"]),
        ),
        # The queue is encrypted by a key of the service's own, which is in no account that could be named.
        {
            "Sid": "ReadTasks",
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"],
            "NotResource": joined(["arn:", ref("AWS::Partition"), ":kms:*:", ref("AWS::AccountId"), ":key/*"]),
            "Condition": {"StringEquals": keys},
        },
    ]


def _allow(sid: str, actions: list[Json], resource: Json) -> dict[str, Json]:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
