"""Words with braces, `{a,b}` and `{1..5}` (bash(1), Brace Expansion): a few are told apart, more stay a pattern."""

from __future__ import annotations

import re

from migrator.commands.values import Value
from migrator.shell.tree import Literal, Word

_COUNTED = re.compile(r"\{(\d{1,4})\.\.(\d{1,4})\}")
_BRACES = re.compile(r"(?<!\$)\{([^{},\s]*(?:,[^{},\s]*)+)\}")
_MOST_BRACED = 8


def alternatives(one: Word, value: Value) -> list[Value]:
    """Expand what unquoted braces hold, where they stand for a few words."""
    plain = [part.text for part in one.parts if isinstance(part, Literal) and not part.quoted]
    if any("," in text for text in plain) and _few_braces(value.text):
        return _braced(value)
    return _counted(value) if any(".." in text for text in plain) else [value]


def _counted(value: Value) -> list[Value]:
    """Expand one small `{1..5}` or `{01..12}` as bash does; a larger one stays a pattern."""
    found = _COUNTED.search(value.text)
    if found is None:
        return [value]
    first, last = int(found[1]), int(found[2])
    if abs(last - first) >= _MOST_BRACED:
        return [value]
    width = max(len(found[1]), len(found[2])) if "0" in (found[1][:1], found[2][:1]) else 1
    step = 1 if first <= last else -1
    texts = (
        f"{value.text[: found.start()]}{number:0{width}d}{value.text[found.end() :]}"
        for number in range(first, last + step, step)
    )
    return [value.but(text) for text in texts]


def _few_braces(text: str) -> bool:
    """Say whether the braces of a text stand for few words: each pair multiplies those of the others."""
    count = 1
    for match in _BRACES.finditer(text[:2000]):
        count *= match[1].count(",") + 1
        if count > _MOST_BRACED * 2:
            return False
    return count > 1


def _braced(value: Value) -> list[Value]:
    """Expand one or two small `{a,b}` as bash does; larger ones stay a pattern."""
    found: list[Value] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        options = _first_braces(one)
        waiting.extend(reversed(options))
        if not options:
            found.append(one)
        elif len(found) + len(waiting) > _MOST_BRACED * 2:  # nested ones double with every pair around them
            return [value]
    return found


def _first_braces(value: Value) -> list[Value]:
    """Put each word of the first `{a,b}` in its place; none where there is nothing small to expand."""
    match = _BRACES.search(value.text)
    shown = _BRACES.search(value.written)
    if match is None or shown is None or len(value.text) > 2000:
        return []
    options, written = match[1].split(","), shown[1].split(",")
    if len(options) != len(written) or len(options) > _MOST_BRACED:
        return []
    return [
        value.but(
            value.text[: match.start()] + option + value.text[match.end() :],
            value.written[: shown.start()] + as_written + value.written[shown.end() :],
        )
        for option, as_written in zip(options, written, strict=True)
    ]
