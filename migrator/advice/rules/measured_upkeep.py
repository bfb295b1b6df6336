"""Measured upkeep decides between hosting Airflow and leaving it to AWS.

**Why.** The guide's trigger to leave is upkeep that costs more than the managed baseline: hours saved times their
cost against MWAA with its network less a comparable self-hosted bill. It goes before the rules about team and budget.

**Says nothing** when no hours were measured, or where the cluster's band is not Airflow.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for the cheaper of both environments, or say that the ranges overlap."""
    if subject.managed is None or subject.managed.trade.saved is None:
        return
    weighed = subject.managed.trade
    told = f"{weighed.told} (`team.upkeep_hours`)"
    if weighed.verdict is None:
        yield Reason(Target.MWAA, 1, f"{told}: the ranges overlap")
        yield Reason(Target.AIRFLOW, 1, f"{told}: the ranges overlap")
        return
    other = Target.AIRFLOW if weighed.verdict is Target.MWAA else Target.MWAA
    yield Reason(weighed.verdict, 7, told)
    yield Reason(other, -7, told)


RULE = Rule(
    "measured-upkeep", judge, "decision guide, overlaps (trigger: when operational overhead exceeds the baseline)"
)
