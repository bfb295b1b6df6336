"""A second run would do the work twice.

**Why.** Every target delivers or retries more than once by default: EventBridge Scheduler up to 185 times. Mail, what
is posted to a service, data that is appended and rows that are inserted come twice.

**Says nothing** where the settings call the job idempotent, where nothing but a log is appended to, where nothing is
inserted, posted or mailed, where the same run begins the file anew, and where an `INSERT` says what to do with a row
that is there.
"""

import re
from collections.abc import Container, Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Step, StepKind, Trait
from migrator.commands.redirects import is_log
from migrator.model import Access, Evidence, Mode, Resource, ResourceKind, Severity

_INSERTS = re.compile(r"\binsert\s+into\b(?!.*\bon\s+(?:conflict|duplicate)\b)", re.IGNORECASE | re.DOTALL)
_POSTS = re.compile(
    r"(?:-X\s*|--request[\s=]|--method[\s=])[\"']?POST\b|\s(?:-d|-F|--data(?:-\w+)?|--form|--post-data|--post-file)[\s=]"
    r"|\.post\("
)
_MAILED = re.compile(r"\|&?\s*(?:/[\w/.-]*/)?(?:mailx?|s-nail|mutt|sendmail|msmtp)(?:\s|$)")
_SHOWN = frozenset({"notify-send", "wall", "write"})
_CHAT = frozenset({"telegram-send", "slack-cli", "slacktee", "apprise", "pushover", "ntfy"})
_REPLACES = re.compile(r"(?:-X\s*|--request[\s=]|--method[\s=])[\"']?(?:PUT|DELETE|GET|HEAD)\b")


def find(move: Move) -> Iterator[Hazard]:
    """Report steps that append or insert data, post it or send mail."""
    if move.said.idempotent:
        return
    proof = [Evidence(step.origin, step.text, does) for step in move.facts.steps if (does := _of_step(step))]
    proof += [Evidence(p.origin, p.text, p.says) for p in move.proof(Trait.SENDS_MAIL)]
    touched = move.facts.touched
    anew = {access.resource for access in touched if access.mode in (Mode.WRITE, Mode.DELETE)}
    proof += [Evidence(a.origin, a.text, does) for a in touched if (does := _of_access(a, anew))]
    if proof:
        retries = move.job.declared.retries if move.job.declared else None
        asked = f", and {retries} retries are asked for" if retries else ""
        text = (
            f"a second run does its work twice: it {' and '.join(dict.fromkeys(piece.says for piece in proof))}{asked}"
        )
        yield move.hazard(
            Severity.SILENT, text, "no retries until it is safe to repeat; then say `idempotent = true`", tuple(proof)
        )


def _of_step(step: Step) -> str:
    if _MAILED.search(step.text):
        return "sends mail"
    if step.kind is StepKind.MAIL:
        program = step.program.rpartition("/")[2]
        # What is shown to whoever is logged in does no harm twice.
        return "" if program in _SHOWN else "sends a message" if program in _CHAT else "sends mail"
    return "inserts rows" if step.kind is StepKind.DATABASE and _INSERTS.search(step.text) else ""


def _of_access(access: Access, anew: Container[Resource]) -> str:
    # A program that writes its log itself says again what it did; that is no work.
    logged = access.log or (access.resource.kind is ResourceKind.FILE and is_log(access.resource.name))
    if access.mode is Mode.APPEND and not logged and access.resource not in anew:
        return f"appends to {access.resource.name}"
    sent = access.resource.kind is ResourceKind.URL and access.mode is Mode.WRITE
    if sent and _POSTS.search(access.text) and not _REPLACES.search(access.text):
        return f"posts to {access.resource.name}"
    return ""


CHECK = HazardCheck(
    "retry-unsafe",
    find,
    MOVES,
    "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-retry-policy.html",
)
