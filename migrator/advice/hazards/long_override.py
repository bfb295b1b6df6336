"""The command is too long for a container's overrides.

**Why.** RunTask takes 8,192 characters of overrides in all.

**Says nothing** where the compute is not ECS, or the command is shorter.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.settings import Compute

# The rest is for names and quotes around it.
_LIMIT = 8000


def find(move: Move) -> Iterator[Hazard]:
    """Report commands that do not fit ECS's overrides."""
    if move.compute is Compute.ECS and len(move.job.command) > _LIMIT:
        text = f"its command has {len(move.job.command):,} characters, and ECS takes 8,192 with all overrides"
        yield move.hazard(Severity.LOUD, text, "put the command into a script in the image")


CHECK = HazardCheck(
    "long-override", find, MOVES, "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html"
)
