"""Schedules of EventBridge Scheduler (its API reference, «CreateSchedule»), written DISABLED."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.artifacts.parts.base import imported
from migrator.artifacts.parts.cloudformation import Json, attribute
from migrator.artifacts.parts.parameters import Parameters
from migrator.plan.jobs import FormPart

ROLE = "SchedulerRole"
SCHEDULED_TIME = "<aws.scheduler.scheduled-time>"
"""What Scheduler puts the moment that a start was due at in place of (user guide, «Adding context attributes»)."""

_OFTEN = 43_200 / 5  # runs a month of a job that starts every five minutes
_LONGEST_WINDOW = 1440  # minutes of a FlexibleTimeWindow


@dataclass(frozen=True, slots=True)
class Delivery:
    """How long a start that does not get through is tried again; cron would never make it up."""

    attempts: int
    age: int

    @classmethod
    def of(cls, runs_per_month: float | None) -> Delivery:
        """Choose it by how soon the next start is due."""
        return cls(0, 60) if (runs_per_month or 0) > _OFTEN else cls(2, 300)


@dataclass(frozen=True, slots=True)
class Started:
    """What schedules start: their common name, what their `Metadata` say of it, how many minutes may pass at random."""

    name: str
    metadata: dict[str, Json]
    random_minutes: int


def schedules(
    started: Started,
    form: FormPart,
    target: dict[str, Json],
    delivery: Delivery,
    parameters: Parameters,
    role: str = ROLE,
) -> Iterator[tuple[str, Json]]:
    """Give the schedule of each expression with the ending of its logical id.

    `target` has the target's `Arn`, its `Input` and members of its own such as `EcsParameters`.
    """
    for number, expression in enumerate(form.expressions, start=1):
        ending = f"{number}" if len(form.expressions) > 1 else ""
        properties: dict[str, Json] = {
            "Name": started.name + (f"-{number}" if ending else ""),
            "GroupName": imported("Group"),
            "State": "DISABLED",
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": parameters.zone(form.timezone),
            "FlexibleTimeWindow": _window(started.random_minutes),
            "Target": {
                "Arn": target["Arn"],
                "RoleArn": attribute(role, "Arn"),
                **{member: value for member, value in target.items() if member != "Arn"},
                "RetryPolicy": {"MaximumRetryAttempts": delivery.attempts, "MaximumEventAgeInSeconds": delivery.age},
                "DeadLetterConfig": {"Arn": imported("QueueArn")},
            },
        }
        yield (
            ending,
            {
                "Type": "AWS::Scheduler::Schedule",
                "Metadata": started.metadata,
                "DependsOn": f"{role}Policy",
                "Properties": properties,
            },
        )


def _window(minutes: int) -> Json:
    if not minutes:
        return {"Mode": "OFF"}
    return {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": min(minutes, _LONGEST_WINDOW)}
