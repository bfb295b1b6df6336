"""The shell tree: what POSIX sh and bash read, as immutable values with source spans.

A `Span` counts characters of the text that was parsed and its lines from 1, so that evidence can quote the source.
Words keep their parts: what is literal, what is quoted and what only a run can know.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from migrator.model.frozen import frozen


class Span(NamedTuple):
    """Character offsets `start` (inclusive) and `end` (exclusive), and the 1-based lines they lie on.

    A named tuple, since several are made for every command that is read.
    """

    start: int
    end: int
    line: int
    last_line: int


@frozen
class Literal:
    """Text that the shell takes as it is, quotes and backslashes already removed. Unquoted text may still glob."""

    text: str
    quoted: bool = False


@frozen
class Parameter:
    """`$NAME` or `${NAME…}`.

    `operator` is what follows the name (`:-`, `%`, `//`, `#` for the length …), `argument` its raw text, and `scripts`
    the substitutions in that.
    """

    name: str
    operator: str = ""
    argument: str = ""
    quoted: bool = False
    scripts: tuple[Script, ...] = ()


@frozen
class Substitution:
    """`$(…)` or backticks: a script whose output becomes text."""

    script: Script
    quoted: bool = False


@frozen
class ProcessSubstitution:
    """`<(…)` or `>(…)`."""

    direction: str
    script: Script


@frozen
class Arithmetic:
    """`$((…))`, raw, and the substitutions in it."""

    text: str
    scripts: tuple[Script, ...] = ()


Part: TypeAlias = "Literal | Parameter | Substitution | ProcessSubstitution | Arithmetic"


class Word:
    """One shell word. `raw` is the source text, quotes included, which begins at `start`, from `line` to `last_line`.

    Most words are plain: nothing in them is quoted or expanded, and their text is their only part. Their parts and
    places are made when they are asked for, so that reading such a word makes one value. `special` holds the parts of
    any other word.
    """

    __slots__ = ("last_line", "line", "raw", "special", "start")

    def __init__(
        self, raw: str, start: int, line: int, last_line: int, special: tuple[Part, ...] | None = None
    ) -> None:
        self.raw = raw
        self.start = start
        self.line = line
        self.last_line = last_line
        self.special = special

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give what is literal in the word, what is quoted and what only a run can know, in order."""
        return (Literal(self.raw),) if self.special is None else self.special

    @property
    def span(self) -> Span:
        """Give the place of the word."""
        return Span(self.start, self.start + len(self.raw), self.line, self.last_line)

    @property
    def literal(self) -> str | None:
        """Give the word's text when nothing in it needs a run (globs and braces stay as written), else None."""
        if self.special is None:
            return self.raw
        texts: list[str] = []
        for part in self.special:
            if not isinstance(part, Literal):
                return None
            texts.append(part.text)
        return texts[0] if len(texts) == 1 else "".join(texts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Word):
            return NotImplemented
        return self.raw == other.raw and self.span == other.span and self.parts == other.parts

    def __hash__(self) -> int:
        return hash((self.raw, self.start))

    def __repr__(self) -> str:
        return f"Word(parts={self.parts!r}, raw={self.raw!r}, span={self.span!r})"


@frozen
class Assignment:
    """`NAME=word`, `NAME+=word` (`append`) or `NAME=(…)` (`elements`)."""

    name: str
    value: Word | None
    span: Span
    append: bool = False
    elements: tuple[Word, ...] | None = None


@frozen
class Redirect:
    """A redirection. `operator` is `<`, `>`, `>>`, `>|`, `<>`, `>&`, `<&`, `&>`, `&>>`, `<<`, `<<-` or `<<<`.

    `descriptor` is the number written before it, or None. For `2>&1` `target` is the word `1`. `body` is a here
    document's text (for `<<-` without its tabs), `body_span` its place; `expands` says whether the shell expands it (an
    unquoted delimiter), `scripts` are the substitutions that it then runs.
    """

    operator: str
    descriptor: int | None
    target: Word | None
    span: Span
    body: str | None = None
    expands: bool = False
    body_span: Span | None = None
    scripts: tuple[Script, ...] = ()


@frozen
class Command:
    """A simple command: assignments before it, its words, its redirections. `words` is empty for assignments alone.

    `substitutes` says whether one of these runs a script whose output it uses.
    """

    assignments: tuple[Assignment, ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    span: Span
    substitutes: bool = False


@frozen
class Pipeline:
    """`a | b |& c`, two stages or more, or one that is negated or timed."""

    stages: tuple[Node, ...]
    span: Span
    negated: bool = False
    timed: bool = False


@frozen
class AndOr:
    """`first`, then (`&&` or `||`, node) in order; of equal precedence, left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    span: Span


@frozen
class Item:
    """A statement of a script: `background` where it ends in `&`."""

    node: Node
    background: bool = False


@frozen
class Script:
    """Statements in order. `faults` are the places that were not understood: each is also an `Opaque` node."""

    items: tuple[Item, ...]
    span: Span
    faults: tuple[Fault, ...] = ()


@frozen
class Group:
    """`{ …; }`, or `( … )` when `subshell`."""

    body: Script
    subshell: bool
    redirects: tuple[Redirect, ...]
    span: Span


@frozen
class If:
    """`if`/`elif` arms as (condition, body), and the `else` body."""

    arms: tuple[tuple[Script, Script], ...]
    otherwise: Script | None
    redirects: tuple[Redirect, ...]
    span: Span


@frozen
class For:
    """`for NAME in WORDS` or `select`.

    `words` is None for `for NAME` and for the arithmetic form, whose raw text is `header`.
    """

    name: str
    words: tuple[Word, ...] | None
    body: Script
    redirects: tuple[Redirect, ...]
    span: Span
    header: str = ""


@frozen
class While:
    """`while` or, when `until`, `until`."""

    condition: Script
    body: Script
    until: bool
    redirects: tuple[Redirect, ...]
    span: Span


@frozen
class Case:
    """`case WORD in` with arms of (patterns, body)."""

    word: Word
    arms: tuple[tuple[tuple[Word, ...], Script], ...]
    redirects: tuple[Redirect, ...]
    span: Span


@frozen
class Function:
    """A function definition."""

    name: str
    body: Node
    span: Span


@frozen
class Test:
    """`[[ … ]]` or `(( … ))`.

    `words` are the words in it, operators included as literals; `operator` is `[[` or `((`.
    """

    words: tuple[Word, ...]
    operator: str
    redirects: tuple[Redirect, ...]
    span: Span


class FaultKind(StrEnum):
    """Why a place was not understood."""

    SYNTAX = "syntax"
    UNTERMINATED = "unterminated"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"


@frozen
class Fault:
    """A place that was not understood."""

    kind: FaultKind
    text: str
    span: Span


@frozen
class Opaque:
    """Text that was not understood; it may do anything."""

    text: str
    span: Span


Node: TypeAlias = "Command | Pipeline | AndOr | Group | If | For | While | Case | Function | Test | Opaque"
