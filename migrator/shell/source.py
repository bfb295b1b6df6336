"""The text that is parsed: where it lies in the text that was asked about, its tokens and its here documents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrator.shell.heredocs import HereDocument
from migrator.shell.lexing import Token
from migrator.shell.tree import Span


@dataclass(slots=True)
class Source:
    """A text whose first character has offset `base` and line `line` in the text that was asked about.

    `bare` is the text without the bodies of its here documents, blanks in their place: what tokens are read from.
    """

    text: str
    bare: str
    base: int = 0
    line: int = 1
    documents: Mapping[int, HereDocument] = field(default_factory=dict)
    tokens: Sequence[Token] = ()
    _starts: Sequence[int] = ()
    _breaks: list[int] | None = None

    def __post_init__(self) -> None:
        if "\n" in self.text:
            self._breaks = [i for i, char in enumerate(self.text) if char == "\n"]

    @property
    def one_line(self) -> bool:
        """Say whether all of the text lies on one line."""
        return self._breaks is None

    def between(self, start: int, end: int) -> Sequence[Token]:
        """Give the tokens that begin between two offsets."""
        if not self._starts:
            self._starts = [token.start for token in self.tokens]
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def span(self, start: int, end: int) -> Span:
        """Give the place of two offsets of this text in the text that was asked about."""
        if self._breaks is None:
            return Span(self.base + start, self.base + end, self.line, self.line)
        first = self.line + bisect_right(self._breaks, start - 1)
        last = self.line + bisect_right(self._breaks, max(start, end - 1) - 1)
        return Span(self.base + start, self.base + end, first, last)

    def line_of(self, offset: int) -> int:
        """Give the line on which a character of this text lies."""
        return self.line if self._breaks is None else self.line + bisect_right(self._breaks, offset - 1)
