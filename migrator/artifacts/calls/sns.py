"""`aws sns publish`: a message to a topic."""

from __future__ import annotations

from migrator.artifacts.calls.call import Allowed, Call, Start, State, universal
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import named_arn
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Value, acts, free_text
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "topic-arn": Option("TopicArn"),
    "target-arn": Option("TargetArn"),
    "message": Option("Message"),
    "subject": Option("Subject"),
    "message-structure": Option("MessageStructure"),
    "message-attributes": Option("MessageAttributes", Kind.NAMED),
    "message-deduplication-id": Option("MessageDeduplicationId"),
    "message-group-id": Option("MessageGroupId"),
}
_TOPIC = r"[A-Za-z0-9_-]{1,251}(\.fifo)?"


def call(given: Given) -> Call:
    """Read a message; raise CannotBeSaidError."""
    found = members(given, OPTIONS)
    name = given.name or found.pop("TopicArn", None) or found.pop("TargetArn", None)
    if not isinstance(name, str) or given.operands or "TargetArn" in found:
        msg = "it names no topic, or more than a topic"
        raise CannotBeSaidError(msg)
    topic = named_arn(name, "sns", "", "topic", _TOPIC)
    if "Message" not in found:
        if not given.declared:
            msg = "it has no message"
            raise CannotBeSaidError(msg)
        found["Message"] = free_text("Message", f"what the message to {name} says; no file says it")
    parameters: dict[str, Value] = {"TopicArn": topic, **found}
    allowed = Allowed(("sns:Publish",), (topic,))
    state = State("arn:aws:states:::sns:publish", parameters, (allowed,))
    message = found["Message"]
    plain = found.keys() == {"Message"} and isinstance(message, str) and not acts(message)
    start = (
        Start(topic, (allowed,), text=message)
        if plain and isinstance(message, str)
        else universal("sns", "publish", parameters, allowed)
    )
    return Call("sns", "publish", parameters, state, state, start, given.notes, declared=given.declared)
