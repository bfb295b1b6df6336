"""Operators of `${NAME…}` that change a text (POSIX.1 XCU 2.6.2, bash(1) Parameter Expansion)."""

from __future__ import annotations

import fnmatch
import re

from migrator.commands.values import Value, unknown


def replaced(value: Value, operator: str, argument: str, shown: str) -> Value:
    """Replace the first (`/`) or every (`//`) plain text in a value."""
    old, _, new = argument.partition("/")
    if not old or re.search(r"[*?\[\\$#%]", old) or "$" in new or len(value.text) > 4096:
        return unknown(shown, dated=value.dated, private=value.private, state=value.state)
    return value.but(value.text.replace(old, new, -1 if operator == "//" else 1))


def trimmed(text: str, operator: str, pattern: str) -> str:
    """Remove the shortest (`%`, `#`) or longest (`%%`, `##`) match of a pattern from the end or the beginning."""
    pattern = pattern.strip("\"'").replace("\\", "")
    if "$" in pattern or len(text) > 1024 or len(pattern) > 200:
        return text
    places = range(len(text), -1, -1) if operator == "%" else range(len(text) + 1)
    if operator == "##":
        places = range(len(text), -1, -1)
    for place in places:
        piece = text[place:] if operator[0] == "%" else text[:place]
        if fnmatch.fnmatchcase(piece, pattern):
            return text[:place] if operator[0] == "%" else text[place:]
    return text
