"""Fifty units and more are never a state machine.

**Why.** The guide excludes it: such a graph needs a view, code and reruns. It goes before a pin, as a hard limit.

**Says nothing** below fifty units.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import TOO_MANY_FOR_STEP_FUNCTIONS
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Rule Step Functions out from fifty units on."""
    shape = subject.shape
    if shape.units < TOO_MANY_FOR_STEP_FUNCTIONS:
        return
    text = f"{shape.units} units: from {TOO_MANY_FOR_STEP_FUNCTIONS} on never a state machine"
    yield Reason(Target.STEP_FUNCTIONS, -10, text, at_lines(shape.moving))


RULE = Rule("fifty-units", judge, "decision guide, Step Functions (not for 50+ tasks)")
