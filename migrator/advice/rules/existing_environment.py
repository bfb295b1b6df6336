"""An environment that runs already costs about nothing more.

**Why.** Its baseline is paid. That makes it the natural home of clusters that belong on Airflow; it never draws in a
cluster whose own band is smaller.

**Says nothing** when the settings name no environment, or where the cluster's band is not Airflow.
"""

from collections.abc import Iterator

from migrator.advice.rule import Rule, Subject
from migrator.model import Reason, Target
from migrator.settings import Existing

_TARGETS = {Existing.AIRFLOW: Target.AIRFLOW, Existing.MWAA: Target.MWAA}


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for the environment that the team has."""
    existing = subject.settings.team.existing
    if subject.managed is None or existing not in _TARGETS:
        return
    yield Reason(
        _TARGETS[existing], 6, f"{_TARGETS[existing].label} runs already (`team.existing`), and its baseline is paid"
    )


RULE = Rule("existing-environment", judge, "decision guide, overlaps (the baseline is charged per environment)")
