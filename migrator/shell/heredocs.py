"""Here documents: their bodies taken out of the text without moving a character, blanks in their place.

A here document's `<<` becomes a plain `<`; what it was is kept by offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrator.shell.lexing import REDIRECT, Frame, LexError, skip, step, word_end

_PLAIN = re.compile(r"[^'\"\\$`()#A-Za-z<\n0-9]+|[0-9]+(?!<)")
_NOT_NEWLINE = re.compile(r"[^\n]")
_QUOTING = re.compile(r"['\"\\]")
_BLANKS = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class HereDocument:
    """A here document: its operator, body and place, whether the shell expands it, whether its end was found."""

    operator: str
    body: str
    start: int
    end: int
    expands: bool
    ended: bool


def take_out(text: str) -> tuple[str, dict[int, HereDocument]]:
    """Give the text without the bodies of its here documents, and these by the offset of their operator."""
    if "<<" not in text:
        return text.replace("\r\n", " \n"), {}
    reader = _Reader(text)
    reader.run()
    return reader.blanked().replace("\r\n", " \n"), reader.documents


@dataclass(slots=True)
class _Pending:
    """A here document whose body begins at the next line."""

    offset: int
    operator: str
    delimiter: str
    expands: bool


@dataclass(slots=True)
class _Reader:
    text: str
    documents: dict[int, HereDocument] = field(default_factory=dict)
    pending: list[_Pending] = field(default_factory=list)
    blanks: list[tuple[int, int]] = field(default_factory=list)
    arithmetic: bool = True

    def run(self) -> None:
        """Go through the text once."""
        text, end = self.text, len(self.text)
        stack = [Frame("(")]
        pos = 0
        try:
            while pos < end:
                if stack[-1].opener == "(":
                    pos = self._in_commands(text, pos, end, stack)
                else:
                    pos = step(text, pos, end, stack)
                if not stack:
                    stack.append(Frame("("))
        except LexError:
            # Behind an open quote there are no commands; what was found before it holds.
            pos = end
        self._bodies(end)

    def _in_commands(self, text: str, pos: int, end: int, stack: list[Frame]) -> int:
        if plain := _PLAIN.match(text, pos, end):
            return plain.end()
        char = text[pos]
        if char == "\n":
            return self._bodies(pos + 1)
        if char in "<0123456789":
            return self._redirect(text, pos, end, stack)
        if char in "$(" and self.arithmetic and text.startswith("((", pos + (char == "$")):
            return self._arithmetic(text, pos, end, stack)
        return step(text, pos, end, stack)

    def _redirect(self, text: str, pos: int, end: int, stack: list[Frame]) -> int:
        match = REDIRECT.match(text, pos, end)
        if match is None:
            return step(text, pos, end, stack)
        if match[2] not in ("<<", "<<-"):
            return match.end()
        blank = _BLANKS.match(text, match.end(), end)
        start = blank.end() if blank else match.end()
        stop = word_end(text, start, end)
        raw = text[start:stop]
        if raw:
            delimiter = _QUOTING.sub("", raw).removesuffix("\r")
            self.pending.append(_Pending(match.start(), match[2], delimiter, not _QUOTING.search(raw)))
            self.blanks.append((match.start(2) + 1, match.end()))
        return max(stop, match.end())

    def _arithmetic(self, text: str, pos: int, end: int, stack: list[Frame]) -> int:
        """Read over `((…))`: a `<<` in it shifts bits."""
        try:
            stop = skip(text, pos, end)
        except LexError:
            # Once is enough: what does not close here closes nowhere further on.
            self.arithmetic = False
            return step(text, pos, end, stack)
        return stop if text.endswith("))", pos, stop) and "\n" not in text[pos:stop] else step(text, pos, end, stack)

    def _bodies(self, pos: int) -> int:
        """Read the bodies that begin at `pos` and give the offset behind them."""
        text = self.text
        for waiting in self.pending:
            start = pos
            ended = False
            body_end = len(text)
            while pos < len(text) and not ended:
                line_end = text.find("\n", pos)
                line_end = len(text) if line_end < 0 else line_end
                line = text[pos:line_end].removesuffix("\r")
                ended = (line.lstrip("\t") if waiting.operator == "<<-" else line) == waiting.delimiter
                body_end = pos if ended else len(text)
                pos = min(line_end + 1, len(text))
            body = text[start:body_end]
            if waiting.operator == "<<-":
                body = re.sub(r"(?m)^\t+", "", body)
            self.documents[waiting.offset] = HereDocument(
                waiting.operator, body, start, body_end, waiting.expands, ended
            )
            self.blanks.append((start, pos))
        self.pending.clear()
        return pos

    def blanked(self) -> str:
        """Give the text with what was taken out as blanks, lines kept."""
        pieces: list[str] = []
        last = 0
        for start, end in sorted(self.blanks):
            if start < last:
                continue
            pieces += (self.text[last:start], _NOT_NEWLINE.sub(" ", self.text[start:end]))
            last = end
        return "".join(pieces) + self.text[last:]
