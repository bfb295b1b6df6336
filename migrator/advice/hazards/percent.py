r"""A percent sign means something to cron alone.

**Why.** The first bare `%` ends the command and the rest is its input; `\%` loses its backslash. A line copied by
hand loses both rules.

**Says nothing** where the line has no percent sign.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report lines that cron rewrites before the shell sees them."""
    if move.job.stdin is not None:
        text = "what follows the first `%` is the command's input, which only cron knows"
        yield move.hazard(Severity.SILENT, text, "give the input as a file or a here-document")
    elif r"\%" in move.job.text:
        text = r"cron takes the backslash from `\%`; a copy of the line keeps it, and means something else in quotes"
        yield move.hazard(Severity.SILENT, text, "write `%` without the backslash in the target")


CHECK = HazardCheck("percent", find, MOVES, "crontab(5), the sixth field")
