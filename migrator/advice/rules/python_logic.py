"""A need of logic between tasks speaks for Airflow.

**Why.** Dynamic tasks and computed branches are code; a state machine is JSON. A Python program that is one unit is
no such logic.

**Says nothing** when neither settings nor manifest state the need, and below five units, where it weighs too little.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, for_dags
from migrator.model import Reason
from migrator.settings import Need


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow and against Step Functions where the need is stated."""
    text = "there is logic in Python between the tasks"
    yield from for_dags(subject, Need.PYTHON_LOGIC, text, f"{text}, and a state machine is JSON")


RULE = Rule(
    "python-logic",
    judge,
    "decision guide, Step Functions (not for) and Airflow; https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-mapping.html",
)
