"""Decide tests whose words are all known, so that what cannot be reached is not counted (test(1), bash(1))."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence

from migrator.commands import expansion
from migrator.commands.scope import Scope
from migrator.commands.values import Value
from migrator.shell.tree import Command, Node, Pipeline, Script, Test, Word

_COMPARISON = re.compile(r"(-?\d{1,15})\s*(<=?|>=?|==|!=)\s*(-?\d{1,15})")
_SIGNS = {"<": "-lt", "<=": "-le", ">": "-gt", ">=": "-ge", "==": "-eq", "!=": "-ne"}
_NUMBER = re.compile(r"-?\d{1,15}")


def decided(condition: Script, scope: Scope) -> bool | None:
    """Give the answer of a condition, None where only a run can tell."""
    return answered(condition.items[0].node, scope) if len(condition.items) == 1 else None


def answered(node: Node, scope: Scope) -> bool | None:
    """Give the answer of one test, None where only a run can tell."""
    negated = False
    if isinstance(node, Pipeline) and len(node.stages) == 1:
        negated, node = node.negated, node.stages[0]
    answer = _single(node, scope)
    return answer if answer is None or not negated else not answer


def _single(node: object, scope: Scope) -> bool | None:
    if isinstance(node, Test):
        return _test(expansion.words(node.words, scope)) if node.operator == "[[" else _counted(node, scope)
    if not isinstance(node, Command) or not node.words:
        return None
    name = node.words[0].literal
    if name in ("true", ":"):
        return True
    if name == "false":
        return False
    if name not in ("[", "test"):
        return None
    values = [expansion.word(word, scope) for word in node.words[1:]]
    if name == "[" and values and values[-1].text == "]":
        values.pop()
    return _test(values)


def _counted(node: Test, scope: Scope) -> bool | None:
    """Decide `(( $# ))` or `(( $# > 0 ))`."""
    text = expansion.interpolated(node.words[0].raw.strip(), scope) if node.words else None
    if text is None or not text.exact:
        return None
    match = _COMPARISON.fullmatch(text.text)
    if match is None:
        return bool(int(text.text)) if _NUMBER.fullmatch(text.text) else None
    return _compared(match[1], _SIGNS[match[2]], match[3])


def _test(values: list[Value]) -> bool | None:
    if values and values[0].text == "!" and len(values) > 1:
        answer = _test(values[1:])
        return None if answer is None else not answer
    if not all(value.exact for value in values):
        return None
    texts = [value.text for value in values]
    if len(texts) == 1:
        return bool(texts[0])
    if len(texts) == 2:
        return {"-z": not texts[1], "-n": bool(texts[1])}.get(texts[0])
    if len(texts) != 3:
        return None
    return _compared(*texts)


def _compared(one: str, operator: str, other: str) -> bool | None:
    if operator in ("=", "==", "!="):
        if re.search(r"[*?\[]", other):
            return None
        return (one == other) is (operator != "!=")
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return None
    left, right = int(one), int(other)
    return {
        "-eq": left == right, "-ne": left != right, "-lt": left < right,
        "-le": left <= right, "-gt": left > right, "-ge": left >= right,
    }.get(operator)  # fmt: skip


def matches(text: str, patterns: Sequence[Word]) -> bool | None:
    """Say whether a word takes an arm of `case`, None where a pattern is not known."""
    for pattern in patterns:
        known = pattern.literal
        if known is None or len(known) > 200 or len(text) > 1000:
            return None
        if fnmatch.fnmatchcase(text, known):
            return True
    return False
