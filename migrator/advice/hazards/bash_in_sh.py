"""The line is written for bash, and cron gives it to sh.

**Why.** Cron runs `/bin/sh` unless a SHELL line says otherwise. Where that is dash, as on Debian, words of bash fail or
mean something else: `>& file` is an error, `&>` starts the command in the background, `$RANDOM` is nothing, `[[` is not
found. Airflow's BashOperator runs bash, so the move changes what the line does.

**Says nothing** where SHELL names another shell than sh, and about scripts, whose first line names their shell.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import EVERYWHERE, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.model import Dialect, Severity
from migrator.shell import parse, walk
from migrator.shell.tree import (
    Arithmetic,
    Assignment,
    Command,
    Node,
    Parameter,
    Part,
    ProcessSubstitution,
    Redirect,
    Word,
)
from migrator.shell.tree import Test as DoubleTest
from migrator.shell.walking import words
from migrator.sources.items import CRONTABS

_SH = frozenset({"sh", "dash"})
_PROGRAMS = frozenset({"source", "pushd", "popd", "shopt", "declare", "typeset", "let", "mapfile", "readarray"})
_OPERATORS = ("//", "/", "^", ",", ":", "!", "@")
_FALLBACKS = (":-", ":=", ":?", ":+")
_VARIABLES = frozenset({"RANDOM", "SECONDS", "HOSTNAME", "BASH_SOURCE", "PIPESTATUS", "EUID", "UID"})
# One of these stands in every line that is told of, quotes and backslashes left out: most lines need not be read.
_QUOTING = re.compile(r"\\\n|['\"\\]")
_BASHISH = re.compile(
    r"\$|\{(?=[^{}\s]*\})[^{}\s]*?(?:,|\.\.)|\[\[|\(\(|=\(|\+=|&>|>&[ \t]*[^-0-9$ \t]|<<<|[<>]\(|=="
    rf"|(?<!\w)(?:{'|'.join(sorted(_PROGRAMS))})(?!\w)"
)
# A number, `-` or a variable stands for a descriptor.
_FILE = re.compile(r"[^-0-9$]")
_NOT_FOUND = "sh does not find it and goes on"
_REFUSED = "sh refuses the line"
# `{1..5}`, `{a,b}`, outside quotes, its end looked for once; curl(1) reads those of an address itself.
_BRACES = re.compile(r"[^'\"\\]*?(?<!\$)(\{(?=[^{}'\"\\\s]*\})[^{}'\"\\\s]*?(?:,|\.\.)[^{}'\"\\\s]*\})")


def find(move: Move) -> Iterator[Hazard]:
    """Report the first thing in the line that only bash understands."""
    job = move.job
    from_cron = job.source in CRONTABS and job.schedule.dialect in (Dialect.DEBIAN, Dialect.CRONIE)
    if not from_cron or job.shell.rpartition("/")[2] not in _SH or not _BASHISH.search(_QUOTING.sub("", job.command)):
        return
    script = parse(job.command)
    told = next((said for node in walk(script) if (said := _of_node(node))), None)
    told = told or next((said for word in words(script) if (said := _of_word(word, move))), None)
    if told:
        what, becomes = told
        text = f"`{what}` is bash's, and the line is run by {job.shell}: where that is dash, as on Debian, {becomes}"
        remedy = "see what the job does today, then write it for sh or name bash: the target's shell may be the other"
        yield move.hazard(Severity.SILENT, text, remedy)


def _of_node(node: Node) -> tuple[str, str] | None:
    if isinstance(node, DoubleTest):
        return node.operator, _NOT_FOUND if node.operator == "[[" else "it is a command in a subshell"
    if not isinstance(node, Command):
        return None
    return _of_words(node) or _of_assignments(node.assignments) or _of_redirects(node.redirects)


def _of_words(command: Command) -> tuple[str, str] | None:
    texts = [word.literal for word in command.words]
    if not texts:
        return None
    if texts[0] in _PROGRAMS:
        return texts[0], _NOT_FOUND
    if texts[0] in ("[", "test") and "==" in texts:
        return f"{texts[0]} … ==", "the test fails"
    return None


def _of_assignments(assignments: tuple[Assignment, ...]) -> tuple[str, str] | None:
    for found in assignments:
        if found.elements is not None:
            return f"{found.name}=(…)", _REFUSED
        if found.append:
            return f"{found.name}+=", _NOT_FOUND
    return None


def _of_redirects(redirects: tuple[Redirect, ...]) -> tuple[str, str] | None:
    for found in redirects:
        if found.operator.startswith("&>"):
            return found.operator, "it runs in the background and its output is not caught"
        file = found.target.raw if found.target is not None else ""
        if found.operator == ">&" and found.descriptor is None and _FILE.match(file):
            return f">& {file}", _REFUSED
        if found.operator == "<<<":
            return found.operator, _REFUSED
    return None


def _of_word(word: Word, move: Move) -> tuple[str, str] | None:
    braces = _BRACES.match(word.raw) if "{" in word.raw and "://" not in word.raw else None
    if braces is not None:
        return braces[1], "it stays as it is written"
    return next((said for part in word.parts if (said := _of_part(part, move))), None)


def _of_part(part: Part, move: Move) -> tuple[str, str] | None:
    if isinstance(part, ProcessSubstitution):
        return f"{part.direction}(…)", _REFUSED
    if isinstance(part, Arithmetic) and "RANDOM" in part.text and not _is_set(move, "RANDOM"):
        return "RANDOM", "it is 0"
    if not isinstance(part, Parameter):
        return None
    if part.operator.startswith(_OPERATORS) and not part.operator.startswith(_FALLBACKS):
        return f"${{{part.name}{part.operator}…}}", _REFUSED
    if part.name in _VARIABLES and not part.operator and not _is_set(move, part.name):
        return f"${part.name}", "it is empty"
    return None


def _is_set(move: Move, name: str) -> bool:
    return any(setting.name == name for setting in move.job.settings) or f"{name}=" in move.job.command


CHECK = HazardCheck("bash-in-sh", find, EVERYWHERE, "crontab(5), SHELL; dash(1)")
