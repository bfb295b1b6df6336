"""Read a TOML document with the standard reader, and find again the lines that it does not keep.

The lines of `[[jobs]]` headers and of the keys below them are looked for in the text; where that is not sure (text that
only looks like a header, inside a string of several lines), the line is 0, which is said as the whole file.
"""

from __future__ import annotations

import math
import re

from migrator.settings.toml_text import toml_values
from migrator.sources.grammar.document import MAX_DEPTH, MAX_DIGITS, DocumentError, Node, array, table

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(?P<name>[A-Za-z0-9_-]+)[ \t]*\]\]", re.MULTILINE)
_ANY_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_KEY = re.compile(r"""^[ \t]*["']?(?P<key>[A-Za-z0-9_-]+)["']?[ \t]*=""", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_toml(text: str) -> Node:
    """Read a document; raise DocumentError."""
    try:
        values = toml_values(text)
    except ValueError as error:
        where = _AT_LINE.search(str(error))
        fault = _AT_LINE.sub("", str(error)).strip()
        raise DocumentError(int(where[1]) if where else 0, f"not TOML: {fault}", "correct the line") from error
    pairs = []
    for key, value in values.items():
        lines = _key_lines(text, 1, _end_of_top(text))
        node = _array_of_tables(text, key, value) if _is_tables(value) else _node(value, lines.get(key, 0), 1)
        pairs.append((key, node.line, node))
    return table(pairs, 1)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _array_of_tables(text: str, key: str, value: list[dict[str, object]]) -> Node:
    """Give the tables of `[[key]]` their lines, if there are as many such headers as tables."""
    headers = [match for match in _HEADER.finditer(text) if match["name"] == key]
    if len(headers) != len(value):
        return array([_node(item, 0, 1) for item in value], 0)
    items = []
    for header, item in zip(headers, value, strict=True):
        line = text.count("\n", 0, header.start()) + 1
        following = _ANY_HEADER.search(text, header.end())
        keys = _key_lines(text, line, following.start() if following else len(text), header.end())
        pairs = [(name, keys.get(name, line), _node(inner, keys.get(name, line), 2)) for name, inner in item.items()]
        items.append(table(pairs, line))
    return array(items, items[0].line)


def _key_lines(text: str, first: int, end: int, start: int = 0) -> dict[str, int]:
    """Give the line of each key that stands at the beginning of a line in a part of the text."""
    lines: dict[str, int] = {}
    line, seen = first, start
    for match in _KEY.finditer(text, start, end):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        lines.setdefault(match["key"], line)
    return lines


def _end_of_top(text: str) -> int:
    header = _ANY_HEADER.search(text)
    return header.start() if header else len(text)


def _node(value: object, line: int, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise DocumentError(line, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
    if isinstance(value, dict):
        return table([(str(key), line, _node(item, line, depth + 1)) for key, item in value.items()], line)
    if isinstance(value, list):
        return array([_node(item, line, depth + 1) for item in value], line)
    if isinstance(value, float) and not math.isfinite(value):
        return Node(str(value), line)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 3 * MAX_DIGITS:
        return Node("a number of too many digits", line)
    if value is None or isinstance(value, (str, int, float, bool)):
        return Node(value, line)
    return Node(str(value), line)  # a date or a time
