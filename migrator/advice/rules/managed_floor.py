"""A managed environment is paid around the clock; a few simple jobs do not earn that.

**Why.** MWAA begins at $211.70 a month with its smallest class and needs a network on top. The guide keeps it from
simple schedules and from workflows of one to three steps.

**Says nothing** about clusters whose own band is Airflow.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject, at_lines
from migrator.costs import mwaa, rounded_range
from migrator.model import Reason, Target
from migrator.settings import Existing


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak against MWAA, with its fixed bill, where the cluster is small."""
    if subject.band.target in {Target.AIRFLOW, Target.RETAIN}:
        return
    if subject.settings.team.existing is Existing.MWAA:
        text = f"it runs already, which lowers its price and draws nothing in: {_units(subject)} can do without Airflow"
        yield Reason(Target.MWAA, -4, text, at_lines(subject.shape.moving))
        return
    bill = mwaa.bill(subject.work.dags, subject.prices)
    text = f"its floor of {rounded_range(bill)} a month, run or not, is too much for {_units(subject)}"
    yield Reason(Target.MWAA, -4, text, at_lines(subject.shape.moving))


def _units(subject: Subject) -> str:
    return "one unit" if subject.shape.units <= 1 else f"{subject.shape.units} units"


RULE = Rule(
    "managed-floor",
    judge,
    "decision guide, Amazon MWAA (not for); https://aws.amazon.com/managed-workflows-for-apache-airflow/pricing/",
)
