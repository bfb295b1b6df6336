"""A shell word as its reader sees it, with the way back to each character of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from migrator.redaction.marks import Cut, Kind
from migrator.redaction.names import EXPANSION
from migrator.shell.lexing import LexError, skip
from migrator.shell.quoting import decode_ansi
from migrator.shell.tree import Word

_PLAIN = re.compile(r"[^'\"\\$`<>]*\Z")
_NAME = re.compile(r"\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])", re.ASCII)
_BRACED = re.compile(r"\$\{([A-Za-z_]\w*)(?::?[-=+]([^}]*))?", re.ASCII)
_ANSI_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|c.|.)", re.DOTALL)
_CLOSERS = {"": "", "'": "'", '"': '"', "$'": "'"}


@dataclass(frozen=True, slots=True)
class View:
    """`text` is the word with quotes gone and `EXPANSION` for what a run would put there.

    Character i of `text` is `spans[i]` of the source and lies in the quotes `quotes[i]`; both are None for a word
    without quotes, whose characters follow `start`. `variables` and `defaults` (of `${NAME:-default}`: offsets in the
    source and text) hold an entry for each expansion in order, empty where there is none.
    """

    text: str
    start: int
    end: int
    spans: list[tuple[int, int]] | None = None
    quotes: list[str] | None = None
    variables: tuple[str, ...] = ()
    defaults: tuple[tuple[int, int, str], ...] = ()

    def cut(self, first: int, last: int, kind: Kind) -> Cut:
        """Give the cut of the source for characters `first` to `last` (exclusive) of `text`."""
        if self.spans is None or self.quotes is None:
            return Cut(self.start + first, self.start + last, kind, continued=True)
        opened, closed = self.quotes[first], self.quotes[last - 1]
        before = after = ""
        if opened != closed:
            before, after = _CLOSERS[opened], closed
        return Cut(self.spans[first][0], self.spans[last - 1][1], kind, before, after, continued=not opened)

    def names(self, first: int, last: int) -> list[str]:
        """Give the variables among characters `first` to `last` of `text`."""
        return [name for name in self.variables[self._expansions(first, last)] if name]

    def defaults_in(self, first: int, last: int) -> list[tuple[int, int, str]]:
        """Give the default texts of the variables among characters `first` to `last` of `text`."""
        return [default for default in self.defaults[self._expansions(first, last)] if default[2]]

    def words(self, start: int = 0) -> list[View]:
        """Give the words that the text from `start` on splits into at its blanks, each as a view."""
        return [self._part(*match.span()) for match in re.compile(r"\S+").finditer(self.text, start)]

    def _part(self, first: int, last: int) -> View:
        text, among = self.text[first:last], self._expansions(first, last)
        variables, defaults = self.variables[among], self.defaults[among]
        if self.spans is None or self.quotes is None:
            return View(text, self.start + first, self.start + last, None, None, variables, defaults)
        spans, quotes = self.spans[first:last], self.quotes[first:last]
        return View(text, spans[0][0], spans[-1][1], spans, quotes, variables, defaults)

    def _expansions(self, first: int, last: int) -> slice:
        if not self.variables:
            return slice(0)
        before = self.text.count(EXPANSION, 0, first)
        return slice(before, before + self.text.count(EXPANSION, first, last))


def view(source: str, start: int, end: int) -> View:
    """Read the word between two offsets of a source. An open quote is taken to close at `end`."""
    raw = source[start:end]
    if _PLAIN.match(raw):
        return View(raw, start, end)
    reader = _Reader(source, end)
    reader.read(start)
    return View(
        "".join(reader.text), start, end, reader.spans, reader.quotes, tuple(reader.variables), tuple(reader.defaults)
    )


def of_word(source: str, word: Word) -> View:
    """Read a word of a script. In backticks with backslashes its offsets are shifted: it is sought again."""
    start, end = word.span.start, word.span.end
    if source[start:end] != word.raw:
        start = source.find(word.raw, max(0, start - 2))
        end = start + len(word.raw)
    return view(source, start, end) if start >= 0 else View("", 0, 0)


def of_words(source: str, words: Iterable[Word]) -> list[View]:
    """Read words of a script."""
    return [of_word(source, word) for word in words]


class _Reader:
    def __init__(self, source: str, end: int) -> None:
        self.source, self.end = source, end
        self.text: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.quotes: list[str] = []
        self.variables: list[str] = []
        self.defaults: list[tuple[int, int, str]] = []

    def read(self, pos: int) -> None:
        quote = ""
        while pos < self.end:
            pos, quote = self._piece(pos, quote)

    def _piece(self, pos: int, quote: str) -> tuple[int, str]:
        char = self.source[pos]
        if quote and char == quote[-1]:
            return pos + 1, ""
        if not quote and char in "'\"":
            return pos + 1, char
        if not quote and char == "$" and pos + 1 < self.end and self.source[pos + 1] in "'\"":
            following = self.source[pos + 1]
            return pos + 2, "$'" if following == "'" else '"'
        if char == "\\" and quote != "'":
            return self._escape(pos, quote), quote
        if char in "$`" and quote in ("", '"'):
            return self._expansion(pos, quote), quote
        self._add(char, pos, pos + 1, quote)
        return pos + 1, quote

    def _escape(self, pos: int, quote: str) -> int:
        if quote == "$'":
            match = _ANSI_ESCAPE.match(self.source, pos, self.end)
            stop = match.end() if match else pos + 1
            for char in decode_ansi(self.source[pos:stop]):
                self._add(char, pos, stop, quote)
            return stop
        following = self.source[pos + 1 : min(pos + 2, self.end)]
        if quote == '"' and following not in ("$", "`", '"', "\\", "\n"):
            self._add("\\", pos, pos + 1, quote)
            return pos + 1
        if following and following != "\n":
            self._add(following, pos, pos + 2, quote)
        return pos + 2

    def _expansion(self, pos: int, quote: str) -> int:
        following = self.source[pos + 1 : min(pos + 2, self.end)]
        name = ""
        default = (pos, pos, "")
        if self.source[pos] == "`" or following in ("(", "{"):
            try:
                stop = skip(self.source, pos, self.end)
            except LexError:
                stop = self.end
            braced = _BRACED.match(self.source, pos, stop)
            if braced:
                name = braced[1]
                default = (*braced.span(2), braced[2] or "")
        elif match := _NAME.match(self.source, pos, self.end):
            stop, name = match.end(), match[0][1:]
        else:
            self._add("$", pos, pos + 1, quote)
            return pos + 1
        self._add(EXPANSION, pos, stop, quote)
        self.variables.append(name)
        self.defaults.append(default)
        return stop

    def _add(self, char: str, start: int, end: int, quote: str) -> None:
        self.text.append(char)
        self.spans.append((start, end))
        self.quotes.append(quote)
