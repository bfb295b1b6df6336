"""Statements of SQL in programs, before their tables are listed."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import Map, Seq, Text

_DEFINES = re.compile(r"\s*(?:--[^\n]*\n\s*)*CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+)?TABLE\b", re.IGNORECASE)
_FILLS = re.compile(r"\bSELECT\b", re.IGNORECASE)


def without_definitions(text: str) -> str:
    """Leave out `CREATE TABLE name (columns)`: a program that makes its tables on the way writes no data by it."""
    if "create" not in text.lower():
        return text
    kept = [piece for piece in text.split(";") if not _DEFINES.match(piece) or _FILLS.search(piece)]
    return ";".join(kept)


_COUNTS = re.compile(
    r"\s*SELECT\s+(?:COALESCE\s*\(\s*|IFNULL\s*\(\s*)?(?:COUNT|MAX|MIN)\s*\([^()]{0,80}\)"
    r"(?:\s*,\s*\w{1,20}\s*\))?(?:\s+AS\s+\w+)?\s+FROM\s+[\w.\"`\[\]]+\s*;?\s*",
    re.IGNORECASE,
)


def only_counts(text: str) -> bool:
    """Say whether a statement asks only how much is in a whole table: a look at its state, not a use of its rows."""
    return len(text) < 400 and bool(_COUNTS.fullmatch(text))


_PLACES = re.compile(r"'(?:[^']|'')*'|%s|\?|%\((\w+)\)s|(?<![:\w])[:@](\w+)")
_MOST = 60


def with_given(text: str, given: object) -> str:
    """Put the texts that a call gives in the places of its statement: `?`, `%s`, `%(name)s`, `:name`."""
    if not isinstance(given, Seq | Map) or (isinstance(given, Seq) and given.open) or len(given.items) > _MOST:
        return text
    left = iter(given.items)

    def filled(place: re.Match[str]) -> str:
        if place[0][0] == "'":
            return place[0]
        name = place[1] or place[2]
        found = given.items.get(name) if isinstance(given, Map) else next(left, None) if not name else None
        known = isinstance(found, Text) and found.value.exact and "'" not in found.value.text
        return f"'{found.value.text}'" if known and isinstance(found, Text) else place[0]

    return _PLACES.sub(filled, text)
