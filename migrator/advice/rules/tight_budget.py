"""Where money is short, Airflow is hosted by the team first.

**Why.** It saves the managed baseline at the start and can be left later, when its upkeep costs more than that.

**Says nothing** when the settings do not say that money is short, or where the cluster's band is not Airflow.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject
from migrator.model import Reason, Target


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for self-hosting where the settings say cost_sensitive."""
    if subject.managed is None or not subject.settings.team.cost_sensitive:
        return
    yield Reason(Target.AIRFLOW, 4, "money is short (`team.cost_sensitive`): self-host first, leave later")
    yield Reason(Target.MWAA, -4, "money is short (`team.cost_sensitive`), and the baseline is paid around the clock")


RULE = Rule("tight-budget", judge, "decision guide, Airflow, self-hosted on EC2 (cost-sensitive)")
