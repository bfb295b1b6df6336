"""What tree-sitter gets to see: the keywords and operators of a text, with letters in the place of every other word.

The grammar knows how statements nest, which is all it is asked. Quotes, expansions, patterns, tests and arithmetic are
read from the tokens, so what it misreads in them (backticks in quotes, blanks in patterns, `{{`) does no harm; nor do
`!`, `time` and `coproc`, which it takes for command names before a `{`: they are kept by offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from migrator.shell.lexing import LexError, Token, TokenKind, skip

_KEPT_WORDS = "if then elif else fi while until do done for select case esac function { } [["
_KEPT = frozenset(_KEPT_WORDS.split())
_OPENING = frozenset(["if", "while", "until", "for", "select", "case", "function"])
_LOOPS = frozenset(["while", "until", "for", "select"])
_CLOSED = {
    "fi": frozenset(["if"]),
    "done": _LOOPS,
    "esac": frozenset(["case"]),
    "}": frozenset(["{"]),
    ")": frozenset("("),
}
_CLOSING = frozenset(_CLOSED) - {")"}
_WITHIN = {"then": frozenset(["if"]), "elif": frozenset(["if"]), "else": frozenset(["if"]), "do": _LOOPS}
_ENDING_CASES = frozenset([";;", ";&", ";;&"])
_PREFIXES = frozenset(["!", "time", "coproc"])
RESERVED = _KEPT | _PREFIXES
"""Words that are more than a command's name where a command begins (bash(1), RESERVED WORDS)."""

# Members are found once: in Python 3.11 that takes as long as a call.
_WORD, _REDIRECT, _NEWLINE, _OPERATOR = TokenKind.WORD, TokenKind.REDIRECT, TokenKind.NEWLINE, TokenKind.OPERATOR
_MAX_TRIES = 100


@dataclass(slots=True)
class Skeleton:
    """`text` has the offsets of the source. `prefixes` holds `!`, `time`, `coproc` by the offset of what follows them.

    `clashes` counts operators that no shell takes where they stand. `pipes` counts those of the longest pipeline,
    `held` those of all lists of pipelines that are open at once, where they are most. `sound`: nothing was seen that
    the grammar would have to recover from.
    """

    text: str
    prefixes: dict[int, tuple[str, ...]]
    clashes: int
    pipes: int
    held: int
    sound: bool


def skeleton(bare: str, tokens: Sequence[Token]) -> Skeleton:
    """Write the skeleton of a text from its tokens."""
    writer = _Writer(bare, tokens)
    writer.run()
    text = "".join(writer.pieces)
    pipes = writer.pipes
    sound = pipes.sound and not writer.clashes
    return Skeleton(
        text + " " * (len(bare) - len(text)), writer.prefixes, writer.clashes, pipes.longest, pipes.most, sound
    )


@dataclass(slots=True)
class _Open:
    """A compound command that is open, with the pipes of its list and of that list's last pipeline as far as read."""

    by: str
    listed: int = 0
    piped: int = 0


@dataclass(slots=True)
class _Pipes:
    """Counts the pipes of each pipeline and list, and sees what closes nothing or is not closed."""

    longest: int = 0
    most: int = 0
    held: int = 0
    sound: bool = True
    open: list[_Open] = field(default_factory=lambda: [_Open("")])

    def operator(self, text: str, *, pattern: bool) -> None:
        """Count an operator; `pattern`: it ends a pattern of `case`, whose bars are no pipes."""
        last = self.open[-1]
        if text in ("|", "|&"):
            last.piped += 1
            last.listed += 1
            self.held += 1
            self.most = max(self.most, self.held)
        elif text == "(":
            self.open.append(_Open(text))
        elif pattern:
            self.held -= last.piped
            last.listed -= last.piped
            last.piped = 0
        elif text == ")":
            self.close(text)
        elif text in ("&&", "||"):
            self.longest = max(self.longest, last.piped)
            last.piped = 0
        else:
            self.end()

    def end(self) -> None:
        """End the statement that is open."""
        last = self.open[-1]
        self.longest = max(self.longest, last.piped)
        self.held -= last.listed
        last.listed = last.piped = 0

    def word(self, text: str) -> None:
        """Open or close a compound command, or end a list in it."""
        if text in _CLOSING:
            self.close(text)
        elif text in _WITHIN:
            self.sound = self.sound and self.open[-1].by in _WITHIN[text]
            self.end()
        elif text != "function":
            self.open.append(_Open(text))

    def close(self, text: str) -> None:
        """Close what is open."""
        self.end()
        self.sound = self.sound and self.open[-1].by in _CLOSED[text]
        if len(self.open) > 1:
            self.open.pop()

    def close_all(self) -> None:
        """Close what the text leaves open."""
        self.sound = self.sound and len(self.open) == 1
        self.longest = max(self.longest, *(each.piped for each in self.open))


