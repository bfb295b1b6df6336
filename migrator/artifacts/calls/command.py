"""A command that leaves its host: a task of ECS or a job of AWS Batch that runs it, by a shell of the container's.

The settings ask for it (`compute`). What runs it is the user's: cluster, task definition, container, queue and job
definition are parameters. The command goes over as one word of data in an override (API references of ECS, «RunTask»,
and AWS Batch, «SubmitJob»), with the settings lines of the crontab as variables. An override has 8,192 characters.
"""

from __future__ import annotations

from collections.abc import Mapping

from migrator.advice.elsewhere import variables, why_on_host
from migrator.artifacts.calls.batch import DEFINITION_ARN, QUEUE_ARN, job_call
from migrator.artifacts.calls.call import Call
from migrator.artifacts.calls.ecs import CLUSTER_ARN, GROUP, SUBNET, leave, task_call
from migrator.artifacts.calls.values import Asked, Value
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key

COMMON = frozenset({"Cluster", "LaunchType", "Subnets", "SecurityGroups", "TaskRoles", "JobQueue"})
"""The parameters that all commands of a file share."""
_TASK_ARN = "^arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:task-definition/[A-Za-z0-9_-]+:[0-9]+$"
KNOW = (
    "Commands that the settings move run in a container, as its user and with its files; nothing of the host is there.",
    "HOME, LOGNAME, PATH and the zone are the container's; the crontab's settings lines are given to it as variables.",
)
"""What to know of commands that leave their hosts."""


def asked_for(job: JobPart) -> bool:
    """Say whether the settings ask for other compute than the job's host."""
    return job.compute != "ssm" and bool(job.command.strip())


def command_call(job: JobPart, command: str, limit: int | None) -> Call:
    """Give the call that runs a command of a job elsewhere; raise CannotBeSaidError where it must stay on its host."""
    if msg := why_on_host(job, command, job.compute, job.inexact):
        raise CannotBeSaidError(msg)
    given = tuple({"Name": name, "Value": value} for name, value in variables(job).items())
    override: dict[str, Value] = {
        "Command": (job.shell, "-c", command),
        **({"Environment": given} if given else {}),
    }
    return _on_ecs(job, override) if job.compute == "ecs" else _on_batch(job, override, limit)


def _on_ecs(job: JobPart, override: Mapping[str, Value]) -> Call:
    cluster = Asked("Cluster", "the ARN of the ECS cluster that runs the commands", CLUSTER_ARN)
    task = Asked(
        "TaskDefinition", f"the ARN of the task definition, with its revision, that runs {job.title}", _TASK_ARN
    )
    container = Asked(
        "Container", f"the container of that task definition that runs {job.title}", "^[A-Za-z0-9_-]{1,255}$"
    )
    launch = Asked("LaunchType", "what the commands' tasks run on: FARGATE or EC2", "^(FARGATE|EC2)$")
    subnets = Asked("Subnets", "the subnets of the commands, by commas", SUBNET, many=True)
    groups = Asked("SecurityGroups", "the security groups of the commands, by commas", GROUP, many=True)
    parameters: dict[str, Value] = {
        "Cluster": cluster,
        "TaskDefinition": task,
        "LaunchType": launch,
        "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": subnets, "SecurityGroups": groups}},
        "Overrides": {"ContainerOverrides": ({"Name": container, **override},)},
    }
    roles = "the ARNs of the task roles and execution roles of the commands, by commas"
    return task_call(parameters, leave(task, cluster, roles), (task,))


def _on_batch(job: JobPart, override: Mapping[str, Value], limit: int | None) -> Call:
    queue = Asked("JobQueue", "the ARN of the queue of AWS Batch that the commands go into", QUEUE_ARN)
    what = f"the ARN of the job definition, with its revision, that runs {job.title}"
    definition = Asked("JobDefinition", what, DEFINITION_ARN)
    parameters: dict[str, Value] = {
        "JobName": job_key(job.id),
        "JobQueue": queue,
        "JobDefinition": definition,
        "ContainerOverrides": override,
        **({"Timeout": {"AttemptDurationSeconds": max(60, limit)}} if limit is not None else {}),
    }
    return job_call(parameters, (queue, definition))
