"""It works on the day that the clock shows.

**Why.** A run that is late, retried or repeated after midnight works on another day than was meant.

**Says nothing** where the command does not ask the clock for its day.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import StepKind, Trait
from migrator.model import Evidence, Severity

_TODAY = re.compile(
    r"\bcurrent_date\b|\bcurdate\(\)|\btrunc\(\s*sysdate\b|\bnow\(\)::date\b|\bdate\(now\(\)\)|'(?:yesterday|today)'"
    r"|\bdate_trunc\(\s*'day'\s*,\s*(?:now\(\)|current_timestamp)|\bcast\(\s*getdate\(\)\s+as\s+date\)",
    re.IGNORECASE,
)
_KEEPS = re.compile(r"\b(?:insert|update|merge|replace|copy|select|call|exec|create)\b", re.IGNORECASE)
_RECENT = re.compile(r"\bfind\s[^|;&]*\s(?:-mtime\s+-\d|-newermt\s)")


def find(move: Move) -> Iterator[Hazard]:
    """Report commands that ask the clock which day they work on."""
    if proof := move.proof(Trait.DATE_DEPENDENT) or tuple(_of_steps(move)):
        text = "it asks the clock for its day; a late or repeated run works on another"
        yield move.hazard(
            Severity.SILENT, text, "give it the scheduled time as an argument; keep retries before midnight", proof
        )


def _of_steps(move: Move) -> Iterator[Evidence]:
    """Point at statements that take the day from the database's clock, and at searches for files of the last days.

    What clears away what is old enough may do so a day later.
    """
    for step in move.facts.steps:
        of_database = step.kind is StepKind.DATABASE and _TODAY.search(step.text) and _KEEPS.search(step.text)
        if of_database or (_RECENT.search(step.text) and " -delete" not in step.text):
            yield Evidence(step.origin, step.text)


CHECK = HazardCheck(
    "clock-of-run",
    find,
    MOVES,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html",
)
