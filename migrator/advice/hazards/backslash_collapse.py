"""Debian's cron halves backslashes.

**Why.** It makes `two backslashes in a row` one backslash before the shell sees it; cronie does not. A copied line
means something else.

**Says nothing** about other dialects, and where no two backslashes stand together.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Dialect, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report doubled backslashes in a line that Debian's cron reads."""
    if move.job.schedule.dialect is Dialect.DEBIAN and "\\\\" in move.job.text:
        text = "Debian's cron makes one backslash of two before the shell sees them; a copy of the line keeps both"
        yield move.hazard(Severity.SILENT, text, "take the command as the shell gets it")


CHECK = HazardCheck("backslash-collapse", find, MOVES, "cron 3.0pl1 of Debian, do_command.c")
