"""What waits for data is better started by the data.

**Why.** A job that looks for an S3 object again and again can be started by the event of that object: one event
starts one thing, and nothing is polled or paid in between.

**Says nothing** about pauses, and about waits for files of a host.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines, shown
from migrator.commands.facts import WaitKind
from migrator.model import Evidence, Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for EventBridge and Step Functions where an object or an event starts the work."""
    waits = [wait for wait in subject.shape.waits if wait.kind is WaitKind.OBJECT]
    if waits:
        proof = shown(Evidence(wait.origin, wait.text, f"waits for {wait.target}") for wait in waits)
        text = "it waits for an object in S3: its event can start it, and waiting then costs nothing"
    elif subject.shape.event:
        proof = at_lines(subject.shape.moving, "started by an event")
        text = "an event starts it: paid only when it comes"
    else:
        return
    yield Reason(Target.EVENTBRIDGE, 1, text, proof)
    yield Reason(Target.STEP_FUNCTIONS, 2, text, proof)


RULE = Rule(
    "event-start",
    judge,
    "decision guide, EventBridge and Step Functions; https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html",
)
