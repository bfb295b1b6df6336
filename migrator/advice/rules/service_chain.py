"""A line of calls of cloud services fits Step Functions, also above five units.

**Why.** Lambda, Glue, ECS and Batch are called and waited for without a line of code, one state each. The guide has
nothing between five and fifty units but Airflow; a line without branches stays readable and within the limits, so the
deviation is said and Airflow is the runner-up.

**Says nothing** when units branch or join, or when most of them are commands on a host.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import MANY_UNITS, TOO_MANY_FOR_STEP_FUNCTIONS, Shape
from migrator.commands.facts import WaitKind
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Step Functions where one line of mostly service calls is below fifty units."""
    shape = subject.shape
    if not 2 <= shape.units < TOO_MANY_FOR_STEP_FUNCTIONS or not shape.service_chain:
        return
    text = f"{_what(shape)} in one line, a state each"
    if shape.units > MANY_UNITS:
        text += f"; above {MANY_UNITS} units this deviates from the guide, which would say Airflow"
    yield Reason(Target.STEP_FUNCTIONS, 6, text, at_lines(shape.moving))


def _what(shape: Shape) -> str:
    things = sum(wait.kind is not WaitKind.TIME for wait in shape.waits)
    calls = (
        "a call of a cloud service" if shape.service_units == 1 else f"{shape.service_units} calls of cloud services"
    )
    if shape.service_units == shape.units:
        return calls
    if shape.service_units + things == shape.units:
        return f"a wait and {calls}" if things == 1 else f"{things} waits and {calls}"
    return f"{calls} among {shape.units} units"


RULE = Rule(
    "service-chain",
    judge,
    "decision guide, overlaps (5+ → Airflow); https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html",
)
