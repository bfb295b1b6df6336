"""Faults in an environment of MWAA and its bucket: it is as priced, begins nothing by itself, and is open to nobody."""

from __future__ import annotations

from migrator.model import Target
from tests.artifacts.making import host
from tests.verify.seeding import Faults

_PATHS = "      DagS3Path: dags\n"
MUTATIONS = {
    "another class": ("environment", "Default: mw1.micro", "Default: mw1.2xlarge"),
    "more workers": ("environment", "Default: 1\n", "Default: 25\n"),
    "workers that always run": ("environment", "MinWorkers: 1", "MinWorkers: 5"),
    "an old Airflow": ("environment", "Default: 3.", "Default: 2."),
    "a page for everybody": ("environment", "AccessMode:\n        Ref: WebserverAccess\n", "AccessMode: PUBLIC_ONLY\n"),
    "DAGs that begin at once": ("environment", "creation: 'True'", "creation: 'False'"),
    "an option more": ("environment", "creation: 'True'", "creation: 'True'\n        core.parallelism: '1'"),
    "DAGs from elsewhere": ("environment", "DagS3Path: dags", "DagS3Path: other"),
    "nothing installed": ("environment", "      RequirementsS3Path: requirements.txt\n", ""),
    "a script at its start": ("environment", _PATHS, f"{_PATHS}      StartupScriptS3Path: x.sh\n"),
    "no logs of tasks": ("environment", "TaskLogs:\n          Enabled: true", "TaskLogs:\n          Enabled: false"),
    "an open door": (
        "environment",
        "IpProtocol: '-1'\n      SourceSecurityGroupId:",
        "IpProtocol: '-1'\n      CidrIp:",
    ),
    "all of S3": ("environment", "- s3:GetObject*", "- s3:*"),
    "keys that cannot be used": ("environment", "          - kms:Decrypt\n", ""),
    "logs that cannot be written": (
        "environment",
        "Sid: WriteLogs\n          Effect: Allow",
        "Sid: WriteLogs\n          Effect: Deny",
    ),
    "an environment before its leave": ("environment", "    DependsOn: ExecutionRolePolicy\n", ""),
    "a public bucket": ("storage", "BlockPublicPolicy: true", "BlockPublicPolicy: false"),
    "a policy that lets in": ("storage", "Effect: Deny", "Effect: Allow"),
    "no versions": ("storage", "Status: Enabled", "Status: Suspended"),
    "no encryption": ("storage", "SSEAlgorithm: AES256", "SSEAlgorithm: none"),
    "a bucket that goes": ("storage", "    DeletionPolicy: Retain\n", "    DeletionPolicy: Delete\n"),
}
ENVIRONMENTS = Faults(
    host("5 4 * * * /opt/load\n"),
    Target.MWAA,
    {
        name: (f"artifacts/mwaa/{file}.yaml", old, new, "references and roles")
        for name, (file, old, new) in MUTATIONS.items()
    },
)
