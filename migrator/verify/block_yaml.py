"""YAML of one plain kind, read line by line: block style, ASCII, each scalar on its line or below a `|`.

The lines of templates are alike, and each distinct one is taken apart once. Whatever is not surely of that kind (a tag,
an alias, a comment between lines, a text that goes on in the next line, a key that stands twice) is left to the reader
of all YAML, and so is each scalar that is more than a word: what is read here, that one reads the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrator.sources.grammar.document import DocumentError, plain
from migrator.sources.grammar.yaml_document import read_yaml
from migrator.verify.values import Value

_OTHER = re.compile(r"[^\n\x20-\x7e]")
# A text to YAML in a block (YAML 1.2.2, 7.3.3): no `: `, no ` #`, no blank at its end. It begins as no number does.
_WORDS = (
    r"(?:[A-Za-z/^$(_;\\]|[-:](?=[A-Za-z/]))(?:[\x21-\x39\x3b-\x7e]|:(?=[\x21-\x7e])|\x20+(?=[\x21\x22\x24-\x7e]))*"
)
_TEXT = re.compile(_WORDS)
_LINE = re.compile(
    rf"(?P<indent>\x20*)(?P<dashes>(?:-\x20)*)(?:(?P<key>(?=[A-Za-z]){_WORDS}|'[^'<]+'):(?:\x20(?=\S)|\Z))?(?P<scalar>.*)"
)
_NUMBER = re.compile(r"[-+.]?[0-9][A-Za-z0-9.+/-]*")
_SINGLE = re.compile(r"'((?:[^']|'')*)'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_WORDS_OF_YAML: dict[str, Value] = {"null": None, "true": True, "false": False}
_SCALAR, _NESTED, _LITERAL, _TABLE, _LIST = range(5)
_ENDINGS = {"|": "clip", "|-": "strip", "|+": "keep"}
_LONGEST_KEY = 1000  # characters; YAML takes 1,024
_MOST_OPEN = 48  # collections in each other; how many there may be the reader of all YAML knows
_MOST_KNOWN = 1 << 16
_KNOWN_LENGTH = 200  # characters


class _UnsureError(ValueError):
    """A text of another kind."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its column, the dashes before it, its key, and what stands behind that: one of the kinds above."""

    column: int
    dashes: int
    key: str | None
    kind: int
    value: Value


_known: dict[str, _Line] = {}  # each distinct line, taken apart


def read_block(text: str) -> dict[str, Value] | None:
    """Read a mapping; None where the text is not surely of the plain kind."""
    if _OTHER.search(text) or not text.endswith("\n"):
        return None
    lines = text.split("\n")
    lines.pop()
    try:
        return _Reading(lines).read()
    except _UnsureError:
        return None


