"""A start between two minutes.

**Why.** EventBridge Scheduler keeps time to the minute and may be up to 60 seconds late. A pause at the start of a
job of every minute is a loop in disguise.

**Says nothing** about jobs that run less often than every minute, or without a pause of seconds.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.host_ties import TieKind, ties_of
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a job that is tied to its host by running within the minute, where it is moved all the same."""
    for tie in ties_of(move.job, move.facts):
        if tie.kind is TieKind.SUB_MINUTE:
            text = "it runs some seconds into every minute; no target starts anything that exactly"
            yield move.hazard(Severity.LOUD, text, "make it a service with a loop of its own", tie.evidence)


CHECK = HazardCheck(
    "sub-minute",
    find,
    MOVES,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (60 seconds of precision)",
)
