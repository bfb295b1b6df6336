"""A failure does not show in the exit code.

**Why.** Retries, alarms and the order of tasks go by the exit code. A job that always succeeds looks green while it
does nothing.

**Says nothing** where the exit code tells the outcome.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Trait
from migrator.model import Evidence, Severity
from migrator.shell import parse
from migrator.shell.tree import Command

_NEVER_FAILS = frozenset({"true", ":", "echo", "printf", "logger", "date", "sleep"})
_WORDS = r"[^\s;&|<>(){}`\"'\\#!]"
_PLAIN = re.compile(rf"[ \t]*{_WORDS}(?:{_WORDS}|[ \t])*(?:>>?[ \t]*{_WORDS}(?:{_WORDS}|[ \t])*|>&\d[ \t]*)*")
_RESERVED = frozenset(
    "if then elif else fi for in do done while until case esac select function time coproc [[ ]]".split()  # noqa: SIM905  as sh(1) lists them
)
_STOPS = re.compile(r"\bset\s+-[a-z]*e")


def find(move: Move) -> Iterator[Hazard]:
    """Report commands whose failure is hidden."""
    if proof := move.proof(Trait.SWALLOWS_EXIT) or _of_its_end(move):
        text = "not every failure shows in its exit code: no retry and no alarm will see the others"
        yield move.hazard(
            Severity.SILENT, text, "let the failure through (pipefail, no `|| true`) before it moves", proof
        )


def _of_its_end(move: Move) -> tuple[Evidence, ...]:
    """Point at a line whose end decides its exit code: left in the background, or a command that never fails."""
    if _is_one_command(move.job.command):
        return ()
    items = parse(move.job.command).items
    if items and items[-1].background:
        return move.line("it ends in `&`, and the shell gives 0 at once")
    if len(items) > 1 and isinstance(last := items[-1].node, Command) and last.words:
        name = last.words[0].literal
        if name in _NEVER_FAILS and not _STOPS.search(move.job.command):
            return move.line(f"it ends in `{name}`, which never fails")
    return ()


def _is_one_command(text: str) -> bool:
    """Say whether a text is a plain command with words and redirects, as most are; it need not be parsed then."""
    return _PLAIN.fullmatch(text) is not None and text.split(None, 1)[0] not in _RESERVED


CHECK = HazardCheck("exit-swallow", find, MOVES, "sh(1), exit status")
