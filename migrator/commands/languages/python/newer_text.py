"""F-strings as Python 3.12 lets them be written (PEP 701), for an older reader.

There a field may hold the quotes of the string around it, and a backslash: `f'{row['name']}'`. Such a text within a
field gets the other quotes, or becomes a name that nothing is known of. Lines keep their numbers.
"""

from __future__ import annotations

import re

_START = re.compile(r"#[^\n]*|(?<![A-Za-z0-9_])([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_LONGEST = 400_000
_DEEPEST = 12
_UNKNOWN = "_"


class _OddError(Exception):
    """A string that does not end, or fields within fields beyond reading."""


def as_older(source: str) -> str:
    """Write f-strings as Python before 3.12 reads them; give the text itself where one is not understood."""
    if len(source) > _LONGEST:
        return source
    parts: list[str] = []
    place = 0
    try:
        while (start := _START.search(source, place)) is not None:
            parts.append(source[place : start.start()])
            if start[2] is None:
                said, place = start[0], start.end()
            else:
                said, place = _string(source, start, 0)
            parts.append(said)
    except _OddError:
        return source
    return "".join([*parts, source[place:]])


def _string(source: str, start: re.Match[str], depth: int) -> tuple[str, int]:
    """Give a string that begins here, rewritten where it needs to be, and where it ends."""
    quote, raw, fields = start[2], "r" in start[1].lower(), "f" in start[1].lower()
    if depth > _DEEPEST:
        raise _OddError
    parts = [start[0]]
    place = start.end()
    while place < len(source):
        sign = source[place]
        if source.startswith(quote, place):
            return "".join([*parts, quote]), place + len(quote)
        if sign == "\\" and not (raw and fields and source[place + 1 : place + 2] in "{}"):
            parts.append(source[place : place + 2])
            place += 2
        elif sign == "\n" and len(quote) == 1:
            raise _OddError
        elif fields and sign == "{" and source[place + 1 : place + 2] != "{":
            said, place = _field(source, place, quote, depth)
            parts.append(said)
        else:
            width = 2 if fields and source[place : place + 2] in ("{{", "}}") else 1
            parts.append(source[place : place + width])
            place += width
    raise _OddError


def _field(source: str, place: int, quote: str, depth: int) -> tuple[str, int]:
    """Give `{…}` of an f-string with texts in it that do not hold its own quote, and where it ends."""
    parts = ["{"]
    place += 1
    opened = 1
    while place < len(source):
        sign = source[place]
        if (start := _START.match(source, place)) is not None and start[2] is not None:
            said, place = _string(source, start, depth + 1)
            parts.append(_inside(said, start, quote))
            continue
        if sign == "\n" and len(quote) == 1:
            raise _OddError
        opened += (sign in "{[(") - (sign in "}])")
        parts.append(sign)
        place += 1
        if opened == 0:
            return "".join(parts), place
    raise _OddError


def _inside(said: str, start: re.Match[str], quote: str) -> str:
    """Give a text within a field so that it may stand between these quotes."""
    if quote not in said and "\\" not in said:
        return said
    content = said[start.end() - start.start() : -len(start[2])]
    other = "'" if quote[0] == '"' else '"'
    if start[1] or other in content or quote[0] in content or "\\" in content or "\n" in content:
        return _UNKNOWN
    return f"{other}{content}{other}"
