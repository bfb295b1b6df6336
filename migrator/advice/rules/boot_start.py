"""A job that starts with its host stays with its host.

**Why.** `@reboot` is an event of one machine. No scheduler of AWS or Airflow knows it; the host's service manager does.

**Says nothing** about jobs with a clock, an event or an upstream.
"""

from collections.abc import Iterator

from migrator.advice.host_ties import TieKind
from migrator.advice.rule import Rule, Subject, held
from migrator.model import Reason


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying, as a hard limit, where jobs start at boot."""
    yield from held(subject.tied(TieKind.BOOT), "it starts when its host starts, which no target can know", 10)


RULE = Rule(
    "boot-start",
    judge,
    "crontab(5), @reboot; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
)
