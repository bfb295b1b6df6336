"""`aws lambda invoke`: the function answers a state machine; EventBridge Scheduler does not wait for it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from migrator.artifacts.calls.call import Allowed, Call, Metric, Start, State
from migrator.artifacts.calls.given import Given, leaves_answer
from migrator.artifacts.calls.names import named_arn
from migrator.artifacts.calls.options import Option, json_value, members, others
from migrator.artifacts.calls.values import Joined, Value
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "function-name": Option("FunctionName"),
    "invocation-type": Option("InvocationType"),
    "qualifier": Option("Qualifier"),
}
_SPARE = frozenset({"payload", "log-type"})
_FUNCTION = r"[A-Za-z0-9_-]{1,140}(:[A-Za-z0-9$_-]{1,128})?"
_ASKS_AGAIN = (
    "Scheduler does not wait for the function. One that fails is called twice more by Lambda, unless its own setting "
    "says otherwise (MaximumRetryAttempts of its asynchronous calls); no cron does that."
)


def call(given: Given, read: frozenset[str] = frozenset()) -> Call:
    """Read an invocation; raise CannotBeSaidError."""
    notes = [*given.notes, *_answers(given, read)]
    if given.options.get("log-type", "None") != "None" and not given.declared:
        notes.append("The end of the function's log is not printed; CloudWatch Logs has it.")
    found = members(given, OPTIONS, _SPARE | others(given, OPTIONS, _SPARE).keys())
    name = given.name or found.pop("FunctionName", None)
    if not isinstance(name, str):
        msg = "it names no function"
        raise CannotBeSaidError(msg)
    kind = found.get("InvocationType", "RequestResponse")
    if kind not in {"RequestResponse", "Event"}:
        msg = "it asks whether the function could be called, and does not call it"
        raise CannotBeSaidError(msg)
    function = _arn(name, found.get("Qualifier"))
    payload = _payload(given)
    parameters: dict[str, Value] = {"FunctionName": function, "InvocationType": kind, "Payload": payload}
    allowed = Allowed(("lambda:InvokeFunction",), (function,))
    if kind != "Event":
        notes.append(_ASKS_AGAIN)
    state = State("arn:aws:states:::lambda:invoke", parameters, (allowed,))
    start = Start(function, (allowed,), sent=payload)
    # Alarms know functions by name: one of another account has none here.
    counted = (
        None if name.startswith("arn:") else Metric("AWS/Lambda", "Errors", "FunctionName", name.partition(":")[0])
    )
    return Call(
        "lambda",
        "invoke",
        parameters,
        state,
        state,
        start,
        tuple(notes),
        declared=given.declared,
        counted=counted,
    )


def _arn(name: str, qualifier: Value) -> str | Joined:
    if isinstance(qualifier, str):
        name = f"{name}:{qualifier}"
    return named_arn(name, "lambda", "function:", "function", _FUNCTION)


def _answers(given: Given, read: frozenset[str]) -> list[str]:
    if given.declared:
        return []
    if len(given.operands) != 1:
        msg = "it names no file for the function's answer, or more than that"
        raise CannotBeSaidError(msg)
    return leaves_answer(given.operands[0], read)


def _payload(given: Given) -> Any:
    """Read what the function gets: JSON, an empty object where nothing is said (Lambda API reference, «Invoke»)."""
    more = others(given, OPTIONS, _SPARE)
    text = given.options.get("payload")
    if text is None:
        return more
    if more:
        msg = "it has a payload, and arguments beside it"
        raise CannotBeSaidError(msg)
    found = _read_payload(given, text)
    if found is None:
        msg = "its payload is null, which Scheduler has no Input for"
        raise CannotBeSaidError(msg)
    return found


def _read_payload(given: Given, text: str) -> Any:
    if given.declared or given.raw == "raw-in-base64-out" or text.lstrip().startswith(("{", "[", '"')):
        # The second version of the CLI takes no JSON without that option, the first one takes it as it is.
        return json_value(text, "payload")
    if given.raw == "base64":
        try:
            return json_value(base64.b64decode(text, validate=True).decode(), "payload")
        except (binascii.Error, UnicodeDecodeError) as error:
            msg = "its payload is no JSON in base64"
            raise CannotBeSaidError(msg) from error
    msg = "versions of the CLI differ on whether its payload is base64"
    raise CannotBeSaidError(msg)
