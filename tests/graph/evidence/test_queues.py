"""Queues and topics."""

from dataclasses import replace

import pytest

from migrator.graph import DependencyKind
from migrator.model import Origin, ServiceCall
from tests.graph.world import World, step

URL = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"


def world(*texts: str) -> World:
    """Make a job a text, an hour after the other."""
    made = World()
    for number, text in enumerate(texts):
        made.add(f"j{number}", f"0 {number} * * *", steps=(replace(step("s", number + 1), text=text),))
    return made


def sends(name: str | None, service: str = "sqs", action: str = "send-message") -> ServiceCall:
    """Make a call that sends."""
    return ServiceCall(service, action, name, origin=Origin("send.py", 7), text="send_message(QueueUrl=Q)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kafka-console-producer.sh --topic orders", "kafka-console-consumer --bootstrap-server b --topic=orders"),
        ("redis-cli -h r LPUSH jobs 1", "redis-cli -h r BRPOP jobs 0"),
        ("rabbitmqadmin publish routing_key=jobs payload=x", "rabbitmqadmin get queue=jobs"),
    ],
)
def test_who_sends_comes_before_who_takes(one, other):
    """Both name one queue."""
    [found] = world(one, other).graph().dependencies
    assert (found.upstream, found.downstream, found.kind) == ("j0", "j1", DependencyKind.QUEUE)
    assert [piece.text for piece in found.evidence] == [one, other]


def test_a_call_of_a_service_and_a_command_line_meet():
    """A queue's URL and the name that boto3 was given end alike."""
    made = world("python3 send.py", f"aws sqs receive-message --queue-url {URL} --max-number-of-messages 10")
    for call in (sends(URL), sends("orders", action="send_message")):
        made.facts["j0"] = replace(made.facts["j0"], services=(call,))
        assert made.edges() == {("j0", "j1"): "none"}


@pytest.mark.parametrize(
    "texts",
    [
        ("kafka-console-producer --topic a", "kafka-console-consumer --topic b"),
        ("kafka-console-producer --topic a", "kafka-console-producer --topic a"),
        ("kafka-console-producer --topic $T", "kafka-console-consumer --topic $T"),
        ("redis-cli ping", "redis-cli ping"),
    ],
)
def test_silent_for_other_queues_and_common_senders(texts):
    """Different names, two senders, and names that nobody knows."""
    assert not world(*texts).edges()


def test_silent_for_a_call_without_a_name():
    """A queue of unknown name, or one made of a variable, is nobody's; nor is another service's call."""
    made = world("python3 send.py", f"aws sqs receive-message --queue-url {URL}")
    for call in (sends(None), sends("*-orders"), sends("orders", "lambda", "invoke"), replace(sends(URL), origin=None)):
        made.facts["j0"] = replace(made.facts["j0"], services=(call,))
        assert not made.edges()
