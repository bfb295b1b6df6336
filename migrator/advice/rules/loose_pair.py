"""Two units without order or error handling are two schedules.

**Why.** Nothing has to know that both ran. EventBridge starts each by itself for about $0.

**Says nothing** when one waits for the other, or somebody must act when one fails.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for EventBridge when two units have nothing to do with each other's outcome."""
    shape = subject.shape
    if shape.units != 2 or shape.ordered or shape.handles_errors:
        return
    text = "two units without order or error handling: a schedule each"
    yield Reason(Target.EVENTBRIDGE, 5, text, at_lines(shape.moving))
    yield Reason(Target.STEP_FUNCTIONS, -1, "two units without an order to keep", at_lines(shape.moving))


RULE = Rule("loose-pair", judge, "decision guide, EventBridge (1–2 steps, no dependencies)")
