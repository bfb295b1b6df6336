"""The schedules of a job (API reference of EventBridge Scheduler, «CreateSchedule»), written DISABLED."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.artifacts.eventbridge.base import imported
from migrator.artifacts.eventbridge.document import MOMENT
from migrator.artifacts.eventbridge.parameters import TAG, Parameters
from migrator.artifacts.parts.cloudformation import Json, attribute, json_text, ref
from migrator.plan.jobs import FormPart, JobPart
from migrator.plan.names import job_key

SEND_COMMAND = "arn:aws:scheduler:::aws-sdk:ssm:sendCommand"
ROLE = "SchedulerRole"
_OFTEN = 43_200 / 5  # runs a month of a job that starts every five minutes
_LONGEST_WINDOW = 1440  # minutes of a FlexibleTimeWindow


@dataclass(frozen=True, slots=True)
class _Delivery:
    """How long a start that does not get through is tried again; cron would never make it up."""

    attempts: int
    age: int


def schedules(
    job: JobPart, form: FormPart, document: str, parameters: Parameters, *, guarded: bool
) -> Iterator[tuple[str, Json]]:
    """Give each schedule of a job with the ending of its logical id."""
    for number, expression in enumerate(form.expressions, start=1):
        ending = f"{number}" if len(form.expressions) > 1 else ""
        properties: dict[str, Json] = {
            "Name": job_key(job.id) + (f"-{number}" if ending else ""),
            "GroupName": imported("Group"),
            "State": "DISABLED",
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": parameters.zone(form.timezone),
            "FlexibleTimeWindow": _window(job.schedule.random_minutes),
            "Target": _target(job, document, parameters, guarded=guarded),
        }
        yield (
            ending,
            {
                "Type": "AWS::Scheduler::Schedule",
                "Metadata": {"Job": job_key(job.id)},
                "DependsOn": f"{ROLE}Policy",
                "Properties": properties,
            },
        )


def _window(minutes: int) -> Json:
    if not minutes:
        return {"Mode": "OFF"}
    return {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": min(minutes, _LONGEST_WINDOW)}


def _target(job: JobPart, document: str, parameters: Parameters, *, guarded: bool) -> Json:
    delivery = _delivery(job)
    return {
        "Arn": SEND_COMMAND,
        "RoleArn": attribute(ROLE, "Arn"),
        "Input": json_text(_send_command(document, parameters, delivery, guarded=guarded)),
        "RetryPolicy": {"MaximumRetryAttempts": delivery.attempts, "MaximumEventAgeInSeconds": delivery.age},
        "DeadLetterConfig": {"Arn": imported("QueueArn")},
    }


def _delivery(job: JobPart) -> _Delivery:
    often = (job.schedule.runs_per_month or 0) > _OFTEN
    return _Delivery(0, 60) if often else _Delivery(2, 300)


def _send_command(document: str, parameters: Parameters, delivery: _Delivery, *, guarded: bool) -> Json:
    sent: dict[str, Json] = {"DocumentName": ref(document)}
    if parameters.by_tag:
        sent["Targets"] = [{"Key": f"tag:{TAG}", "Values": [parameters.tag()]}]
    else:
        sent["InstanceIds"] = parameters.instances()
    if len(parameters.hosts) > 1:
        # Each host's cron knows nothing of the others: all at once, whatever fails elsewhere.
        sent |= {"MaxConcurrency": "100%", "MaxErrors": "100%"}
    if guarded:
        sent["Parameters"] = {MOMENT: ["<aws.scheduler.scheduled-time>"]}
    return sent | {"TimeoutSeconds": delivery.age}
