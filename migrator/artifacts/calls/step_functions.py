"""`aws stepfunctions start-execution`: a run of another state machine."""

from __future__ import annotations

import json

from migrator.artifacts.calls.call import Allowed, Call, Start, events, integrated, rule_of
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import named_arn
from migrator.artifacts.calls.options import Option, json_value, members, others
from migrator.artifacts.calls.values import Joined, Value, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "state-machine-arn": Option("StateMachineArn"),
    "name": Option("Name"),
    "input": Option("Input"),
    "trace-header": Option("TraceHeader"),
}
_MACHINE = r"[A-Za-z0-9_-]{1,80}"


def call(given: Given) -> Call:
    """Read a start; raise CannotBeSaidError."""
    more = others(given, OPTIONS)
    found = members(given, OPTIONS, frozenset(more))
    name = given.name or found.pop("StateMachineArn", None)
    if not isinstance(name, str) or given.operands:
        msg = "it names no state machine, or more than that"
        raise CannotBeSaidError(msg)
    if more and "Input" in found:
        msg = "it has an input, and arguments beside it"
        raise CannotBeSaidError(msg)
    machine = named_arn(name, "states", "stateMachine:", "state machine", _MACHINE)
    text = found.pop("Input", None)
    sent = more if text is None else json_value(str(text), "input")
    if sent is None:
        msg = "its input is null, which Scheduler has no Input for"
        raise CannotBeSaidError(msg)
    starts = Allowed(("states:StartExecution",), (machine,))
    # Step Functions takes the input as JSON, the service itself as a text that holds JSON.
    parameters: dict[str, Value] = {"StateMachineArn": machine, "Input": json.dumps(sent), **found}
    nested: dict[str, Value] = {"StateMachineArn": machine, "Input": sent, **found}
    follows = Allowed(("states:DescribeExecution", "states:StopExecution"), (_executions(machine),))
    return integrated(
        "sfn",
        "startExecution",
        parameters,
        (starts,),
        (follows, rule_of("StepFunctionsGetEventsForStepFunctionsExecutionRule")),
        failures=events(
            "states",
            "Step Functions Execution Status Change",
            stateMachineArn=(machine,),
            status=("FAILED", "TIMED_OUT", "ABORTED"),
        ),
        notes=given.notes,
        declared=given.declared,
        start=None if found else Start(machine, (starts,), sent=sent),
        state="states:startExecution.sync:2",
        told=nested,
    )


def _executions(machine: str | Joined) -> Value:
    """Give the ARN of all runs of a machine."""
    if isinstance(machine, str):
        return machine.replace(":stateMachine:", ":execution:", 1) + ":*"
    name = str(machine.pieces[-1]).rpartition(":")[2]
    return own_arn("states", f"execution:{name}:*")
