"""`aws sqs send-message`: a message to a queue."""

from __future__ import annotations

import re

from migrator.artifacts.calls.call import Allowed, Call, Start, State, universal
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import ARN, checked
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Joined, Own, Value, acts, free_text, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "queue-url": Option("QueueUrl"),
    "message-body": Option("MessageBody"),
    "delay-seconds": Option("DelaySeconds", Kind.NUMBER),
    "message-attributes": Option("MessageAttributes", Kind.NAMED),
    "message-deduplication-id": Option("MessageDeduplicationId"),
    "message-group-id": Option("MessageGroupId"),
}
_QUEUE = r"[A-Za-z0-9_-]{1,75}(\.fifo)?"
_URL = re.compile(rf"https://sqs\.([a-z0-9-]+)\.(amazonaws\.com(?:\.cn)?)/([0-9]{{12}})/({_QUEUE})")


def call(given: Given) -> Call:
    """Read a message; raise CannotBeSaidError."""
    found = members(given, OPTIONS)
    name = given.name or found.pop("QueueUrl", None)
    if not isinstance(name, str) or given.operands:
        msg = "it names no queue, or more than a queue"
        raise CannotBeSaidError(msg)
    url, queue = _queue(name)
    if "MessageBody" not in found:
        if not given.declared:
            msg = "it has no message"
            raise CannotBeSaidError(msg)
        found["MessageBody"] = free_text("Message", f"what the message to {name} says; no file says it")
    parameters: dict[str, Value] = {"QueueUrl": url, **found}
    allowed = Allowed(("sqs:SendMessage",), (queue,))
    state = State("arn:aws:states:::sqs:sendMessage", parameters, (allowed,))
    body = found["MessageBody"]
    # Scheduler's own target has no attributes, and takes the text as it stands in the template.
    if isinstance(body, str) and not acts(body) and found.keys() <= {"MessageBody", "MessageGroupId"}:
        group = found.get("MessageGroupId")
        more = {"SqsParameters": {"MessageGroupId": group}} if group else {}
        start = Start(queue, (allowed,), text=body, more=more)
    else:
        start = universal("sqs", "sendMessage", parameters, allowed)
    return Call("sqs", "sendMessage", parameters, state, state, start, given.notes, declared=given.declared)


def _queue(name: str) -> tuple[str | Joined, str | Joined]:
    """Give a queue's address and its ARN, from an address, an ARN or a name."""
    if match := _URL.fullmatch(name):
        partition = "aws-cn" if match[2].endswith(".cn") else "aws-us-gov" if "-gov-" in match[1] else "aws"
        return name, f"arn:{partition}:sqs:{match[1]}:{match[3]}:{match[4]}"
    if name.startswith("arn:"):
        arn = checked(name, "queue", ARN.format(service="sqs", resource=_QUEUE))
        _, partition, _, region, account, queue = arn.split(":")
        suffix = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
        return f"https://sqs.{region}.{suffix}/{account}/{queue}", arn
    queue = checked(name, "queue", _QUEUE)
    address = Joined(("https://sqs.", Own.REGION, ".", Own.SUFFIX, "/", Own.ACCOUNT, f"/{queue}"))
    return address, own_arn("sqs", queue)
