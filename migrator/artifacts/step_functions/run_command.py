"""A command on a host: it is sent, then looked at every 30 seconds until it has ended.

Systems Manager has no `.sync` integration (developer guide of Step Functions, «Integrating optimized services»). Right
after it was sent a command may not be known yet; the error for that is seen with and without `Exception` at its end.
A command that could not be sent did not run: for the shell that is a failed command (126, 127). What becomes of one
that was sent and can no longer be looked at is not known: then nothing after it may run.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrator.artifacts.parts.cloudformation import Json
from migrator.artifacts.step_functions.scope import CAUGHT, DROPPED, Scope, State, Ways

LOOK_SECONDS = 30
CALL_SECONDS = 60  # the most that one call of an API may take
FAILED = "CommandFailed"
_UNKNOWN_YET = ["Ssm.InvocationDoesNotExist", "Ssm.InvocationDoesNotExistException"]
_RUNNING = ("Pending", "InProgress", "Delayed", "Cancelling")
_API = "arn:aws:states:::aws-sdk:ssm:"


@dataclass(frozen=True, slots=True)
class Command:
    """What is sent, who it is sent to, and how often again after a failure.

    `send` are the parameters of SendCommand; `instance` is the only host's, as the parameter of GetCommandInvocation
    that names it, None where there are several. `elsewhere` is an exit status and the state that it goes on to.
    """

    label: str
    send: dict[str, Json]
    instance: dict[str, Json] | None
    retries: int = 0
    retry_seconds: int = 1
    elsewhere: tuple[int, str] | None = None


def run_command(scope: Scope, command: Command, ways: Ways) -> str:
    """Add the states that run a command; give the name of the first."""
    if not command.retries:
        return _once(scope, command, ways)
    name = scope.names.give(f"Try {command.label}")
    inside = scope.inner()
    done = inside.add(scope.names.give(f"{command.label} worked"), {"Type": "Succeed"})
    failed = inside.add(
        scope.names.give(f"{command.label} did not work"),
        {"Type": "Fail", "Error": FAILED, "Cause": "the command failed on its host"},
    )
    lost = inside.add(scope.names.give(f"{command.label} is lost"), lost_state(command.label))
    attempt = inside.closed(_once(inside, command, Ways(done, failed, lost)))
    return scope.add(
        name,
        {
            "Type": "Parallel",
            "Branches": [attempt],
            **DROPPED,
            "Retry": [
                {
                    "ErrorEquals": [FAILED],
                    "IntervalSeconds": max(1, command.retry_seconds),
                    "MaxAttempts": command.retries,
                    "BackoffRate": 1.0,
                }
            ],
            "Catch": [
                {"ErrorEquals": [FAILED], "ResultPath": CAUGHT, "Next": ways.bad},
                {"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.lost},
            ],
            "Next": ways.ok,
        },
    )


def lost_state(label: str) -> State:
    """End a machine or a branch whose command can no longer be looked at."""
    return {
        "Type": "Fail",
        "Error": "LostSight",
        "Cause": f"{label} was sent, and what became of it is not known: see Run Command before it is started again",
    }


def _once(scope: Scope, command: Command, ways: Ways) -> str:
    give, label = scope.names.give, command.label
    send, wait = give(f"Start {label}"), give(f"Wait for {label}")
    look, judge = give(f"Look at {label}"), give(f"Judge {label}")
    scope.add(judge, _judge(command, wait, ways))
    scope.add(look, _look(command, judge, ways))
    scope.add(wait, {"Type": "Wait", "Seconds": LOOK_SECONDS, "Next": look})
    return scope.add(
        send,
        {
            "Type": "Task",
            "Resource": f"{_API}sendCommand",
            "Parameters": command.send,
            "ResultSelector": {"CommandId.$": "$.Command.CommandId"},
            "ResultPath": "$.Sent",
            "TimeoutSeconds": CALL_SECONDS,
            "Catch": [
                {"ErrorEquals": ["States.Timeout"], "ResultPath": CAUGHT, "Next": ways.lost},
                {"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.bad},
            ],
            "Next": wait,
        },
    )


def _look(command: Command, judge: str, ways: Ways) -> State:
    one = command.instance is not None
    seen = ("Status", "ResponseCode") if one else ("Status", "TargetCount", "ErrorCount", "DeliveryTimedOutCount")
    return {
        "Type": "Task",
        "Resource": _API + ("getCommandInvocation" if one else "listCommands"),
        "Parameters": {"CommandId.$": "$.Sent.CommandId", **(command.instance or {})},
        # The list may still be empty right after the command was sent: an intrinsic that fails is tried again.
        "ResultSelector": {
            f"{field}.$": f"$.{field}" if one else f"States.ArrayGetItem($.Commands[*].{field}, 0)" for field in seen
        },
        "ResultPath": "$.Seen",
        "TimeoutSeconds": CALL_SECONDS,
        "Retry": [
            {"ErrorEquals": list(_UNKNOWN_YET), "IntervalSeconds": 5, "MaxAttempts": 6, "BackoffRate": 1.0},
            {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 5, "MaxAttempts": 6, "BackoffRate": 2.0},
        ],
        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.lost}],
        "Next": judge,
    }


def _judge(command: Command, wait: str, ways: Ways) -> State:
    running: Json = [{"Variable": "$.Seen.Status", "StringEquals": status} for status in _RUNNING]
    success: dict[str, Json] = {"Variable": "$.Seen.Status", "StringEquals": "Success"}
    if command.instance is None:
        # With MaxErrors of 100 % a command is a success whatever its hosts made of it (user guide, «Command statuses»).
        none_failed: list[Json] = [
            {"Variable": "$.Seen.ErrorCount", "NumericEquals": 0},
            {"Variable": "$.Seen.DeliveryTimedOutCount", "NumericEquals": 0},
            {"Variable": "$.Seen.TargetCount", "NumericGreaterThan": 0},
        ]
        success = {"And": [success, *none_failed]}
    choices: list[Json] = [success | {"Next": ways.ok}, {"Or": running, "Next": wait}]
    if command.elsewhere is not None:
        status, state = command.elsewhere
        failed: Json = {"Variable": "$.Seen.Status", "StringEquals": "Failed"}
        ended: Json = {"Variable": "$.Seen.ResponseCode", "NumericEquals": status}
        choices.append({"And": [failed, ended], "Next": state})
    return {"Type": "Choice", "Choices": choices, "Default": ways.bad}
