"""A job that maintains its host stays on it.

**Why.** Rotating logs, renewing certificates, updating packages or cleaning disks acts on one machine and ends with
it. Started from elsewhere it needs root on the host and gains nothing.

**Says nothing** when the host is only where the job happens to run.
"""

from collections.abc import Iterator

from migrator.advice.host_ties import TieKind
from migrator.advice.rule import Rule, Subject, held
from migrator.model import Reason


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying where jobs act on the host itself."""
    yield from held(subject.tied(TieKind.MAINTENANCE), "it maintains the host that it runs on", 8)


RULE = Rule("host-maintenance", judge, "decision guide, EventBridge (cron on EC2 is the other answer)")
