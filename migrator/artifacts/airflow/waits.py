"""Waits for an object as an `S3KeySensor`; whatever else is waited for stays a command on its host."""

from __future__ import annotations

import re

from migrator.artifacts.airflow.operators import AMAZON, Operator
from migrator.artifacts.airflow.python_text import unrendered
from migrator.artifacts.calls import Allowed, Joined, Own
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.clusters import TaskPart

_WAIT = re.compile(r"object (?P<target>s3://[^ ]+) \((?P<seconds>\d+) s(?:, at most (?P<limit>\d+) s)?\)")
# `aws s3 ls` tells whether anything begins so; piped into grep, whether a name ends in a suffix.
_LISTED = re.compile(
    r"aws s3 ls (?:\"[^\"]*\"|'[^']*'|[^\s|;&<>]+)\s*(?:(?:[12]|&)?>\s*/dev/null\s*|2>&1\s*)*(?P<piped>\|[^;\n]*)?"
)
_SUFFIX = re.compile(
    r"\|\s*grep\s+-q[E]?\s+(?P<quote>['\"]?)(?:\\\.|\[\.\])(?P<ending>\w+)\$(?P=quote)\s*(?:2?>\s*/dev/null\s*)?"
)
_LITERAL = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[A-Za-z0-9!_.'()/=+@:,-]*)?")
_WEEK = 604_800  # seconds: a wait without an end gets one


def sensor_of(task: TaskPart) -> Operator:
    """Give the sensor that waits for what a task waits for; raise CannotBeSaidError."""
    found = _WAIT.fullmatch(task.wait or "")
    if found is None or not _LITERAL.fullmatch(found["target"]):
        msg = "it does not wait for an object whose name is known"
        raise CannotBeSaidError(msg)
    limit = found["limit"]
    note = "" if limit else "The command waits without an end, the sensor a week."
    return Operator(
        f"{AMAZON}.sensors.s3",
        "S3KeySensor",
        (
            ("bucket_key", unrendered(f"{found['target']}*{_ending(task.text)}")),
            ("wildcard_match", True),
            ("poke_interval", int(found["seconds"])),
            ("timeout", int(limit) if limit else _WEEK),
            ("mode", "reschedule"),
        ),
        note,
        (Allowed(("s3:ListBucket",), (_bucket(found["target"]),)),),
    )


def _bucket(target: str) -> Joined:
    return Joined(("arn:", Own.PARTITION, f":s3:::{target.removeprefix('s3://').partition('/')[0]}"))


def _ending(text: str) -> str:
    listed = list(_LISTED.finditer(text))
    if len(listed) != 1:
        msg = "it does not look for the object by one `aws s3 ls`"
        raise CannotBeSaidError(msg)
    piped = (listed[0]["piped"] or "").strip()
    if not piped:
        return ""
    suffix = _SUFFIX.fullmatch(piped)
    if suffix is None:
        msg = "it looks for more than the ending of a name"
        raise CannotBeSaidError(msg)
    return f".{suffix['ending']}"
