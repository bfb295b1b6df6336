"""Lists of simple commands, in one pass over the text: what nearly every line of a crontab is.

Nothing nests here, so the grammar is not asked. Whatever else stands in a text (a reserved word, a parenthesis, a line
break, an operator without its operand) is left to the grammar; both readings of a plain list are equal.
"""

from __future__ import annotations

from migrator.shell.lexing import ASSIGNMENT, TOKEN, LexError, Token, TokenGroup, TokenKind, behind_blanks, word_end
from migrator.shell.lists import joined
from migrator.shell.simple import assigned, redirected
from migrator.shell.skeleton import RESERVED
from migrator.shell.tree import Assignment, Command, FaultKind, Item, Literal, Node, Pipeline, Redirect, Span, Word
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
    text = reader.source.bare
    pos, end = 0, len(text)
    read = TOKEN.match
    try:
        while pos < end:
            match = read(text, pos, end)
            group = match.lastindex if match is not None else None
            if match is None or group is None:
                pos = line.expansion(text, pos, end)
                continue
            raw, pos = match[group], match.end()
            if group == _PLAIN:
                line.plain(raw, pos)
            elif group == _WORD:
                line.word(raw, pos - len(raw), pos)
            elif group == _REDIRECT:
                line.redirect(raw, pos - len(raw), pos)
            elif group == _OPERATOR:
                line.operator(raw, pos - len(raw))
            elif group == _NEWLINE:
                return None
        return line.done(end)
    except LexError:
        return None


class _Line:
    """The line as far as it was read: statements, then the list, the pipeline and the command that are open.

    `base` is where the text begins, `only` the line that all of it lies on, 0 where it has several.
    """

    __slots__ = (
        "assignments", "base", "items", "joints", "nodes", "only", "parsed", "reader", "redirects", "stages", "start",
        "stop", "waiting", "words",
    )  # fmt: skip

    def __init__(self, reader: WordReader) -> None:
        source = reader.source
        self.reader = reader
        self.base = source.base
        self.only = source.line if source.one_line else 0
        self.items: list[Item] = []
        self.nodes: list[Node] = []
        self.joints: list[str] = []
        self.stages: list[Node] = []
        self.assignments: list[Assignment] = []
        self.words: list[Word] = []
        self.redirects: list[Redirect] = []
        self.start = self.stop = -1
        self.parsed = 0
        self.waiting: Token | None = None

    def plain(self, raw: str, stop: int) -> None:
        """Take a word without quotes and expansions."""
        start = stop - len(raw)
        words = self.words
        if self.waiting is not None or (not words and ("=" in raw or raw in RESERVED)):
            self.word(raw, start, stop)
            return
        if self.start < 0:
            self.start = start
        self.stop = stop
        words.append(Word((Literal(raw),), raw, self.span(start, stop)))

    def span(self, start: int, stop: int) -> Span:
        """Give the place of two offsets."""
        base, line = self.base, self.only
        return Span(base + start, base + stop, line, line) if line else self.reader.source.span(start, stop)

    def word(self, raw: str, start: int, stop: int) -> None:
        """Take any word: an argument, a redirection's target, an assignment or the command's name."""
        if self.start < 0:
            self.start = start
        self.stop = stop
        if self.waiting is not None:
            self.redirects.append(redirected(self.reader, self.waiting, Token(TokenKind.WORD, start, stop, raw)))
            self.waiting = None
        elif self.words:
            self.words.append(self.reader.read(start, stop))
        elif "=" in raw and (match := ASSIGNMENT.match(raw)):
            self.assignments.append(assigned(self.reader, Token(TokenKind.WORD, start, stop, raw), match))
        elif raw in RESERVED:
            raise LexError(FaultKind.SYNTAX, start)
        else:
            self.words.append(self.reader.read(start, stop))

    def expansion(self, text: str, pos: int, end: int) -> int:
        """Take a word with an expansion in it, blanks before it left out; give the offset behind it."""
        if self.reader.depth > _MAX_TRIED_DEPTH:
            raise LexError(FaultKind.SYNTAX, pos)
        pos = behind_blanks(text, pos, end)
        stop = word_end(text, pos, end)
        if stop == pos:
            raise LexError(FaultKind.SYNTAX, pos)
        self.word(text[pos:stop], pos, stop)
        return stop

    def redirect(self, raw: str, start: int, stop: int) -> None:
        """Take a redirection, whose target follows."""
        if self.waiting is not None:
            raise LexError(FaultKind.SYNTAX, start)
        if self.start < 0:
            self.start = start
        self.stop = stop
        self.waiting = Token(TokenKind.REDIRECT, start, stop, raw)

    def operator(self, text: str, start: int) -> None:
        """Close the command before an operator, and what the operator closes."""
        self.command(start)
        if text in _PIPES:
            return
        self.pipeline()
        if text in _JOINTS:
            self.joints.append(text)
        elif text in _ENDS:
            self.statement(background=text == "&")
        else:
            raise LexError(FaultKind.SYNTAX, start)

    def command(self, pos: int) -> None:
        """Close the command that ends before `pos`; `LexError` where there is none."""
        if self.start < 0 or self.waiting is not None:
            raise LexError(FaultKind.SYNTAX, pos)
        parsed = self.reader.parsed
        self.stages.append(
            Command(
                tuple(self.assignments),
                tuple(self.words),
                tuple(self.redirects),
                self.span(self.start, self.stop),
                parsed > self.parsed,
            )
        )
        self.start, self.parsed = -1, parsed
        self.assignments, self.words, self.redirects = [], [], []

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
        self.items.append(Item(joined(self.nodes, self.joints), background))
        self.nodes, self.joints = [], []

    def done(self, end: int) -> tuple[Item, ...]:
        """Give the statements; the last may lack its `;`."""
        if self.start >= 0 or self.stages or self.joints:
            self.command(end)
            self.pipeline()
            self.statement(background=False)
        return tuple(self.items)
