"""Waits for an object as a question that needs no host: which names a bucket must hold, and how often to ask.

`aws s3 ls s3://bucket/key` succeeds where any name begins so (awscli, s3/subcommands.py); piped into `grep -q` for an
ending, where one ends so too. Whatever else a loop looks at, or does when it gives up, is for its own shell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.commands.facts import Wait, WaitKind
from migrator.workflows.types import Task

_LS = r"aws s3 ls (?:\"[^\"]*\"|'[^']*'|[^\s|;&<>()]+)\s*(?:(?:[12]|&)?>\s*/dev/null\s*|2>&1\s*)*"
# The condition of a loop that ends as soon as there is something: by the status, or by what was printed.
_BY_STATUS = re.compile(rf"\s*(?:until\s+|while\s+!\s+){_LS}(?P<piped>\|[^;\n]*)?\s*[;\n]\s*do\b")
_BY_TEXT = re.compile(rf"\s*(?:until\s+\[\[?\s+-n|while\s+\[\[?\s+-z)\s+\"?\$\({_LS}\)\"?\s+\]\]?\s*[;\n]\s*do\b")
_SUFFIX = re.compile(
    r"\|\s*grep\s+-q[E]?\s+(?P<quote>['\"]?)(?:\\\.|\[\.\])(?P<ending>\w+)\$(?P=quote)\s*(?:2?>\s*/dev/null\s*)?"
)
_LITERAL = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(?P<prefix>[A-Za-z0-9!_.'()/=+@:,-]+)")
_MORE = re.compile(
    r"\s-[fesrdL]\s|\b(?:curl|wget|nc|ncat|ping|telnet|psql|mysql|redis-cli|pg_isready|systemctl|docker)\b"
)
_LEAVES = re.compile(r"\b(?:exit|return)\b")
_GIVES_UP = re.compile(r"\bbreak\b|\b(?:exit|return)\b(?!\s+[1-9])")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a bucket must hold: a name that begins with `prefix` and ends in `ending`."""

    bucket: str
    prefix: str
    ending: str = ""


def listing(wait: Wait, text: str) -> Listing | str:
    """Say what a wait's loop, as it is written, asks a bucket for; give the reason where that cannot be said."""
    if wait.kind is not WaitKind.OBJECT:
        return f"a {wait.kind} can only be looked for on the host"
    where = _LITERAL.fullmatch(wait.target)
    if where is None:
        return "the name of the object is only known when it runs"
    if wait.seconds is None or not wait.seconds.exact or wait.seconds.low < 1:
        return "how long it sleeps between two looks is not known"
    by_status = _BY_STATUS.match(text)
    if (by_status is None and _BY_TEXT.match(text) is None) or text.count("aws s3") != 1 or _MORE.search(text):
        return "it does not look for the object by one `aws s3 ls` alone"
    if _GIVES_UP.search(text):
        return "when it gives up, what stands behind it goes on"
    if wait.timeout is None and _LEAVES.search(text):
        return "how long it looks before it gives up is not known"
    piped = ((by_status and by_status["piped"]) or "").strip()
    suffix = _SUFFIX.fullmatch(piped)
    if piped and suffix is None:
        return "it looks for more than the ending of a name"
    return Listing(where["bucket"], where["prefix"], f".{suffix['ending']}" if suffix else "")


def sought(task: Task) -> Listing | str:
    """Say what a task that waits asks a bucket for; give the reason where it does more, or where it cannot be said."""
    if task.wait is None:
        return "it waits for nothing"
    found = listing(task.wait, task.text)
    # A part of a job does nothing else, and restates what it needs of the shell before the loop.
    if isinstance(found, Listing) and task.name == task.job and (task.command or "").strip() != task.text.strip():
        return "its job does more than to wait"
    return found


def is_watched(task: Task) -> bool:
    """Say whether a state machine can ask for what is waited for: for the begin of a name."""
    found = sought(task)
    return not isinstance(found, str) and not found.ending
