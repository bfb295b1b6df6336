"""A unit that needs the data of another schedule is Airflow's from five units on.

**Why.** Airflow ties DAGs by their data (assets); two state machines know nothing of each other and are tied by
events of one's own.

**Says nothing** when all jobs share a schedule, and below five units.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, shown
from migrator.advice.shape import MANY_UNITS
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for Airflow where data joins workflows of different schedules."""
    shape = subject.shape
    if not shape.crosses or shape.units < MANY_UNITS:
        return
    count = len({(piece.origin, piece.text) for piece in shape.crosses})
    text = f"{count} {'unit needs' if count == 1 else 'units need'} what another schedule makes"
    yield Reason(Target.AIRFLOW, 3, text, shown(shape.crosses))
    yield Reason(Target.MWAA, 2, text, shown(shape.crosses))
    yield Reason(Target.STEP_FUNCTIONS, -2, text, shown(shape.crosses))


RULE = Rule(
    "across-schedules",
    judge,
    "decision guide, overlaps; https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html",
)
