"""Debian's cron halves backslashes.

**Why.** It makes `two backslashes in a row` one backslash before the shell sees it; cronie does not. A copied line
means something else.

**Says nothing** about other dialects, about lines that are no crontab's, and where no two backslashes stand together
before the first bare `%`: in the command's input they stay two.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Dialect, Severity
from migrator.sources.grammar.command import has_two_backslashes
from migrator.sources.items import CRONTABS


def find(move: Move) -> Iterator[Hazard]:
    """Report doubled backslashes in a line that Debian's cron reads."""
    job = move.job
    if job.source not in CRONTABS or job.schedule.dialect is not Dialect.DEBIAN:
        return
    if has_two_backslashes(job.text):
        text = "Debian's cron makes one backslash of two before the shell sees them; a copy of the line keeps both"
        yield move.hazard(Severity.SILENT, text, "take the command as the shell gets it", carried=True)


CHECK = HazardCheck("backslash-collapse", find, MOVES, "cron 3.0pl1 of Debian, do_command.c")
