"""`aws ecs run-task`: a task of a task definition on a cluster."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.artifacts.calls.call import Allowed, Call, Start, events, integrated, rule_of, universal
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import named_arn
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Asked, Joined, Value, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "cluster": Option("Cluster"),
    "task-definition": Option("TaskDefinition"),
    "launch-type": Option("LaunchType"),
    "count": Option("Count", Kind.NUMBER),
    "group": Option("Group"),
    "platform-version": Option("PlatformVersion"),
    "network-configuration": Option("NetworkConfiguration", Kind.STRUCTURE),
    "overrides": Option("Overrides", Kind.STRUCTURE),
    "started-by": Option("StartedBy"),
    "propagate-tags": Option("PropagateTags"),
    "enable-ecs-managed-tags": Option("EnableECSManagedTags", Kind.FLAG),
    "enable-execute-command": Option("EnableExecuteCommand", Kind.FLAG),
}
_FAMILY = r"[A-Za-z0-9_-]{1,255}(:[0-9]+)?"
_CLUSTER = r"[A-Za-z0-9_-]{1,255}"
CLUSTER_ARN = "^arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9_-]+$"
ROLES = r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@/_-]+$"
SUBNET, GROUP = "^subnet-[0-9a-f]{8,17}$", "^sg-[0-9a-f]{8,17}$"
# What Scheduler's own target for ECS has a member for (API reference, «EcsParameters»).
_TEMPLATED = {
    "LaunchType": "LaunchType",
    "Count": "TaskCount",
    "Group": "Group",
    "PlatformVersion": "PlatformVersion",
    "NetworkConfiguration": "NetworkConfiguration",
    "EnableECSManagedTags": "EnableECSManagedTags",
    "EnableExecuteCommand": "EnableExecuteCommand",
}


def call(given: Given) -> Call:
    """Read a start; raise CannotBeSaidError."""
    found = members(given, OPTIONS)
    name = given.name or found.pop("TaskDefinition", None)
    if not isinstance(name, str) or given.operands:
        msg = "it names no task definition, or more than that"
        raise CannotBeSaidError(msg)
    task = named_arn(name, "ecs", "task-definition/", "task definition", _FAMILY)
    cluster = _cluster(given, name, found.pop("Cluster", None))
    if given.declared and "NetworkConfiguration" not in found:
        found["NetworkConfiguration"] = _network(name)
    parameters: dict[str, Value] = {"Cluster": cluster, "TaskDefinition": task, **found}
    what = f"the ARNs of the task role and the execution role of {name}, by commas"
    runs = leave(_revisions(task), cluster, what)
    return task_call(
        parameters,
        runs,
        _same_family(task),
        _start(parameters, cluster, task, found, runs),
        given.notes,
        declared=given.declared,
    )


def leave(task: Value, cluster: Value, roles: str) -> tuple[Allowed, ...]:
    """Give the leave to run a task definition on a cluster; `roles` says which those are that its task gets."""
    passed = Asked("TaskRoles", roles, ROLES, many=True)
    return (
        Allowed(("ecs:RunTask",), (task,), {"ArnEquals": {"ecs:cluster": cluster}}),
        Allowed(("iam:PassRole",), (passed,), {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}),
    )


def task_call(
    parameters: Mapping[str, Value],
    runs: tuple[Allowed, ...],
    family: tuple[Value, ...],
    start: Start | None = None,
    notes: tuple[str, ...] = (),
    *,
    declared: bool = True,
) -> Call:
    """Make the call that runs a task; `family` are the task definitions whose failed runs are told."""
    cluster = parameters["Cluster"]
    ends = ("ecs:StopTask", "ecs:DescribeTasks")
    follows = Allowed(ends, (own_arn("ecs", "task/*"),), {"ArnEquals": {"ecs:cluster": cluster}})
    return integrated(
        "ecs",
        "runTask",
        parameters,
        runs,
        (follows, rule_of("StepFunctionsGetEventsForECSTaskRule")),
        failures=events(
            "ecs",
            "ECS Task State Change",
            clusterArn=(cluster,),
            taskDefinitionArn=family,
            lastStatus=("STOPPED",),
            containers={"exitCode": ({"anything-but": (0,)},)},
        ),
        notes=(*notes, "ECS may have no room for the task; Scheduler takes that for a start that was made."),
        declared=declared,
        start=start,
    )


def _cluster(given: Given, name: str, text: Value) -> str | Joined | Asked:
    if isinstance(text, str):
        return named_arn(text, "ecs", "cluster/", "cluster", _CLUSTER)
    if given.declared:
        return Asked("Cluster", f"the ARN of the ECS cluster that runs {name}", CLUSTER_ARN)
    return own_arn("ecs", "cluster/default")  # the CLI's own choice (API reference, «RunTask»)


def _network(name: str) -> Mapping[str, Value]:
    subnets = Asked("Subnets", f"the subnets that {name} runs in, by commas", SUBNET, many=True)
    groups = Asked("SecurityGroups", f"the security groups of {name}, by commas", GROUP, many=True)
    return {"AwsvpcConfiguration": {"Subnets": subnets, "SecurityGroups": groups}}


def _revisions(task: str | Joined) -> Value:
    """Give the ARN of the revision that runs, or of every one where the newest does."""
    last = task if isinstance(task, str) else str(task.pieces[-1])
    if last.rpartition(":")[2].isdigit():
        return task
    return f"{task}:*" if isinstance(task, str) else Joined((*task.pieces, ":*"))


def _same_family(task: str | Joined) -> tuple[Value, ...]:
    last = task if isinstance(task, str) else str(task.pieces[-1])
    if last.rpartition(":")[2].isdigit():
        return (task,)
    prefix = f"{task}:" if isinstance(task, str) else Joined((*task.pieces, ":"))
    return ({"prefix": prefix},)


def _start(
    parameters: Mapping[str, Value],
    cluster: str | Joined | Asked,
    task: Value,
    found: Mapping[str, Value],
    runs: tuple[Allowed, ...],
) -> Start:
    if not found.keys() <= _TEMPLATED.keys():
        return universal("ecs", "runTask", parameters, *runs)
    more = {_TEMPLATED[member]: value for member, value in found.items()}
    return Start(cluster, runs, more={"EcsParameters": {"TaskDefinitionArn": task} | more})
