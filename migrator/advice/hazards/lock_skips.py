"""A lock that is taken looks like a failure.

**Why.** `flock -n` gives up with exit 1 while the run before goes on. Cron does not care; a target counts a failure,
retries it and raises an alarm.

**Says nothing** where the lock waits for its turn, where no lock is taken, and where the failure does not show in the
exit code, be it that `-E 0` asks for that or that `exit 0` stands behind it.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import LockKind, Trait
from migrator.model import Evidence, Severity

# What stands before the lock's file: options, with the value of those that have one. The program inside has its own.
_OPTIONS = re.compile(
    r"\b(?:flock|lckdo)(?:(?:\s|\\\n)+"
    r"(?:-[a-zA-Z]*[EwW]\s*+[^-\s]\S*|--(?:conflict-exit-code|wait|timeout)(?:=|\s++)\S+|-\S+))+"
)
_GIVES_UP_WELL = re.compile(r"\s(?:-[a-zA-Z]*E|--conflict-exit-code)[ \t=]*[\"']?0\b")


def find(move: Move) -> Iterator[Hazard]:
    """Report locks that give up instead of waiting."""
    locks = [lock for lock in move.facts.locks if lock.skips and lock.kind in {LockKind.FLOCK, LockKind.LOCK_TOOL}]
    locks = [lock for lock in locks if lock.fails is not False and not _gives_up_well(lock.text)]
    hidden = move.proof(Trait.SWALLOWS_EXIT)
    locks = [lock for lock in locks if not any(one.origin == lock.origin and lock.text in one.text for one in hidden)]
    if locks:
        proof = tuple(Evidence(lock.origin, lock.text, lock.name) for lock in locks)
        text = "while the lock is taken it gives up with an exit code of failure, which a target retries and reports"
        if not any(lock.fails for lock in locks):
            text = "while the lock is taken it gives up; where that shows as a failure, a target retries and reports it"
        yield move.hazard(
            Severity.LOUD, text, "let it end with 0 when the lock is taken, or limit runs at once in the target", proof
        )


def _gives_up_well(text: str) -> bool:
    options = _OPTIONS.search(text)
    return options is not None and _GIVES_UP_WELL.search(options[0]) is not None


CHECK = HazardCheck("lock-skips", find, MOVES, "flock(1), -n")
