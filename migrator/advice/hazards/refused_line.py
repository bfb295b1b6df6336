r"""The shell refuses the line, so the job has never done its work.

**Why.** Cron ends the command at the first bare `%`. Where that is inside a quote or a substitution, as in
`$(date +%F)`, the shell gets half a line, calls it a syntax error and runs none of it. The mail that says so is often
read by nobody. The move would carry a job over that does nothing.

**Says nothing** where the line can be read, about other shells than sh and bash, and about scripts.
"""

from collections.abc import Iterator

from migrator.advice.hazard import EVERYWHERE, HazardCheck, Move
from migrator.advice.refusals import refusal
from migrator.advice.types import Hazard
from migrator.model import Severity
from migrator.shell.tree import FaultKind


def find(move: Move) -> Iterator[Hazard]:
    """Report a line that is no whole command."""
    kind = refusal(move.job, move.facts)
    if kind is None:
        return
    if move.job.stdin is not None:
        cut = "inside a quote or a substitution" if kind is FaultKind.UNTERMINATED else "in the middle of a command"
        text = f"cron ends the command at its first bare `%`, {cut}: the shell refuses what is left and runs none of it"
        remedy = r"write `\%` in the crontab and see it work there before anything moves"
    else:
        text = "the line is no whole command: the shell refuses it as a syntax error and runs none of it"
        remedy = "mend the line (`sh -n` shows the fault) and see it work under cron before anything moves"
    yield move.hazard(Severity.SILENT, text, remedy)


CHECK = HazardCheck("refused-line", find, EVERYWHERE, "crontab(5), the sixth field; POSIX shell 2.8.1")
