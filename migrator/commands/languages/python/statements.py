"""Statements of SQL in programs, before their tables are listed."""

from __future__ import annotations

import re

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
