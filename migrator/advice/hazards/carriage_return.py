"""The line ends with a carriage return, which is part of the command.

**Why.** A file written on Windows gives each command an invisible last character. It may work today by luck and fails
where the text is checked.

**Says nothing** where the command has no carriage return.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report carriage returns that the shell gets."""
    if "\r" in move.job.command:
        text = "the shell gets a carriage return as part of the command"
        yield move.hazard(Severity.LOUD, text, "write the file with plain line ends and see what the job does then")


CHECK = HazardCheck("carriage-return", find, MOVES, "crontab(5)")
