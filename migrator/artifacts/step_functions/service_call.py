"""A cloud call without a host: an integration of Step Functions, or a call of the SDK that is polled until done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from migrator.artifacts.calls import Call, Poll, native, rendered
from migrator.artifacts.calls import State as Made
from migrator.artifacts.calls.command import command_call
from migrator.artifacts.calls.rendering import Asking
from migrator.artifacts.calls.values import Value, holds_null, texts_in
from migrator.artifacts.parts.cloudformation import Json
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.run_command import CALL_SECONDS, LOOK_SECONDS
from migrator.artifacts.step_functions.scope import CAUGHT, DROPPED, Scope, State, Ways
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart

LONGEST_JOB = 172_800  # seconds for what a service runs, where nothing limits it
_LONGEST_FUNCTION = 960  # seconds; Lambda ends an invocation after 900


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """What a task calls, as the machine makes it; `seconds` is the most that its state may take."""

    call: Call
    made: Made
    seconds: int

    @classmethod
    def of(cls, task: TaskPart, job: JobPart, read: Collection[str], *, followed: bool) -> ServiceCall:
        """Take a task that is one call; raise CannotBeSaidError where it is not, or can only be made by its host."""
        if job.replicas:
            msg = "it is made by each of several hosts"
            raise CannotBeSaidError(msg)
        return cls._of(native(task, job, read), task, followed=followed)

    @classmethod
    def elsewhere(cls, task: TaskPart, job: JobPart) -> ServiceCall:
        """Take a command that the settings want on other compute; raise CannotBeSaidError."""
        return cls._of(command_call(job, task.command or job.command, task.timeout), task, followed=False)

    @classmethod
    def _of(cls, call: Call, task: TaskPart, *, followed: bool) -> ServiceCall:
        made = call.state(followed=followed)
        # CloudFormation resolves `{{resolve:...}}` in a definition, and its own `${...}` are put into it.
        if any("{{" in text or "${" in text for text in texts_in((made.parameters, made.resource))):
            msg = "a text that it sends holds braces, which CloudFormation acts on"
            raise CannotBeSaidError(msg)
        if holds_null(made.parameters):
            msg = "it sends a null, which CloudFormation takes nowhere in a template"
            raise CannotBeSaidError(msg)
        if made.resource.endswith(".sync") or ".sync:" in made.resource or made.poll is not None:
            seconds = task.timeout or LONGEST_JOB
        else:
            seconds = _LONGEST_FUNCTION if call.service == "lambda" else CALL_SECONDS
        return cls(call, made, seconds)


def service_call(
    scope: Scope, label: str, called: ServiceCall, ways: Ways, asking: Asking, again: tuple[int, int]
) -> str:
    """Add the states of a call, made `again` so many times, so many seconds apart; give the name of the first."""
    made, poll = called.made, called.made.poll
    name = scope.names.give(f"Call {label}")
    retry: Json = [
        {
            "ErrorEquals": ["States.ALL"],
            "IntervalSeconds": max(1, again[1]),
            "MaxAttempts": again[0],
            "BackoffRate": 1.0,
        }
    ]
    state: State = {
        "Type": "Task",
        "Resource": made.resource,
        "Parameters": rendered(made.parameters, asking, in_text=True),
        **DROPPED,
        "TimeoutSeconds": CALL_SECONDS if poll is not None else called.seconds,
        **({"Retry": retry} if again[0] else {}),
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.bad}],
        "Next": ways.ok,
    }
    if poll is not None:
        kept = {key: path for key, path in poll.parameters.items() if key.endswith(".$")}
        state |= {"ResultSelector": _own(kept), "ResultPath": "$.Sent", "Next": _polled(scope, label, poll, ways)}
    return scope.add(name, state)


def _polled(scope: Scope, label: str, poll: Poll, ways: Ways) -> str:
    give = scope.names.give
    wait, look, judge = give(f"Wait for {label}"), give(f"Look at {label}"), give(f"Judge {label}")
    done: list[Json] = [{"Variable": "$.Seen.Status", "StringEquals": one} for one in sorted(poll.done)]
    failed: list[Json] = [{"Variable": "$.Seen.Status", "StringEquals": one} for one in sorted(poll.failed)]
    choices: Json = [{"Or": done, "Next": ways.ok}, {"Or": failed, "Next": ways.bad}]
    scope.add(judge, {"Type": "Choice", "Choices": choices, "Default": wait})
    scope.add(
        look,
        {
            "Type": "Task",
            "Resource": poll.resource,
            "Parameters": {key: f"$.Sent.{key[:-2]}" for key in poll.parameters if key.endswith(".$")},
            "ResultSelector": {"Status.$": f"$.{poll.status}"},
            "ResultPath": "$.Seen",
            "TimeoutSeconds": CALL_SECONDS,
            "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 6, "BackoffRate": 2.0}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.lost}],
            "Next": judge,
        },
    )
    return scope.add(wait, {"Type": "Wait", "Seconds": LOOK_SECONDS, "Next": look})


def _own(kept: Mapping[str, Value]) -> dict[str, Json]:
    return {key: path for key, path in kept.items() if isinstance(path, str)}
