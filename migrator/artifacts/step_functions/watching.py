"""A wait for an object that needs no host: the machine asks the bucket, as often and as long as the command did.

`aws s3 ls` succeeds where any name begins so; ListObjectsV2 counts such names (S3 API reference). A question that is
refused counts as one that failed: after its retries the wait has failed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from migrator.artifacts.parts.cloudformation import Json, joined, ref
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.run_command import CALL_SECONDS
from migrator.artifacts.step_functions.scope import CAUGHT, Scope, Ways
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart

EVENTS_A_LOOK = 11  # a call, a Choice, a Pass and a Wait: five and three times two
_MOST_LOOKS = 1000  # of 25,000 events; where nothing limits the wait, and as the most that a limit may come to
_OTHER_CALLER = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE")


@dataclass(frozen=True, slots=True)
class Watch:
    """What a bucket is asked for, every so many seconds, so many times; `endless` where the command sets no end."""

    bucket: str
    prefix: str
    every: int
    looks: int
    endless: bool

    @classmethod
    def of(cls, task: TaskPart, job: JobPart) -> Self:
        """Take a task that waits; raise CannotBeSaidError where only its host can look."""
        wait = task.waits_for
        if wait is None or wait.listing is None or wait.every is None:
            raise CannotBeSaidError("it waits for nothing" if wait is None else wait.why)
        if wait.listing.ending:
            msg = "a machine cannot ask for the ending of a name"
            raise CannotBeSaidError(msg)
        _check_job(job)
        looks = _MOST_LOOKS if wait.timeout is None else max(1, wait.timeout // wait.every)
        if looks > _MOST_LOOKS:
            msg = f"it looks more than {_MOST_LOOKS} times, for which the history of a run has no room"
            raise CannotBeSaidError(msg)
        return cls(wait.listing.bucket, wait.listing.prefix, wait.every, looks, wait.timeout is None)

    @property
    def seconds(self) -> int:
        """Give the longest that it takes."""
        return self.looks * (self.every + CALL_SECONDS)

    @property
    def allowed(self) -> Json:
        """Give the leave that it needs: to list this bucket by this prefix alone."""
        return {
            "Effect": "Allow",
            "Action": ["s3:ListBucket"],
            "Resource": [joined(["arn:", ref("AWS::Partition"), f":s3:::{self.bucket}"])],
            "Condition": {"StringEquals": {"s3:prefix": self.prefix}},
        }


def _check_job(job: JobPart) -> None:
    if job.replicas:
        msg = "it is waited for by each of several hosts"
        raise CannotBeSaidError(msg)
    if any(setting.name in _OTHER_CALLER for setting in job.settings):
        msg = "it is asked for as a profile of the host's, or at another address"
        raise CannotBeSaidError(msg)


def watches(tasks: Collection[TaskPart], job: JobPart) -> dict[str, Watch]:
    """Give the waits among tasks that need no host."""
    found: dict[str, Watch] = {}
    for task in tasks:
        try:
            found[task.name] = Watch.of(task, job)
        except CannotBeSaidError:
            continue  # its command looks on the host
    return found


def watch(scope: Scope, label: str, watched: Watch, ways: Ways) -> str:
    """Add the states of a wait; give the name of the first."""
    give = scope.names.give
    begin, look, judge = give(f"Begin to look for {label}"), give(f"Look for {label}"), give(f"Is it there for {label}")
    count, wait = give(f"Count looks for {label}"), give(f"Wait before looking for {label}")
    there: Json = {"Variable": "$.Seen.KeyCount", "NumericGreaterThan": 0, "Next": ways.ok}
    last: Json = {"Variable": "$.Looks.Left", "NumericLessThanEquals": 1, "Next": ways.bad}
    scope.add(judge, {"Type": "Choice", "Choices": [there, last], "Default": count})
    left: Json = {"Left.$": "States.MathAdd($.Looks.Left, -1)"}
    scope.add(count, {"Type": "Pass", "Parameters": left, "ResultPath": "$.Looks", "Next": wait})
    scope.add(wait, {"Type": "Wait", "Seconds": watched.every, "Next": look})
    scope.add(
        look,
        {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2",
            "Parameters": {"Bucket": watched.bucket, "Prefix": watched.prefix, "MaxKeys": 1},
            "ResultSelector": {"KeyCount.$": "$.KeyCount"},
            "ResultPath": "$.Seen",
            "TimeoutSeconds": CALL_SECONDS,
            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 6, "BackoffRate": 2.0}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.bad}],
            "Next": judge,
        },
    )
    return scope.add(begin, {"Type": "Pass", "Result": {"Left": watched.looks}, "ResultPath": "$.Looks", "Next": look})
