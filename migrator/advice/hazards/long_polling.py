"""Asking every 30 seconds fills a state machine's history.

**Why.** A look is nine events and an execution fails at 25,000: after about 23 hours of asking.

**Says nothing** where nobody states such a duration, and where SSM is not used.
"""

from collections.abc import Iterator

from migrator.advice.hazard import HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.costs import figure
from migrator.model import Severity, Target

# 25,000 events, 9 a look, a look every 30 seconds.
_SECONDS = 25_000 // 9 * 30


def find(move: Move) -> Iterator[Hazard]:
    """Report commands that are asked for longer than a history holds."""
    longest = move.longest_by_ssm
    if longest is None or longest <= _SECONDS:
        return
    text = f"it can take {figure(longest / 3600)} hours; asked for every 30 seconds the history is full after 23"
    yield move.hazard(Severity.LOUD, text, "let the script answer with a task token, or ask less often")


CHECK = HazardCheck(
    "long-polling",
    find,
    frozenset({Target.STEP_FUNCTIONS}),
    "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html",
)
