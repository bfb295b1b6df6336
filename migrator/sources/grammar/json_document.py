"""Read a JSON document strictly (RFC 8259), every value with its line.

The standard reader takes `NaN` and equal keys, overflows the stack on deep nesting, and loses the lines.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from json.decoder import scanstring as _scan_string  # type: ignore[attr-defined]  # typeshed leaves it out

from migrator.sources.grammar.document import MAX_DEPTH, MAX_DIGITS, MAX_VALUES, DocumentError, Node, array, table

_BLANKS = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<exponent>[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_+-]+[A-Za-z0-9_.]*")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(slots=True)
class _Open:
    """An array or object that is being read."""

    line: int
    is_table: bool
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[str, int, Node]] = field(default_factory=list)
    key: tuple[str, int] | None = None


def read_json(text: str) -> Node:
    """Read the one value of a text; raise DocumentError."""
    return _Reader(text).read()


class _Reader:
    """A position in the text and a stack of what is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._values = 0
        self._stack: list[_Open] = []

    def read(self) -> Node:
        """Read one value and the end of the text."""
        self._skip()
        while True:
            node = self._value()
            while node is not None:
                if not self._stack:
                    self._skip()
                    if self._at < len(self._text):
                        raise self._error("something follows the end of the document", "keep one value a file")
                    return node
                node = self._placed(node)

    def _value(self) -> Node | None:
        """Read a value; None for one that was only opened."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._error(f"more than {MAX_VALUES:,} values", "write a smaller file")
        sign = self._peek()
        if sign in "[{" and sign:
            return self._begin(is_table=sign == "{")
        if sign == '"':
            line = self._line
            return Node(self._string(), line)
        if match := _NUMBER.match(self._text, self._at):
            self._at = match.end()
            return Node(_number(match), self._line)
        word = _WORD.match(self._text, self._at)
        if word and word[0] in _WORDS:
            self._at = word.end()
            return Node(_WORDS[word[0]], self._line)
        if word and word[0].lstrip("+-") in {"NaN", "Infinity"}:
            raise self._error(f"{word[0]} is no JSON number", "leave the value out, or give a number")
        raise self._error("a value is missing", "write text in double quotes, and true, false or null as they are")

    def _begin(self, *, is_table: bool) -> Node | None:
        if len(self._stack) >= MAX_DEPTH:
            raise self._error(f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        self._at += 1
        opened = _Open(self._line, is_table)
        self._skip()
        if self._peek() == ("}" if is_table else "]"):
            self._at += 1
            return table([], opened.line) if is_table else array([], opened.line)
        self._stack.append(opened)
        if is_table:
            self._key(opened)
        return None

    def _key(self, opened: _Open) -> None:
        if self._peek() != '"':
            raise self._error("a key in double quotes is missing", "remove a comma too many, or quote the key")
        line = self._line
        opened.key = (self._string(), line)
        self._skip()
        if self._peek() != ":":
            raise self._error("a colon is missing after the key", 'write "key": value')
        self._at += 1
        self._skip()

    def _placed(self, node: Node) -> Node | None:
        """Put a value where it belongs; give the collection that it completes, or None."""
        top = self._stack[-1]
        if top.key is not None:
            top.pairs.append((*top.key, node))
        else:
            top.items.append(node)
        self._skip()
        sign = self._peek()
        if sign == ",":
            self._at += 1
            self._skip()
            if top.is_table:
                self._key(top)
            return None
        if sign != ("}" if top.is_table else "]"):
            raise self._error("a comma or a closing bracket is missing", "compare the brackets")
        self._at += 1
        self._stack.pop()
        return table(top.pairs, top.line) if top.is_table else array(top.items, top.line)

    def _string(self) -> str:
        try:
            value: str
            value, end = _scan_string(self._text, self._at + 1, True)
        except json.JSONDecodeError as error:
            fault = f"{error.msg[:1].lower()}{error.msg[1:]}".removesuffix(" at")
            raise self._error(fault, "write control characters as \\u0000 and close the quotes") from error
        self._at = end
        return value

    def _skip(self) -> None:
        match = _BLANKS.match(self._text, self._at)
        if match and match.end() > self._at:
            self._line += match[0].count("\n")
            self._at = match.end()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _error(self, fault: str, remedy: str) -> DocumentError:
        return DocumentError(self._line, f"not JSON: {fault}", remedy)


def _number(match: re.Match[str]) -> int | float | str:
    if len(match[0]) > MAX_DIGITS:
        return match[0]
    if match["fraction"] or match["exponent"]:
        value = float(match[0])
        return match[0] if value in {float("inf"), float("-inf")} else value
    return int(match[0])
