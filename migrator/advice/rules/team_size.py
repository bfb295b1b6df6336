"""A managed service is shared by a team; under three people it is hard to justify.

**Why.** Its price divided by five engineers is small, for one or two it is not. Measured upkeep goes before this rule.

**Says nothing** when nobody said how many engineers there are, or where the cluster's band is not Airflow.
"""

from collections.abc import Iterator
from decimal import Decimal

from migrator.advice.environments import MANAGED_ENGINEERS, engineers_for
from migrator.advice.rule import Rule, Subject
from migrator.costs import mwaa, rounded_range
from migrator.model import Reason, Target
from migrator.settings import Existing


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for or against MWAA by the number of engineers."""
    if subject.managed is None:
        return
    engineers = engineers_for(subject.managed.demand, subject.settings)
    if engineers is None:
        return
    said = "`team.engineers`" if subject.settings.team.engineers is not None else "`team.owners`"
    if engineers < MANAGED_ENGINEERS:
        few = "1 engineer" if engineers == 1 else f"{engineers} engineers"
        text = f"{few} ({said}): the guide finds a managed service hard to justify under {MANAGED_ENGINEERS}"
        yield Reason(Target.MWAA, -4, text)
        yield Reason(Target.AIRFLOW, 1, text)
        return
    if subject.settings.team.existing is Existing.MWAA:
        yield Reason(Target.MWAA, 3, f"{engineers} engineers ({said}) share it, and its baseline is paid already")
        return
    bill = mwaa.bill(subject.managed.demand.dags, subject.prices)
    each = f", {rounded_range(bill.scaled(1 / Decimal(engineers)))} a month each" if bill is not None else ""
    yield Reason(Target.MWAA, 3, f"{engineers} engineers ({said}) share it{each}")


RULE = Rule("team-size", judge, "decision guide, Amazon MWAA (several engineers; not for a team under 3)")
