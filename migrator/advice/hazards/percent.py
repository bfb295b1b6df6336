r"""A percent sign means something to cron alone.

**Why.** The first bare `%` ends the command and the rest is its input; `\%` loses its backslash. A line copied by
hand loses both rules. The files that a plan writes have the text and the input as the shell gets them.

**Says nothing** where the line has no percent sign, where cron's cut leaves half a command, and where neither
Debian's cron nor cronie reads it: busybox, Kubernetes, anacron and a manifest have no rule for it.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.refusals import refusal
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.sources.grammar.command import SPLITTING
from migrator.sources.items import CRONTABS


def find(move: Move) -> Iterator[Hazard]:
    """Report lines that cron rewrites before the shell sees them."""
    if move.job.stdin is not None and refusal(move.job, move.facts) is not None:
        return  # nothing is left to be moved: that is a hazard of its own
    if move.job.stdin is not None:
        text = "what follows the first `%` is the command's input, which only cron knows"
        yield move.hazard(
            Severity.SILENT, text, "give the input as a file or a here-document", carried=not move.leaves_host
        )
    elif r"\%" in move.job.text and _takes_backslashes(move):
        text = r"cron takes the backslash from `\%`; a copy of the line keeps it, and means something else in quotes"
        yield move.hazard(Severity.SILENT, text, "write `%` without the backslash in the target", carried=True)


def _takes_backslashes(move: Move) -> bool:
    return move.job.source in CRONTABS and move.job.schedule.dialect in SPLITTING


CHECK = HazardCheck("percent", find, MOVES, "crontab(5), the sixth field")
