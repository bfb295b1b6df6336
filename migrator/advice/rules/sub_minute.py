"""A job that runs more often than once a minute is no scheduled job.

**Why.** `* * * * * sleep 30; x` stands for a loop. EventBridge Scheduler keeps time to 60 seconds, a state machine or
a DAG run costs more than the work. A service with a loop of its own fits.

**Says nothing** about a pause before a job that runs less often.
"""

from collections.abc import Iterator

from migrator.advice.host_ties import TieKind
from migrator.advice.rule import Rule, Subject, held
from migrator.model import Reason


def judge(subject: Subject) -> Iterator[Reason]:
    """Speak for staying where a pause makes a job run between two minutes."""
    text = "it runs some seconds into every minute, finer than any target keeps time"
    yield from held(subject.tied(TieKind.SUB_MINUTE), text, 9)


RULE = Rule(
    "sub-minute",
    judge,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (60 seconds of precision)",
)
