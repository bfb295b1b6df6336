"""Five units and more are the size of Airflow.

**Why.** At this size people want to see a run, repeat a part of it and change it in code. EventBridge is out of the
question, and a state machine of this size is JSON that nobody likes to read.

**Says nothing** below five units.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import MANY_UNITS, Keeper
from migrator.model import Reason, Target

_STAYING = {
    Keeper.SCRIPT: "of one script: when one fails, all of it must be run again",
    Keeper.TRIGGERS: "that start after one another by what no file names: how it repeats and shows them is not known",
    Keeper.WAITS: "that cron starts by the clock and that wait for one another: what gives up waiting, nobody sees",
    Keeper.CLOCK: "that cron keeps together by the clock alone",
}


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow from five units on."""
    shape = subject.shape
    if shape.units < MANY_UNITS:
        return
    proof = at_lines(shape.moving)
    yield Reason(Target.AIRFLOW, 5, f"{shape.units} units: from {MANY_UNITS} on the guide says Airflow", proof)
    yield Reason(Target.MWAA, 3, f"{shape.units} units: from {MANY_UNITS} on the guide says Airflow", proof)
    yield Reason(Target.EVENTBRIDGE, -5, f"{shape.units} units cannot be kept together by schedules", proof)
    yield Reason(Target.RETAIN, -3, f"{shape.units} units {_STAYING[shape.keeper]}", proof)
    if shape.units > MANY_UNITS:
        text = f"{shape.units} units, more than the {MANY_UNITS} that the guide gives Step Functions"
        yield Reason(Target.STEP_FUNCTIONS, -2, text, proof)


RULE = Rule("many-units", judge, "decision guide, Airflow, self-hosted on EC2 (5+ steps)")
