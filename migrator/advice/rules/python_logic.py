"""A need of logic between tasks speaks for Airflow.

**Why.** Dynamic tasks and computed branches are code; a state machine is JSON. A Python program that is one unit is
no such logic.

**Says nothing** when neither settings nor manifest state the need, and below five units, where it weighs too little.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.advice.shape import MANY_UNITS
from migrator.model import Reason, Target
from migrator.settings import Need


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow and against Step Functions where the need is stated."""
    shape = subject.shape
    if Need.PYTHON_LOGIC not in shape.needs or shape.units < MANY_UNITS:
        return
    text, proof = "there is logic in Python between the tasks", at_lines(shape.moving)
    yield Reason(Target.AIRFLOW, 3, text, proof)
    yield Reason(Target.MWAA, 3, text, proof)
    yield Reason(Target.STEP_FUNCTIONS, -3, f"{text}, and a state machine is JSON", proof)


RULE = Rule(
    "python-logic",
    judge,
    "decision guide, Step Functions (not for) and Airflow; https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-mapping.html",
)
