"""A second run would do the work twice.

**Why.** Every target delivers or retries more than once by default: EventBridge Scheduler up to 185 times. Mail, and
data that is appended, come twice.

**Says nothing** where the settings call the job idempotent, and where nothing is appended or mailed.
"""

from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import StepKind
from migrator.model import Evidence, Mode, Severity


def find(move: Move) -> Iterator[Hazard]:
    """Report steps that append data or send mail."""
    if move.said.idempotent:
        return
    proof = [Evidence(s.origin, s.text, "sends mail") for s in move.facts.steps if s.kind is StepKind.MAIL]
    proof += [
        Evidence(a.origin, a.text, f"appends to {a.resource.name}")
        for a in move.facts.touched
        if a.mode is Mode.APPEND and not a.log
    ]
    if proof:
        retries = move.job.declared.retries if move.job.declared else None
        asked = f", and {retries} retries are asked for" if retries else ""
        text = (
            f"a second run does its work twice: it {' and '.join(dict.fromkeys(piece.says for piece in proof))}{asked}"
        )
        yield move.hazard(
            Severity.SILENT, text, "no retries until it is safe to repeat; then say `idempotent = true`", tuple(proof)
        )


CHECK = HazardCheck(
    "retry-unsafe",
    find,
    MOVES,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-retry-policy.html",
)
