"""Units that branch and join outgrow a state machine at five.

**Why.** Below five units branching and error handling are fine on Step Functions; from five on the guide's "no
complex branching" holds, and Airflow shows and reruns such a graph.

**Says nothing** about decisions inside one unit: they move with it.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines, decisions, forks, shown
from migrator.advice.shape import MANY_UNITS
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow, or at a small size for Step Functions, where units are not one line."""
    shape = subject.shape
    if not shape.branching or shape.units < 2:
        return
    kinds = [
        word for word, there in (("decisions between units", shape.decisions), ("forks or joins", shape.forks)) if there
    ]
    text, proof = " and ".join(kinds), shown((*decisions(subject), *forks(subject))) or at_lines(shape.moving)
    if shape.units < MANY_UNITS:
        yield Reason(Target.STEP_FUNCTIONS, 1, f"{text}, fine for a state machine of {shape.units} units", proof)
        return
    among = f"{text} among {shape.units} units"
    yield Reason(Target.AIRFLOW, 4, f"{among}, which Airflow shows and reruns as a graph", proof)
    yield Reason(Target.MWAA, 3, f"{among}, which Airflow shows and reruns as a graph", proof)
    against = f"{among}: from {MANY_UNITS} on the guide keeps complex branching out of a state machine"
    yield Reason(Target.STEP_FUNCTIONS, -3, against, proof)


RULE = Rule("branching", judge, "decision guide, Step Functions and overlaps (the bands overlap)")
