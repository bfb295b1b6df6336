"""A fixed pause that stands for waiting for another job.

**Why.** A pause before the work usually means after the other one. It holds only while the other is as fast as it was.

**Says nothing** about pauses below a minute, pauses of random length, and pauses that do not begin the command.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import WaitKind
from migrator.model import Evidence, Severity

_MINUTE = 60


def find(move: Move) -> Iterator[Hazard]:
    """Report a pause of a minute or more that begins the command."""
    for wait in move.facts.waits:
        if wait.leads and wait.kind is WaitKind.TIME and wait.seconds is not None and wait.seconds.low >= _MINUTE:
            text = f"it begins with `{wait.text}`, which may stand for waiting until another job is done"
            proof = (Evidence(wait.origin, wait.text),)
            yield move.hazard(Severity.SILENT, text, "say what it waits for and make that a dependency", proof)
            return


CHECK = HazardCheck("sleep-as-order", find, MOVES, "crontab(5)")
