"""A failure does not show in the exit code.

**Why.** Retries, alarms and the order of tasks go by the exit code. A job that always succeeds looks green while it
does nothing.

**Says nothing** where the exit code tells the outcome.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report commands whose failure is hidden."""
    if proof := move.proof(Trait.SWALLOWS_EXIT):
        text = "a failure does not show in its exit code: no retry and no alarm will ever see one"
        yield move.hazard(
            Severity.SILENT, text, "let the failure through (pipefail, no `|| true`) before it moves", proof
        )


CHECK = HazardCheck("exit-swallow", find, MOVES, "sh(1), exit status")
