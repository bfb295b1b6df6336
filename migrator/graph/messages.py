"""Queues and topics: who sends and who takes.

Names are those of the calls (AWS CLI reference: sqs, sns, kinesis; the consoles of Kafka, RabbitMQ and Redis). A
queue's URL or ARN ends in its name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.commands.facts import CommandFacts
from migrator.model import Mode, Origin, Resource, ResourceKind, ServiceCall

_SENDS = frozenset(
    {
        ("sqs", "send-message"),
        ("sqs", "send-message-batch"),
        ("sns", "publish"),
        ("kinesis", "put-record"),
        ("kinesis", "put-records"),
    }
)
_TAKES = frozenset({("sqs", "receive-message"), ("kinesis", "get-records")})
_NAME = r"[= ]\s*[\"']?([\w./:@-]+)"
_TEXTS = (
    (Mode.READ, re.compile(r"\baws\b[^|;&]*\bsqs\s+receive-message\b[^|;&]*--queue-url" + _NAME)),
    (Mode.WRITE, re.compile(r"\bkafka-console-producer(?:\.sh)?\b[^|;&]*--topic" + _NAME)),
    (Mode.READ, re.compile(r"\bkafka-console-consumer(?:\.sh)?\b[^|;&]*--topic" + _NAME)),
    (Mode.WRITE, re.compile(r"\brabbitmqadmin\b[^|;&]*\bpublish\b[^|;&]*\brouting_key" + _NAME)),
    (Mode.READ, re.compile(r"\brabbitmqadmin\b[^|;&]*\bget\b[^|;&]*\bqueue" + _NAME)),
    (Mode.WRITE, re.compile(r"\bredis-cli\b[^|;&]*\b[lr]push" + _NAME, re.IGNORECASE)),
    (Mode.READ, re.compile(r"\bredis-cli\b[^|;&]*\bb?[lr]pop" + _NAME, re.IGNORECASE)),
)
_WORTH = re.compile(r"sqs|kafka-console|rabbitmqadmin|redis-cli")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Message:
    """A sending (`WRITE`) or a taking (`READ`), in which step (-1: none), and where it stands."""

    queue: Resource
    mode: Mode
    step: int
    origin: Origin
    text: str


def messages(facts: CommandFacts) -> Iterator[Message]:
    """Give what a job sends and takes, where the name of the queue is known."""
    for index, step in enumerate(facts.steps):
        if step.call is not None:
            yield from _called(step.call, index, step.origin, step.text)
        text = step.text[:_LONGEST]
        if _WORTH.search(text):
            for mode, pattern in _TEXTS:
                if found := pattern.search(text):
                    yield Message(_queue(found[1]), mode, index, step.origin, step.text)
    for call in facts.services:
        if call.origin is not None:
            yield from _called(call, -1, call.origin, call.text)


def _called(call: ServiceCall, step: int, origin: Origin, text: str) -> Iterator[Message]:
    # boto3 writes its actions with `_`.
    named = call.service, call.action.replace("_", "-")
    mode = Mode.WRITE if named in _SENDS else Mode.READ if named in _TAKES else None
    if mode is not None and call.name and "*" not in call.name and "$" not in call.name:
        yield Message(_queue(call.name), mode, step, origin, text)


def _queue(name: str) -> Resource:
    return Resource(ResourceKind.QUEUE, re.split("[/:]", name.rstrip("/:"))[-1])
