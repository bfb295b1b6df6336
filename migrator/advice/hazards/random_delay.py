"""A random pause before the work.

**Why.** It spreads load over many hosts. Elsewhere it holds a paid task while it sleeps; a flexible time window says
the same for nothing.

**Says nothing** where the start is not drawn at random.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import WaitKind
from migrator.model import Evidence, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report a pause of random length, in the command or by cron."""
    waits = [wait for wait in move.facts.waits if wait.kind is WaitKind.RANDOM]
    if not waits and not move.job.schedule.random_minutes:
        return
    proof = tuple(Evidence(wait.origin, wait.text) for wait in waits)
    text = "its start is drawn at random; a task that sleeps first is paid, and a fixed start drops the spread"
    yield move.hazard(
        Severity.LOUD, text, "say it as a flexible time window of EventBridge Scheduler (1 to 1,440 minutes)", proof
    )


CHECK = HazardCheck(
    "random-delay",
    find,
    MOVES,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html",
)
