"""What a target does of itself, and why a command stays on its host though the settings ask for other compute."""

from __future__ import annotations

import json
from collections.abc import Sequence, Sized
from typing import Protocol

from migrator.model import AIRFLOWS, Job, Target
from migrator.redaction.marks import MARK
from migrator.sources.items import Format
from migrator.workflows.types import Task
from migrator.workflows.watching import is_watched, sought

_LONGEST = 8_000  # characters of an override, which has 8,192 with the names in it (ECS API, «TaskOverride»)
_LAMBDA = (
    "a function of Lambda runs no command: what it does must be written as a function of yours, and the manifest "
    "then calls that (`call: {service: lambda, name: ...}`)"
)
_LEFT_OUT = frozenset({"SHELL", "LOGNAME", "USER"})


class Said(Protocol):
    """A settings line."""

    @property
    def name(self) -> str:
        """Give what it sets."""

    @property
    def value(self) -> str:
        """Give what to."""


class Handed(Protocol):
    """What cron hands to the shell for a job."""

    @property
    def shell(self) -> str:
        """Give the shell."""

    @property
    def stdin(self) -> str | None:
        """Give what follows the first `%`."""

    @property
    def replicas(self) -> Sized:
        """Give the other hosts that run it."""

    @property
    def settings(self) -> Sequence[Said]:
        """Give the settings lines in force."""


def variables(job: Handed) -> dict[str, str]:
    """Give the variables that go to a container with the command."""
    return {one.name: one.value for one in job.settings if one.name not in _LEFT_OUT}


def why_on_host(job: Handed, command: str, compute: str, inexact: str | None) -> str | None:
    """Say why a container cannot run a command as its host does; None where it can."""
    if compute == "lambda":
        return _LAMBDA
    if job.replicas:
        return f"each of {1 + len(job.replicas)} hosts runs it"
    if job.stdin or inexact:
        return inexact or "a container gets no standard input"
    texts = (command, job.shell, *(text for one in job.settings for text in (one.name, one.value)))
    if any(MARK.search(text) for text in texts):
        return "a secret stands in it, and an override can be read by whoever may see the task"
    if any("{{" in text or "<aws.scheduler." in text for text in texts):
        return "it holds braces or a name that CloudFormation or Scheduler acts on"
    if compute == "batch" and any("Ref::" in text for text in texts):
        return "it holds Ref::, which AWS Batch acts on"
    given = [{"Name": name, "Value": value} for name, value in variables(job).items()]
    if len(json.dumps([(job.shell, "-c", command), given])) > _LONGEST:
        return f"with its settings it is longer than an override may be ({_LONGEST:,} characters)"
    return None


def does_itself(task: Task, target: Target) -> bool:
    """Say whether a target does what a task does without a host: makes its call, or looks for its object."""
    if task.wait is None:
        return task.call is not None
    if target is Target.STEP_FUNCTIONS:
        return is_watched(task)
    return target in AIRFLOWS and not isinstance(sought(task), str)


def inexact(job: Job) -> str | None:
    """Say why no file can hold the texts that cron hands over for a job; None where one can."""
    texts = [job.command, job.stdin or "", job.shell, *(text for s in job.settings for text in (s.name, s.value))]
    together = "".join(texts)
    if "\0" in together:
        return "it holds a NUL, which no argument of a program can hold"
    if not together.isascii() and any("\ud800" <= character <= "\udfff" for character in together):
        return "it holds bytes that are not UTF-8, which no file of AWS or Airflow can hold"
    if job.source == Format.PERIODIC and job.command == job.text:
        return (
            "run-parts starts it as a program, and how is not known: whatever keeps run-parts from it "
            "(`chmod a-x`) keeps a target from it too; move it to another folder first"
        )
    return None
