"""What tree-sitter's bash grammar misreads, taken out of its sight without moving a character.

Bodies of here documents become blanks and their `<<` a plain `<`: the grammar loses what follows on the start's line.
`!`, `time` and `coproc NAME` before a compound command become blanks too: the grammar reads the `{` behind them as a
word. Both are kept by offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrator.shell.lexing import REDIRECT, Frame, LexError, begins_command, skip, step, word_end

_NEEDED = re.compile(r"<<|(?:!|\btime|\bcoproc)[ \t]")
_PREFIX = re.compile(
    r"(!|time|coproc)(?:(?<=time)[ \t]+-p|(?<=coproc)[ \t]+[A-Za-z_]\w*(?=[ \t]+[{(]))?[ \t]+"
    r"(?=[{(]|\[\[|(?:!|time|coproc|if|while|until|for|case|select)\s)",
    re.ASCII,
)
_PLAIN = re.compile(r"[^'\"\\$`()#A-Za-z<\n!0-9]+|[0-9]+(?!<)")
_NOT_ASCII = re.compile(r"[^\t\n\r\x20-\x7e]")
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


@dataclass(slots=True)
class Mask:
    """`bare`: the text with blanks for what was taken out; `ascii`: the same, one byte a character, for the grammar.

    `documents` by the offset of their operator; `prefixes` by the offset of the compound command behind them.
    """

    bare: str
    ascii: str
    documents: dict[int, HereDocument] = field(default_factory=dict)
    prefixes: dict[int, tuple[str, ...]] = field(default_factory=dict)


def mask(text: str) -> Mask:
    """Take out of a text what the grammar would misread."""
    if not _NEEDED.search(text):
        return Mask(text, _one_byte_each(text))
    masker = _Masker(text)
    masker.run()
    bare = masker.blanked()
    return Mask(bare, _one_byte_each(bare), masker.documents, masker.prefixes)


def _one_byte_each(text: str) -> str:
    """Write a letter for every character that no shell gives a meaning, so that offsets in bytes are offsets."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "u")
    return _NOT_ASCII.sub("u", text)


@dataclass(slots=True)
class _Pending:
    """A here document whose body begins at the next line."""

    offset: int
    operator: str
    delimiter: str
    expands: bool


@dataclass(slots=True)
class _Masker:
    text: str
    documents: dict[int, HereDocument] = field(default_factory=dict)
    prefixes: dict[int, tuple[str, ...]] = field(default_factory=dict)
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
        if char in "!tc" and (prefix := _PREFIX.match(text, pos, end)) and begins_command(text, pos):
            self.prefixes[prefix.end()] = (*self.prefixes.pop(pos, ()), prefix[1])
            self.blanks.append((pos, prefix.end()))
            return prefix.end()
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
