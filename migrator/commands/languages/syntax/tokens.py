"""Words of a program's text, and what finding them in every language shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

LONGEST = 600_000
"""The longest text that is read, in characters."""


class Kind(Enum):
    """The kinds of words."""

    NAME = "name"
    VARIABLE = "variable"
    NUMBER = "number"
    STRING = "string"
    COMMAND = "command"
    WORDS = "words"
    SYMBOL = "symbol"
    PATTERN = "pattern"
    TEST = "test"
    READLINE = "readline"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Code:
    """Program text inside a string."""

    text: str
    line: int


@dataclass(slots=True)
class Token:
    """A word: `parts` are those of a string, `spaced` says that a blank stands before it, `first` a new line."""

    kind: Kind
    text: str
    line: int
    spaced: bool = False
    first: bool = False
    parts: tuple[str | Code, ...] = ()

    def sign(self, *texts: str) -> bool:
        """Say whether this is one of these signs."""
        return self.kind is Kind.SIGN and self.text in texts

    def word(self, *texts: str) -> bool:
        """Say whether this is one of these names."""
        return self.kind is Kind.NAME and self.text in texts


_BLANKS = re.compile(r"\s+")
PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_CLOSERS: dict[tuple[str, str], re.Pattern[str]] = {}


def closing(text: str, start: int, opener: str) -> int:
    """Give the place of the sign that ends a quoted text beginning at `start`, the text's end where there is none.

    Brackets of the same kind may nest; a backslash guards the sign behind it.
    """
    closer = PAIRS.get(opener, opener)
    pattern = _CLOSERS.get((opener, closer))
    if pattern is None:
        pattern = re.compile(rf"\\.|{re.escape(opener)}|{re.escape(closer)}", re.DOTALL)
        _CLOSERS[opener, closer] = pattern
    depth = 0
    for match in pattern.finditer(text, start):
        found = match[0]
        if found[0] == "\\" and opener != "\\":
            continue
        if found == closer:
            if depth == 0:
                return match.start()
            depth -= 1
        else:
            depth += 1
    return len(text)


_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\x1b", "a": "\a", "f": "\f", "b": "\b"}


def unescaped(text: str) -> str:
    """Give a double-quoted text's fixed part without backslashes."""
    return _ESCAPE.sub(lambda match: _PLAIN.get(match[1], match[1]), text) if "\\" in text else text


def unquoted(text: str, opener: str) -> str:
    """Give a single-quoted text without the backslashes that guard its quotes."""
    if "\\" not in text:
        return text
    closer = PAIRS.get(opener, opener)
    return re.sub(rf"\\([\\{re.escape(opener)}{re.escape(closer)}])", r"\1", text)


def parts_of(text: str, line: int, inside: re.Pattern[str]) -> tuple[str | Code, ...]:
    """Split a string into fixed parts and code: a match of `inside` is code, its first group that took part."""
    parts: list[str | Code] = []
    end = 0
    counted = 0
    for match in inside.finditer(text):
        if match[0][0] == "\\":
            continue
        if match.start() > end:
            parts.append(unescaped(text[end : match.start()]))
        line += text.count("\n", counted, match.start())
        counted = match.start()
        code = next((group for group in match.groups() if group is not None), match[0])
        parts.append(Code(code, line))
        end = match.end()
    if end < len(text):
        parts.append(unescaped(text[end:]))
    return tuple(parts)


def letters_end(text: str, place: int) -> int:
    """Give where letters end that stand at a place: the flags of a pattern."""
    while place < len(text) and text[place].isalpha():
        place += 1
    return place


class Scanner:
    """A place in a text, with the words found so far."""

    def __init__(self, text: str, line: int = 1) -> None:
        self.text = text[:LONGEST]
        self.place = 0
        self.line = line
        self.tokens: list[Token] = []
        self.spaced = False
        self.first = True

    def put(self, kind: Kind, text: str, end: int, parts: tuple[str | Code, ...] = ()) -> Token:
        """Note a word that ends at `end`, and go on there."""
        token = Token(kind, text, self.line, self.spaced, self.first, parts)
        self.tokens.append(token)
        self.line += self.text.count("\n", self.place, end)
        self.place = max(end, self.place)
        self.spaced = self.first = False
        return token

    def skip(self, end: int) -> None:
        """Go on behind blanks or a comment."""
        lines = self.text.count("\n", self.place, end)
        self.line += lines
        self.spaced = True
        self.first = self.first or lines > 0
        self.place = max(end, self.place)

    def skip_blanks(self) -> None:
        """Go on behind the blanks that begin here."""
        match = _BLANKS.match(self.text, self.place)
        self.skip(match.end() if match else self.place + 1)

    def skip_comment(self) -> None:
        """Go on behind `/* … */`."""
        stop = self.text.find("*/", self.place + 2)
        self.skip(len(self.text) if stop == -1 else stop + 2)

    def last(self) -> Token | None:
        """Give the word before this place."""
        return self.tokens[-1] if self.tokens else None

    def line_end(self, start: int) -> int:
        """Give where the line of a place ends."""
        end = self.text.find("\n", start)
        return len(self.text) if end == -1 else end

    def finish(self) -> list[Token]:
        """Give all words, with one that ends them."""
        self.tokens.append(Token(Kind.END, "", self.line, True, True))
        return self.tokens
