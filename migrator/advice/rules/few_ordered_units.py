"""Two to five units with an order are what Step Functions is for.

**Why.** It keeps the order, retries by itself and costs per state; nothing runs between the runs. EventBridge alone
would start each at its minute and hope that the one before is done.

**Says nothing** about one unit, about units without order, and above five.
"""

from collections.abc import Iterator

from migrator.advice.kept_together import kept_together
from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import MANY_UNITS, Keeper
from migrator.model import Reason, Target

_ONE_SCRIPT = "it starts the script as one: nothing in it is retried or watched by itself"
_ONE_EACH = "schedules of their own keep no order between the units"
_STAYING = {
    Keeper.SCRIPT: "the script keeps the order, and cron sees no failure in it: all of it must be run again",
    Keeper.TRIGGERS: "what starts each after the one before today no file says, nor what it does when one fails",
    Keeper.WAITS: "each starts at its minute and waits for the one before: what gives up waiting, nobody sees",
    Keeper.CLOCK: "cron keeps no order: each starts at its minute, whatever became of the one before",
}


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Step Functions, and against a schedule each, when two to five units follow one another."""
    shape = subject.shape
    if not 2 <= shape.units <= MANY_UNITS or not (shape.ordered or shape.handles_errors):
        return
    proof = at_lines(shape.moving)
    count = f"{shape.units} units"
    # Of two arms a run takes one: they are in no order.
    how = "not all of them in every run" if shape.decisions else "in order"
    joint = ", " if shape.decisions else " "
    where = " where the files take them apart" if any(kept_together(subject.case, shape)) else ""
    text = f"{count}{joint}{how}, each retried by itself{where}: the guide gives Step Functions 2 to {MANY_UNITS}"
    yield Reason(Target.STEP_FUNCTIONS, 6, text, proof)
    yield Reason(Target.EVENTBRIDGE, -4, _ONE_SCRIPT if shape.keeper is Keeper.SCRIPT else _ONE_EACH, proof)
    yield Reason(Target.RETAIN, -2, _STAYING[shape.keeper], proof)
    if shape.units < MANY_UNITS:
        text = f"{count}: the guide gives Airflow {MANY_UNITS} and more, and finds fewer simpler on Step Functions"
        yield Reason(Target.AIRFLOW, -3, text, proof)


RULE = Rule(
    "few-ordered-units",
    judge,
    "decision guide, Step Functions; https://docs.aws.amazon.com/step-functions/latest/dg/welcome.html",
)
