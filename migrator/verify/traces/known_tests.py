"""`[`, `test` and `[[` over texts that are known without a run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from migrator.verify.traces.expansion import known
from migrator.verify.traces.recording import QUOTED, readable

_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_DECIMAL = re.compile(r"\s*[+-]?(?:0|[1-9][0-9]{0,17})\s*")
_COMPARED = {
    "-eq": lambda one, other: one == other,
    "-ne": lambda one, other: one != other,
    "-lt": lambda one, other: one < other,
    "-le": lambda one, other: one <= other,
    "-gt": lambda one, other: one > other,
    "-ge": lambda one, other: one >= other,
}


def known_status(words: Sequence[str], *, patterns: bool = False) -> int | None:
    """Give the status of a test; None where only a run knows it. With `patterns` as `[[` reads them."""
    if not all(known(word) for word in words):
        return None
    if len(words) > 1 and words[0] == "!":
        inner = known_status(words[1:], patterns=patterns)
        return None if inner is None else int(not inner)
    # `[[` reads a number behind a zero as octal (bash, «Shell Arithmetic»).
    number = _DECIMAL if patterns else _NUMBER
    match words:
        case [one]:
            return int(not readable(one))
        case ["-n", one]:
            return int(not readable(one))
        case ["-z", one]:
            return int(bool(readable(one)))
        case [one, "=" | "==", other]:
            return int(not _equal(one, other, patterns))
        case [one, "!=", other]:
            return int(_equal(one, other, patterns))
        case [one, operator, other] if operator in _COMPARED and number.fullmatch(one) and number.fullmatch(other):
            return int(not _COMPARED[operator](int(one), int(other)))
    return None


def matches(text: str, pattern: str) -> bool:
    """Say whether a text matches a pattern of the shell; quoted text in the pattern stands for itself."""
    return fnmatchcase(readable(text), re.sub(f"{QUOTED}(.)", r"[\1]", pattern))


def _equal(one: str, other: str, patterns: bool) -> bool:
    return matches(one, other) if patterns else readable(one) == readable(other)
