"""Lists of simple commands, in one pass over the text: what nearly every line of a crontab is.

Nothing nests here, so the grammar is not asked. Whatever else stands in a text (a reserved word, a parenthesis, a line
break, an operator without its operand) is left to the grammar; both readings of a plain list are equal.
"""

from __future__ import annotations

from migrator.shell.lexing import ASSIGNMENT, TOKEN, TOKENS, LexError, TokenGroup, behind_blanks, word_end
from migrator.shell.lists import over
from migrator.shell.simple import assigned, redirected
from migrator.shell.skeleton import RESERVED
from migrator.shell.tree import AndOr, Assignment, Command, FaultKind, Item, Node, Pipeline, Redirect, Word
from migrator.shell.words import WordReader

_PIPES = frozenset(["|", "|&"])
_JOINTS = frozenset(["&&", "||"])
_ENDS = frozenset([";", "&"])
_PLAIN, _REDIRECT, _TARGET, _WORD = TokenGroup.PLAIN, TokenGroup.REDIRECT, TokenGroup.TARGET, TokenGroup.WORD
_OPERATOR, _NEWLINE = TokenGroup.OPERATOR, TokenGroup.NEWLINE
# What a text that proves not to be plain has in substitutions is read twice, and so is what these have in theirs.
_MAX_TRIED_DEPTH = 1


def plain_items(reader: WordReader) -> tuple[Item, ...] | None:
    """Give the statements of a text that is one line of simple commands, None for any other."""
    line = _Line(reader)
    text = reader.source.bare
    pos, end = 0, len(text)
    read = TOKENS.match
    try:
        while pos < end:
            match = read(text, pos)
            if match is None:
                pos = line.expansion(pos)
                continue
            group, pos = match.lastindex, match.end()
            if group == _PLAIN:
                line.plain(match[_PLAIN], pos)
            elif group == _OPERATOR:
                line.operator(match[_OPERATOR], pos)
            elif group == _TARGET:
                line.plain_redirect(match[_REDIRECT], match.start(_REDIRECT), match[_TARGET], pos)
            elif group == _WORD:
                line.word(match[_WORD], match.start(_WORD), pos)
            elif group == _REDIRECT:
                pos = line.redirect(match[_REDIRECT], match.start(_REDIRECT), pos)
            elif group == _NEWLINE:
                return None
        return line.done(end)
    except LexError:
        return None


class _Line:
    """The line as far as it was read: statements, then the list, the pipeline and the command that are open.

    `start` and `stop` are where the command begins and ends so far, `parsed` how many substitutions were before it.
    `joined` are the parts of the list with the operators before them, `joint` the operator behind the last one.
    """

    __slots__ = (
        "assignments", "items", "joined", "joint", "parsed", "reader", "redirects", "stages", "start", "stop", "words",
    )  # fmt: skip

    def __init__(self, reader: WordReader) -> None:
        self.reader = reader
        self.items: list[Item] = []
        self.joined: list[tuple[str, Node]] = []
        self.joint = ""
        self.stages: list[Node] = []
        self.assignments: list[Assignment] = []
        self.words: list[Word] = []
        self.redirects: list[Redirect] = []
        self.start = self.stop = -1
        self.parsed = 0

    def plain(self, raw: str, stop: int) -> None:
        """Take words without quotes and expansions, which have one space between them."""
        source, words = self.reader.source, self.words
        start = stop - len(raw)
        if self.start < 0:
            self.start = start
        self.stop = stop
        base, line = source.base, source.line_of(start)
        for word in raw.split(" "):
            if words or not self._assignment(word, start):
                words.append(Word(word, base + start, line, line))
            start += len(word) + 1

    def word(self, raw: str, start: int, stop: int) -> None:
        """Take a word with quotes or expansions: an argument, an assignment or the command's name."""
        if self.start < 0:
            self.start = start
        self.stop = stop
        if self.words or not self._assignment(raw, start):
            self.words.append(self.reader.read(start, stop))

    def _assignment(self, raw: str, start: int) -> bool:
        """Take an assignment before the command's name; False for that name, `LexError` where it is reserved."""
        if "=" in raw and (match := ASSIGNMENT.match(raw)):
            self.assignments.append(assigned(self.reader, raw, start, match))
            return True
        if raw in RESERVED:
            raise LexError(FaultKind.SYNTAX, start)
        return False

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
        """Take a redirection and its target with quotes or expansions behind `pos`; give the offset behind it."""
        match = TOKEN.match(self.reader.source.bare, pos)
        if match is None:
            begin, stop = self._expanded(pos)
        elif match.lastgroup == "word":
            begin, stop = match.span("word")
        else:
            raise LexError(FaultKind.SYNTAX, start)
        self._redirected(raw, start, self.reader.read(begin, stop), stop)
        return stop

    def plain_redirect(self, raw: str, start: int, target: str, stop: int) -> None:
        """Take a redirection and its target without quotes and expansions, which ends before `stop`."""
        self._redirected(raw, start, self.reader.source.word(stop - len(target), target), stop)

    def _redirected(self, raw: str, start: int, target: Word, stop: int) -> None:
        if self.start < 0:
            self.start = start
        self.stop = stop
        self.redirects.append(redirected(self.reader, raw, start, target))

    def operator(self, text: str, stop: int) -> None:
        """Close the command before an operator, and what the operator closes."""
        node: Node = self.command(stop)
        if text in _PIPES:
            self.stages.append(node)
            return
        if self.stages:
            node = self.pipeline(node)
        if text in _JOINTS:
            self.joined.append((self.joint, node))
            self.joint = text
        elif text in _ENDS:
            self.statement(node, background=text == "&")
        else:
            raise LexError(FaultKind.SYNTAX, stop)

    def command(self, pos: int) -> Command:
        """Close the command that ends before `pos`; `LexError` where there is none."""
        if self.start < 0:
            raise LexError(FaultKind.SYNTAX, pos)
        reader = self.reader
        parsed = reader.parsed
        made = Command(
            tuple(self.assignments) if self.assignments else (),
            tuple(self.words),
            tuple(self.redirects) if self.redirects else (),
            reader.source.span(self.start, self.stop),
            parsed > self.parsed,
        )
        self.start, self.parsed = -1, parsed
        self.words = []
        if self.assignments:
            self.assignments = []
        if self.redirects:
            self.redirects = []
        return made

    def pipeline(self, last: Node) -> Pipeline:
        """Close the pipeline, which ends with a stage."""
        stages = (*self.stages, last)
        self.stages = []
        return Pipeline(stages, over(stages[0], last))

    def statement(self, last: Node, *, background: bool) -> None:
        """Close the statement, which ends with a pipeline or a command."""
        if self.joint:
            (_, first), *rest = self.joined
            last = AndOr(first, (*rest, (self.joint, last)), over(first, last))
            self.joined, self.joint = [], ""
        self.items.append(Item(last, background))

    def done(self, end: int) -> tuple[Item, ...]:
        """Give the statements; the last may lack its `;`."""
        if self.start >= 0 or self.stages or self.joint:
            last: Node = self.command(end)
            self.statement(self.pipeline(last) if self.stages else last, background=False)
        return tuple(self.items)
