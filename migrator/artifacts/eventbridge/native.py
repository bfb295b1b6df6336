"""Jobs that are one cloud call: Scheduler makes it itself, without their host."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from migrator.artifacts.calls import Call, native, rendered, statements
from migrator.artifacts.calls.rendering import Asking
from migrator.artifacts.parts.base import imported
from migrator.artifacts.parts.cloudformation import Json, joined, json_text, ref
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.permissions import scheduler_role
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import FormPart, JobPart
from migrator.plan.names import job_key

_LARGEST = 200_000  # characters; an Input has at most 256 KB


def native_call(job: JobPart, form: FormPart, tasks: Sequence[TaskPart], read: Collection[str]) -> Call:
    """Give the call that a job is; raise CannotBeSaidError where it is more, or is made on its host alone."""
    if len(tasks) != 1 or len(tasks[0].steps) > 1 or tasks[0].wait is not None:
        msg = "it does more than one call"
        raise CannotBeSaidError(msg)
    call = native(tasks[0], job, read)
    if job.replicas:
        msg = f"it is made by each of {1 + len(job.replicas)} hosts"
        raise CannotBeSaidError(msg)
    if form.guard_days is not None:
        msg = "no expression says its days, and Scheduler cannot ask for the day"
        raise CannotBeSaidError(msg)
    if job.stdin or job.inexact:
        msg = job.inexact or "it has a standard input"
        raise CannotBeSaidError(msg)
    if len(repr(call.start)) > _LARGEST:
        msg = "it sends more than an Input holds (256 KB)"
        raise CannotBeSaidError(msg)
    return call


def role_name(call: Call) -> str:
    """Name the role of all calls of a service."""
    return f"{call.service[:1].upper()}{call.service[1:]}CallsRole"


def target(call: Call, asking: Asking) -> dict[str, Json]:
    """Give the target of a call's schedule (API reference, «Target»)."""
    start = call.start
    found: dict[str, Json] = {"Arn": rendered(start.arn, asking)}
    if start.text is not None:
        found["Input"] = start.text
    elif start.sent is not None:
        found["Input"] = json_text(rendered(start.sent, asking, in_text=True))
    return found | {member: rendered(value, asking) for member, value in start.more.items()}


def roles(calls: Sequence[tuple[Call, Asking]]) -> dict[str, Json]:
    """Give a role for each service that is called, with leave for these calls alone."""
    found: dict[str, Json] = {}
    for name in sorted({role_name(call) for call, _ in calls}):
        mine = [(call, asking) for call, asking in calls if role_name(call) == name]
        allowed: list[Json] = [one for call, asking in mine for one in statements(call.start.allowed, asking)]
        managed = [asking(policy) for call, asking in mine for policy in call.start.policies]
        found |= scheduler_role(_once(allowed), name, managed)
    return found


def notice(job: JobPart, call: Call, asking: Asking) -> dict[str, Json]:
    """Tell the topic of runs that fail behind the call, by the ending of the resource's logical id."""
    if call.failures is not None:
        return {
            "Failed": {
                "Type": "AWS::Events::Rule",
                "Properties": {
                    "Description": "What a cron entry started has failed",
                    "EventPattern": rendered(call.failures, asking),
                    "Targets": [{"Id": "topic", "Arn": imported("TopicArn")}],
                },
            }
        }
    if call.counted is None:
        return {}
    metric = call.counted
    return {
        "Failed": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                # The topic takes alarms whose names begin so.
                "AlarmName": joined([ref("BaseStack"), f"-{job_key(job.id)}"]),
                "AlarmDescription": "What a cron entry started has failed",
                "Namespace": metric.namespace,
                "MetricName": metric.name,
                "Dimensions": [{"Name": metric.dimension, "Value": metric.value}],
                "Statistic": "Sum",
                "Period": 300,
                "EvaluationPeriods": 1,
                "Threshold": 0,
                "ComparisonOperator": "GreaterThanThreshold",
                "TreatMissingData": "notBreaching",
                "AlarmActions": [imported("TopicArn")],
            },
        }
    }


def _once(allowed: Sequence[Json]) -> list[Json]:
    return [one for place, one in enumerate(allowed) if one not in allowed[:place]]
