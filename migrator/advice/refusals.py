"""Lines that a shell refuses as a whole: text that ends inside a quote or a substitution, or that has no meaning.

A shell reads a line before it runs any of it, so such a job does nothing at any start.
"""

from migrator.commands.facts import CommandFacts
from migrator.model import Job
from migrator.shell import parse
from migrator.shell.tree import FaultKind
from migrator.sources.items import CRONTABS

_SHELLS = frozenset({"sh", "dash", "bash", "ash", "ksh"})
_REFUSED = frozenset({FaultKind.UNTERMINATED, FaultKind.SYNTAX})


def refusal(job: Job, facts: CommandFacts) -> FaultKind | None:
    """Say why the shell of a job refuses its line (POSIX shell 2.8.1, a syntax error), None where it takes it.

    Lines of a file that is a script itself may run as far as the fault, and of other shells nothing is known here.
    """
    if job.source not in CRONTABS or job.shell.rpartition("/")[2] not in _SHELLS or "\n" in job.command:
        return None
    if not facts.unclear:  # whoever read the line has noted each fault: most need not be read again
        return None
    faults = [fault.kind for fault in parse(job.command).faults]
    if FaultKind.TOO_LARGE in faults or FaultKind.TOO_DEEP in faults:
        return None
    return next((kind for kind in faults if kind in _REFUSED), None)
