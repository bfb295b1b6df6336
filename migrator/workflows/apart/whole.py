"""Why a shell text cannot be taken apart at all."""

from __future__ import annotations

import re

from migrator.redaction.marks import MARK
from migrator.shell import walk
from migrator.shell.tree import Command, For, Function, Node, Pipeline, ProcessSubstitution, Redirect, Test
from migrator.workflows.apart.source import Source

SHELLS = frozenset({"sh", "bash", "dash", "ash"})
_HELD = frozenset(
    {"trap", "alias", "unalias", "coproc", "jobs", "disown", "fg", "bg", "suspend", "enable", "complete", "history"}
    | {"fc", "caller", "times", "logout"}
)
_OF_TEXT = re.compile(r"\bLINENO\b|\bBASH_SOURCE\b|\bFUNCNAME\b|\bBASH_LINENO\b|\bBASH_SUBSHELL\b|\bBASH_COMMAND\b")
_LAST_STARTED = re.compile(r"\$!|\$\{!\}")
_LONGEST = 100_000


def whole(source: Source) -> str:
    """Say why a text stays whole, empty where it may be taken apart."""
    if source.script.faults:
        return "some of its text was not understood"
    if len(source.text) > _LONGEST:
        return "its text is too long"
    if MARK.search(source.text):
        return "a secret stands in it"
    if "\r" in source.text:
        return "a carriage return stands in it"
    if found := _OF_TEXT.search(source.text):
        return f"it asks for its own place (`{found[0]}`)"
    if _LAST_STARTED.search(source.text):
        return "it keeps the number of a process that it started"
    for node in walk(source.script):
        if reason := _held(node, source):
            return reason
    return ""


def _held(node: Node, source: Source) -> str:
    if isinstance(node, Command) and node.words:
        name = node.words[0].literal
        if name in _HELD or (name == "wait" and len(node.words) > 1):
            return f"`{name}` holds for the shell that it stands in"
    if not source.bash and _of_bash(node, source):
        return f"text of bash, which `{source.shell}` may read otherwise"
    return ""


def _of_bash(node: Node, source: Source) -> bool:
    match node:
        case Test():
            return node.operator == "(("
        case For():
            return bool(node.header)
        case Function():
            return source.slice(node).startswith("function")
        case Pipeline():
            return "|&" in source.slice(node)
        case _:
            redirects: tuple[Redirect, ...] = getattr(node, "redirects", ())
            if any(redirect.operator in ("&>", "&>>", "<<<") for redirect in redirects):
                return True
            return isinstance(node, Command) and _extended(node)


def _extended(node: Command) -> bool:
    words = [*node.words, *(redirect.target for redirect in node.redirects if redirect.target is not None)]
    parts = [part for word in words for part in word.parts]
    return any(isinstance(part, ProcessSubstitution) for part in parts) or any(
        each.elements is not None or each.append for each in node.assignments
    )
