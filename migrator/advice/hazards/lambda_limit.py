"""A Lambda function ends after 15 minutes.

**Why.** What takes longer is cut off in the middle.

**Says nothing** where the compute is not Lambda, or the stated worst duration fits.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.costs import figure
from migrator.model import Severity
from migrator.settings import Compute

_LIMIT = 900


def find(move: Move) -> Iterator[Hazard]:
    """Report commands on Lambda that may not fit its limit."""
    if move.compute is not Compute.LAMBDA or move.only_calls:
        return
    lasting = move.duration
    if lasting is None:
        yield move.hazard(
            Severity.LOUD,
            "it is to run on Lambda, and nobody says that it ends within 15 minutes",
            "state its duration",
        )
    elif lasting.high > _LIMIT:
        text = f"it can take {figure(lasting.high / 60)} minutes, and Lambda ends it after 15"
        yield move.hazard(Severity.LOUD, text, "run it on ECS or Batch")


CHECK = HazardCheck(
    "lambda-limit", find, MOVES, "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
)