@dataclass(slots=True)
class _Reading:
    """The lines, and the collections that are open: the column of each, itself, and for the innermost an open key."""

    lines: list[str]
    place: int = 0
    columns: list[int] = field(default_factory=list)
    open: list[dict[str, Value] | list[Value]] = field(default_factory=list)
    key: str | None = None

    def read(self) -> dict[str, Value]:
        root: dict[str, Value] = {}
        self.columns.append(0)
        self.open.append(root)
        lines, count = self.lines, len(self.lines)
        while self.place < count and lines[self.place].startswith("#"):
            self.place += 1
        while self.place < count:
            text = lines[self.place]
            self.place += 1
            line = _known.get(text) or _line(text)
            if line.kind is _SCALAR and not line.dashes and line.column == self.columns[-1] and self.key is None:
                # Most lines: one more key of the innermost mapping.
                around = self.open[-1]
                if isinstance(around, dict) and line.key is not None and line.key not in around:
                    around[line.key] = line.value
                    continue
            self._take(line)
        if self.key is not None or not root:
            raise _UnsureError
        return root

    def _take(self, line: _Line) -> None:
        column, kind = line.column, line.kind
        for number in range(line.dashes):
            if number:
                self._begin([], column)
            else:
                self._item(column)
            column += 2
        if line.key is not None:
            if line.dashes:
                self._begin({}, column)
            else:
                self._member(column)
            self.key = line.key
        if kind is _SCALAR:
            self._put(line.value)
        elif kind is not _NESTED:
            self._put(self._literal(line) if kind is _LITERAL else _empty(kind))

    def _put(self, value: Value) -> None:
        """Put a value behind the open key, or into the innermost list."""
        around = self.open[-1]
        if isinstance(around, list):
            around.append(value)
        elif self.key is None or self.key in around:
            raise _UnsureError
        else:
            around[self.key] = value
            self.key = None

    def _begin(self, made: dict[str, Value] | list[Value], column: int) -> None:
        self._put(made)
        if len(self.open) >= _MOST_OPEN:
            raise _UnsureError
        self.columns.append(column)
        self.open.append(made)

    def _item(self, column: int) -> None:
        """Come to an item of a list that stands in a column: the innermost there, or a new one behind an open key."""
        if self.key is not None:
            if column < self.columns[-1]:
                raise _UnsureError
            self._begin([], column)
            return
        self._leave(column)
        if not isinstance(self.open[-1], list):
            raise _UnsureError

    def _member(self, column: int) -> None:
        """Come to a key of a mapping that stands in a column: the innermost there, or a new one behind an open key."""
        if self.key is not None:
            if column <= self.columns[-1]:
                raise _UnsureError
            self._begin({}, column)
            return
        self._leave(column)
        if isinstance(self.open[-1], list):
            # A list stands in the column of the mapping that holds it.
            self.columns.pop()
            self.open.pop()
            if not self.columns or self.columns[-1] != column or isinstance(self.open[-1], list):
                raise _UnsureError

    def _leave(self, column: int) -> None:
        """Close what stands farther in than a column."""
        columns = self.columns
        while columns[-1] > column:
            columns.pop()
            self.open.pop()
        if columns[-1] != column:
            raise _UnsureError

    def _literal(self, line: _Line) -> str:
        """Take the text below a `|`, which ends where a line stands less far in than its first."""
        lines, start = self.lines, self.place
        first = lines[start] if start < len(lines) else ""
        indent = len(first) - len(first.lstrip(" "))
        if indent <= self.columns[-1] or indent == len(first):
            raise _UnsureError
        margin, end = first[:indent], start
        while end < len(lines) and (not lines[end] or lines[end].startswith(margin)):
            end += 1
        self.place = end
        taken = [text[indent:] for text in lines[start:end]]
        empty = 0
        while not taken[-1]:
            taken.pop()
            empty += 1
        breaks = {"strip": 0, "clip": 1, "keep": 1 + empty}[str(line.value)]
        return "\n".join(taken) + "\n" * breaks


def _line(text: str) -> _Line:
    """Take a line apart; raise _UnsureError."""
    match = _LINE.fullmatch(text)
    if match is None:
        raise _UnsureError
    key, scalar = match["key"], match["scalar"]
    if key is not None:
        key = _key(key)
    elif not match["dashes"]:
        raise _UnsureError
    kind, value = _value(scalar) if scalar else (_NESTED, None)
    if kind is _NESTED and key is None:
        raise _UnsureError
    made = _Line(len(match["indent"]), len(match["dashes"]) // 2, key, kind, value)
    if len(text) <= _KNOWN_LENGTH:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[text] = made
    return made


def _key(text: str) -> str:
    if len(text) > _LONGEST_KEY or text.endswith(" ") or text.lower() in _WORDS_OF_YAML:
        raise _UnsureError
    return text[1:-1] if text.startswith("'") else text


def _value(text: str) -> tuple[int, Value]:
    if text in _ENDINGS:
        return _LITERAL, _ENDINGS[text]
    if text in ("{}", "[]"):
        return (_TABLE if text == "{}" else _LIST), None
    if text.lower() in _WORDS_OF_YAML:
        if text not in _WORDS_OF_YAML:
            raise _UnsureError
        return _SCALAR, _WORDS_OF_YAML[text]
    if _TEXT.fullmatch(text):
        return _SCALAR, text
    if match := _SINGLE.fullmatch(text):
        return _SCALAR, match[1].replace("''", "'")
    if _NUMBER.fullmatch(text) or _DOUBLE.fullmatch(text):
        return _SCALAR, _asked(text)
    raise _UnsureError


def _asked(text: str) -> Value:
    """Have the reader of all YAML read a number, or what stands between double quotes."""
    try:
        return plain(read_yaml(text))  # type: ignore[return-value]  # a scalar
    except DocumentError as error:
        raise _UnsureError from error


def _empty(kind: int) -> Value:
    return {} if kind is _TABLE else []
