"""Lists of simple commands, in one pass over the text: what nearly every line of a crontab is.

Nothing nests here, so the grammar is not asked. Whatever else stands in a text (a reserved word, a parenthesis, a line
break, an operator without its operand) is left to the grammar; both readings of a plain list are equal.
"""

from __future__ import annotations

from migrator.shell.lexing import ASSIGNMENT, TOKEN, LexError, TokenGroup, behind_blanks, word_end
from migrator.shell.lists import joined
from migrator.shell.simple import assigned, redirected
from migrator.shell.skeleton import RESERVED
from migrator.shell.tree import Assignment, Command, FaultKind, Item, Node, Pipeline, Redirect, Span, Word
from migrator.shell.words import WordReader

_PIPES = frozenset(["|", "|&"])
_JOINTS = frozenset(["&&", "||"])
_ENDS = frozenset([";", "&"])
_PLAIN, _REDIRECT, _WORD = TokenGroup.PLAIN, TokenGroup.REDIRECT, TokenGroup.WORD
_OPERATOR, _NEWLINE = TokenGroup.OPERATOR, TokenGroup.NEWLINE
# What a text that proves not to be plain has in substitutions is read twice, and so is what these have in theirs.
_MAX_TRIED_DEPTH = 1


def plain_items(reader: WordReader) -> tuple[Item, ...] | None:
    """Give the statements of a text that is one line of simple commands, None for any other."""
    line = _Line(reader)
    source = reader.source
    text, base, number = source.bare, source.base, source.line
    words = line.words
    pos, end = 0, len(text)
    read = TOKEN.match
    try:
        while pos < end:
            match = read(text, pos)
            group = match.lastindex if match is not None else None
            if match is None or group is None:
                pos = line.expansion(pos)
                continue
            raw, pos = match[group], match.end()
            if group == _PLAIN and words and source.one_line:
                # What nearly every token is.
                words.append(Word(raw, base + pos - len(raw), number, number))
                line.stop = pos
            elif group in (_PLAIN, _WORD):
                line.word(raw, pos - len(raw), pos, plain=group == _PLAIN)
            elif group == _REDIRECT:
                pos = line.redirect(raw, pos - len(raw), pos)
            elif group == _OPERATOR:
                line.operator(raw, pos - len(raw))
                words = line.words
            elif group == _NEWLINE:
                return None
        return line.done(end)
    except LexError:
        return None


class _Line:
    """The line as far as it was read: statements, then the list, the pipeline and the command that are open.

    `start` and `stop` are where the command begins and ends so far, `parsed` how many substitutions were before it.
    """

    __slots__ = (
        "assignments", "items", "joints", "nodes", "parsed", "reader", "redirects", "stages", "start", "stop", "words",
    )  # fmt: skip

    def __init__(self, reader: WordReader) -> None:
        self.reader = reader
        self.items: list[Item] = []
        self.nodes: list[Node] = []
        self.joints: list[str] = []
        self.stages: list[Node] = []
        self.assignments: list[Assignment] = []
        self.words: list[Word] = []
        self.redirects: list[Redirect] = []
        self.start = self.stop = -1
        self.parsed = 0

    def word(self, raw: str, start: int, stop: int, *, plain: bool = False) -> None:
        """Take a word: an argument, an assignment or the command's name; `plain` has no quotes and expansions."""
        if self.start < 0:
            self.start = start
        self.stop = stop
        if not self.words:
            if "=" in raw and (match := ASSIGNMENT.match(raw)):
                self.assignments.append(assigned(self.reader, raw, start, match))
                return
            if raw in RESERVED:
                raise LexError(FaultKind.SYNTAX, start)
        self.words.append(self.reader.source.word(start, raw) if plain else self.reader.read(start, stop))

    def expansion(self, pos: int) -> int:
        """Take a word with an expansion in it, blanks before it left out; give the offset behind it."""
        start, stop = self._expanded(pos)
        self.word(self.reader.source.bare[start:stop], start, stop)
        return stop

    def _expanded(self, pos: int) -> tuple[int, int]:
        """Give where a word with an expansion begins and ends, blanks before it left out."""
        text = self.reader.source.bare
        start = behind_blanks(text, pos, len(text))
        stop = word_end(text, start, len(text))
        if stop == start or self.reader.depth > _MAX_TRIED_DEPTH:
            raise LexError(FaultKind.SYNTAX, pos)
        return start, stop

    def redirect(self, raw: str, start: int, pos: int) -> int:
        """Take a redirection and its target, which stands behind `pos`; give the offset behind it."""
        reader = self.reader
        match = TOKEN.match(reader.source.bare, pos)
        group = match.lastindex if match is not None else None
        if match is None or group is None:
            begin, stop = self._expanded(pos)
            target = reader.read(begin, stop)
        elif group in (_PLAIN, _WORD):
            begin, stop = match.span(group)
            target = reader.source.word(begin, match[group]) if group == _PLAIN else reader.read(begin, stop)
        else:
            raise LexError(FaultKind.SYNTAX, start)
        if self.start < 0:
            self.start = start
        self.stop = stop
        self.redirects.append(redirected(reader, raw, start, target))
        return stop

    def operator(self, text: str, start: int) -> None:
        """Close the command before an operator, and what the operator closes."""
        self.stages.append(self.command(start))
        if text in _PIPES:
            return
        self.pipeline()
        if text in _JOINTS:
            self.joints.append(text)
        elif text in _ENDS:
            self.statement(background=text == "&")
        else:
            raise LexError(FaultKind.SYNTAX, start)

    def command(self, pos: int) -> Command:
        """Close the command that ends before `pos`; `LexError` where there is none."""
        if self.start < 0:
            raise LexError(FaultKind.SYNTAX, pos)
        parsed = self.reader.parsed
        made = Command(
            tuple(self.assignments),
            tuple(self.words),
            tuple(self.redirects),
            self.reader.source.span(self.start, self.stop),
            parsed > self.parsed,
        )
        self.start, self.parsed = -1, parsed
        self.assignments, self.words, self.redirects = [], [], []
        return made

    def pipeline(self) -> None:
        """Close the pipeline; one stage alone is itself."""
        first, last = self.stages[0], self.stages[-1]
        if first is not last:
            span = Span(first.span.start, last.span.end, first.span.line, last.span.last_line)
            first = Pipeline(tuple(self.stages), span)
        self.nodes.append(first)
        self.stages = []

    def statement(self, *, background: bool) -> None:
        """Close the statement."""
        self.items.append(Item(joined(self.nodes, self.joints) if self.joints else self.nodes[0], background))
        self.nodes, self.joints = [], []

    def done(self, end: int) -> tuple[Item, ...]:
        """Give the statements; the last may lack its `;`."""
        if not (self.stages or self.joints):
            # One command behind the last statement, or none: what most lines end with.
            return (*self.items, Item(self.command(end))) if self.start >= 0 else tuple(self.items)
        self.stages.append(self.command(end))
        self.pipeline()
        self.statement(background=False)
        return tuple(self.items)
