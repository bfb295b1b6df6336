"""Waits for an object as an `S3KeySensor`; whatever else is waited for stays a command on its host."""

from __future__ import annotations

from migrator.artifacts.airflow.operators import AMAZON, Operator
from migrator.artifacts.airflow.python_text import unrendered
from migrator.artifacts.calls import Allowed, Joined, Own
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.clusters import TaskPart

_WEEK = 604_800  # seconds: a wait without an end gets one


def sensor_of(task: TaskPart) -> Operator:
    """Give the sensor that waits for what a task waits for; raise CannotBeSaidError."""
    wait = task.waits_for
    if wait is None or wait.listing is None or wait.every is None:
        raise CannotBeSaidError("it waits for nothing" if wait is None else wait.why)
    asked = wait.listing
    note = "" if wait.timeout is not None else "The command waits without an end, the sensor a week."
    return Operator(
        f"{AMAZON}.sensors.s3",
        "S3KeySensor",
        (
            ("bucket_key", unrendered(f"s3://{asked.bucket}/{asked.prefix}*{asked.ending}")),
            ("wildcard_match", True),
            ("poke_interval", wait.every),
            ("timeout", wait.timeout if wait.timeout is not None else _WEEK),
            ("mode", "reschedule"),
        ),
        note,
        (Allowed(("s3:ListBucket",), (Joined(("arn:", Own.PARTITION, f":s3:::{asked.bucket}")),)),),
    )
