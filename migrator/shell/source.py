"""The text that is parsed: where it lies in the text that was asked about, its tokens and its here documents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from migrator.shell.heredocs import HereDocument
from migrator.shell.lexing import Token
from migrator.shell.tree import Part, Span, Word

_made = tuple.__new__
_NO_DOCUMENTS: Mapping[int, HereDocument] = MappingProxyType({})


class Source:
    """A text whose first character has offset `base` and line `line` in the text that was asked about.

    `bare` is the text without the bodies of its here documents, blanks in their place: what tokens are read from.
    `one_line` says that all of it lies on one line.
    """

    __slots__ = ("_breaks", "_starts", "bare", "base", "documents", "line", "one_line", "text", "tokens")

    def __init__(
        self,
        text: str,
        bare: str,
        base: int = 0,
        line: int = 1,
        documents: Mapping[int, HereDocument] = _NO_DOCUMENTS,
    ) -> None:
        self.text = text
        self.bare = bare
        self.base = base
        self.line = line
        self.documents = documents
        self.tokens: Sequence[Token] = ()
        self.one_line = "\n" not in text
        self._starts: Sequence[int] = ()
        self._breaks = () if self.one_line else tuple([i for i, char in enumerate(text) if char == "\n"])

    def between(self, start: int, end: int) -> Sequence[Token]:
        """Give the tokens that begin between two offsets."""
        if not self._starts:
            self._starts = [token.start for token in self.tokens]
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def span(self, start: int, end: int) -> Span:
        """Give the place of two offsets of this text in the text that was asked about."""
        if self.one_line:
            # What the class does when it is called, which takes twice as long.
            return _made(Span, (self.base + start, self.base + end, self.line, self.line))
        return Span(self.base + start, self.base + end, self.line_of(start), self.line_of(max(start, end - 1)))

    def word(self, start: int, raw: str, special: tuple[Part, ...] | None = None) -> Word:
        """Give the word that begins at an offset of this text; `special` are its parts where it is not plain."""
        if self.one_line:
            return Word(raw, self.base + start, self.line, self.line, special)
        last = self.line_of(max(start, start + len(raw) - 1))
        return Word(raw, self.base + start, self.line_of(start), last, special)

    def line_of(self, offset: int) -> int:
        """Give the line on which a character of this text lies."""
        return self.line if self.one_line else self.line + bisect_right(self._breaks, offset - 1)
