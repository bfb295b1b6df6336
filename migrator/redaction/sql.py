"""Secrets that SQL writes into a column that is called like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.marks import Kind
from migrator.redaction.names import is_given, kind_of_name
from migrator.redaction.shapes import Span

_INSERT = re.compile(
    r"\b(?:insert|replace)\s+into\s+[^\s(]{1,100}\s*\(([^()]{1,1000})\)\s*values\s*\(([^()]{1,2000})\)", re.IGNORECASE
)
_VALUE = re.compile(r"\s*(?:\\*(['\"])(?P<text>(?:(?!\1)[^\\])*)\\*\1|[^,]*)\s*(?:,|\Z)")


def inserted(text: str) -> Iterator[Span]:
    """Yield the values that `INSERT INTO t (name, password) VALUES ('a', 'secret')` gives such columns."""
    for match in _INSERT.finditer(text) if "into" in text or "INTO" in text else ():
        pos = match.start(2)
        for column in match[1].split(","):
            value = _VALUE.match(text, pos, match.end(2))
            if value is None:
                break
            pos = value.end()
            kind = kind_of_name(column.strip(" `\"'\\[]\n"))
            if kind in (Kind.PASSWORD, Kind.TOKEN, Kind.SECRET, Kind.KEY) and value["text"] and is_given(value["text"]):
                yield *value.span("text"), kind
