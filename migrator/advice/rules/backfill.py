"""A need of backfill speaks for Airflow.

**Why.** Step Functions keeps 90 days of history and repeats by hand; Airflow runs a DAG for any past date.

**Says nothing** when neither settings nor manifest state the need, and below five units, where it weighs too little.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, for_dags
from migrator.model import Reason
from migrator.settings import Need


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow and against Step Functions where the need is stated."""
    text = "runs of past days are to be repeated"
    against = f"{text}, and a state machine has no backfill and little history"
    yield from for_dags(subject, Need.BACKFILL, f"{text}, which Airflow does by itself", against)


RULE = Rule(
    "backfill",
    judge,
    "decision guide, Step Functions (not for) and Airflow; https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/backfill.html",
)
