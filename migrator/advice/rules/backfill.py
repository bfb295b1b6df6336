"""A need of backfill speaks for Airflow.

**Why.** Step Functions keeps 90 days of history and repeats by hand; Airflow runs a DAG for any past date.

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
    if Need.BACKFILL not in shape.needs or shape.units < MANY_UNITS:
        return
    text, proof = "runs of past days are to be repeated, which Airflow does by itself", at_lines(shape.moving)
    yield Reason(Target.AIRFLOW, 3, text, proof)
    yield Reason(Target.MWAA, 3, text, proof)
    against = "runs of past days are to be repeated, and a state machine has no backfill and little history"
    yield Reason(Target.STEP_FUNCTIONS, -3, against, proof)


RULE = Rule(
    "backfill",
    judge,
    "decision guide, Step Functions (not for) and Airflow; https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/backfill.html",
)