@dataclass(slots=True)
class _Writer:
    bare: str
    tokens: Sequence[Token]
    pieces: list[str] = field(default_factory=list)
    prefixes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    clashes: int = 0
    written: int = 0
    # Whether a command may begin here.
    begins: bool = True
    # Whether a line break here ends a statement.
    stated: bool = False
    tries: int = _MAX_TRIES
    parentheses: int = 0
    cases: int = 0
    pipes: _Pipes = field(default_factory=_Pipes)

    def run(self) -> None:
        index = 0
        while index < len(self.tokens):
            index = self._token(index)
        self.pipes.close_all()

    def _write(self, start: int, text: str) -> None:
        self.pieces.append(" " * (start - self.written) + text)
        self.written = start + len(text)

    def _mask(self, token: Token) -> None:
        self._write(token.start, "u" * (token.end - token.start))

    def _at(self, index: int) -> Token | None:
        return self.tokens[index] if index < len(self.tokens) else None

    def _token(self, index: int) -> int:
        """Write the token at an index, and what belongs to it; give the index behind."""
        token = self.tokens[index]
        if token.kind is _WORD:
            return self._word(index)
        following = self._at(index + 1)
        if token.kind is _NEWLINE:
            return self._line_break(index)
        if token.kind is _REDIRECT:
            self._write(token.start, token.text)
            if following is None or following.kind is not TokenKind.WORD:
                self.clashes += 1
                return index + 1
            self._mask(following)
            self.stated = True
            return index + 2
        if token.text == "(" and self.begins and (stop := self._arithmetic(token.start)):
            return self._blank(index, stop, "((u", "))")
        self.pipes.operator(token.text, pattern=token.text == ")" and self.cases > 0 and not self.parentheses)
        self._count(token, following)
        if token.text == "(" and self.bare.startswith("((", token.start) and self.written < token.start:
            # Two subshells: apart, or the grammar reads arithmetic.
            if token.start in self.prefixes:
                self.prefixes[token.start - 1] = self.prefixes.pop(token.start)
            self._write(token.start - 1, "(")
        else:
            self._write(token.start, token.text)
        self.begins, self.stated = True, False
        return index + 1

    def _count(self, token: Token, following: Token | None) -> None:
        """Count an operator that no shell takes here."""
        beside = following is not None and following.kind is _OPERATOR
        if token.text in _ENDING_CASES:
            self.clashes += not self.cases
        if token.text == "(":
            self.parentheses += 1
            # Only a function's name has parentheses behind it.
            self.clashes += not self.begins and not (following is not None and following.text == ")")
        elif token.text == ")":
            self.clashes += (beside and following is not None and following.text == "(") or not (
                self.parentheses or self.cases
            )
            self.parentheses = max(0, self.parentheses - 1)
        else:
            self.clashes += beside and following is not None and following.text != "("

    def _line_break(self, index: int) -> int:
        """Write a line break, as `;` where one may stand: the grammar runs `a | b | c`, break, `d > e` together."""
        behind = index
        while (token := self._at(behind)) is not None and token.kind is TokenKind.NEWLINE:
            behind += 1
        separates = token is not None and (token.kind is not TokenKind.OPERATOR or token.text == "(")
        self._write(self.tokens[index].start, ";" if separates and self.stated else "\n")
        if self.stated:
            self.pipes.end()
        self.begins, self.stated = True, False
        return behind

    def _word(self, index: int) -> int:
        token = self.tokens[index]
        following = self._at(index + 1)
        self.stated = True
        if not self.begins:
            self._mask(token)
            return index + 1
        if token.text in _PREFIXES and following is not None and following.kind is not TokenKind.NEWLINE:
            return self._prefix(index, following)
        closes = following is not None and following.text == ")" and token.text in _OPENING
        if token.text not in _KEPT or closes:
            self._mask(token)
            self.begins = False
            return index + 1
        if token.text == "[[":
            return self._test(index)
        self._write(token.start, token.text)
        self.pipes.word(token.text)
        self.stated = token.text in _CLOSING
        if token.text in ("for", "select"):
            return self._loop(index + 1)
        if token.text == "case":
            self.cases += 1
            return self._case(index + 1)
        if token.text == "esac":
            self.cases = max(0, self.cases - 1)
        if token.text == "function" and following is not None:
            self._mask(following)
            return index + 2
        return index + 1

    def _prefix(self, index: int, following: Token) -> int:
        """Leave out `!`, `time` or `coproc`, and remember it for the command behind."""
        token = self.tokens[index]
        behind = index + 1
        if token.text == "time":
            while (option := self._at(behind)) is not None and option.text == "-p":
                behind += 1
        elif token.text == "coproc" and (after := self._at(index + 2)) is not None and after.text in ("{", "("):
            # `coproc NAME { …`
            behind += following.kind is TokenKind.WORD
        target = self._at(behind)
        if target is None or target.kind is TokenKind.NEWLINE or target.text in ";&|)" or target.text.startswith("-"):
            # `time -f …` is the program of that name.
            self._mask(token)
            self.begins = False
            return index + 1
        self.prefixes[target.start] = (*self.prefixes.pop(token.start, ()), token.text)
        return behind

    def _loop(self, index: int) -> int:
        """Write what follows `for` or `select`: a name, then `in` or `do`, or the arithmetic form."""
        name = self._at(index)
        if name is not None and name.text == "(" and (stop := self._arithmetic(name.start)):
            index = self._blank(index, stop, "((;;", "))")
            self.begins = True
            return index
        if name is None or name.kind is not TokenKind.WORD:
            return index
        self._mask(name)
        self.stated = True
        index += 1
        breaks = index
        while (token := self._at(breaks)) is not None and token.kind is TokenKind.NEWLINE:
            breaks += 1
        if token is not None and token.text in ("in", "do"):
            if token.text == "do":
                # The grammar wants a `;` where a blank or a line break does.
                self._write(name.end, ";")
            self._write(token.start, token.text)
            self.begins = token.text == "do"
            self.stated = not self.begins
            return breaks + 1
        return index

    def _case(self, index: int) -> int:
        word = self._at(index)
        if word is None or word.kind is not TokenKind.WORD:
            return index
        self._mask(word)
        index += 1
        while (token := self._at(index)) is not None and token.kind is TokenKind.NEWLINE:
            index += 1
        if token is not None and token.text == "in":
            self._write(token.start, token.text)
            return index + 1
        return index

    def _test(self, index: int) -> int:
        """Write `[[ u ]]`."""
        for end in range(index + 1, len(self.tokens)):
            if self.tokens[end].text == "]]":
                return self._blank(index, self.tokens[end].end, "[[ u", "]]")
        self._mask(self.tokens[index])
        self.begins = False
        return index + 1

    def _blank(self, index: int, stop: int, head: str, tail: str) -> int:
        """Write only the ends of what lies between a token and an offset; give the index of the token behind."""
        start = self.tokens[index].start
        self._write(start, head[: stop - len(tail) - start])
        self._write(stop - len(tail), tail)
        while index < len(self.tokens) and self.tokens[index].start < stop:
            index += 1
        self.begins, self.stated = False, True
        return index

    def _arithmetic(self, start: int) -> int:
        """Give the offset behind `((…))`, or 0 where the parentheses are subshells."""
        if not self.bare.startswith("((", start) or not self.tries:
            return 0
        try:
            stop = skip(self.bare, start, len(self.bare))
            if skip(self.bare, start + 1, stop) == stop - 1:
                return stop
        except LexError:
            self.tries = 0
            return 0
        # Trying takes time: text with this many is no script.
        self.tries -= 1
        return 0
