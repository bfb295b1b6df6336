"""Tokens of shell text: where words, operators and redirections begin and end (POSIX shell grammar §2.3 and bash(1)).

Nothing here is recursive, so nesting of any depth is safe. Offsets are into the text that is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from migrator.shell.tree import FaultKind


class LexError(Exception):
    """Text that no shell would take, found while reading tokens; `offset` is where it begins."""

    def __init__(self, kind: FaultKind, offset: int) -> None:
        super().__init__(kind, offset)
        self.kind = kind
        self.offset = offset


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    OPERATOR = "operator"
    REDIRECT = "redirect"
    NEWLINE = "newline"


class Token(NamedTuple):
    """A token and its offsets. A redirection's token holds its descriptor and operator, not its target."""

    kind: TokenKind
    start: int
    end: int
    text: str


# A subscript may have blanks and brackets in quotes, and blanks in `$(( ))`.
_SUBSCRIPT = r"\[(?:\"[^\"]*\"|'[^']*'|\$\(\([^()]*\)\)|[^\]\s\"'])*\]"
ASSIGNMENT = re.compile(rf"[A-Za-z_]\w*(?:{_SUBSCRIPT})?\+?=", re.ASCII)
REDIRECT = re.compile(r"(\d+|\{[A-Za-z_]\w*\})?(&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<(?!\()|>(?!\())", re.ASCII)
# Words of plain text, simple quotes and `$NAME` are read here; any other by `word_end`.
_BEHIND = r"(?=[ \t\n;&|)]|\Z)"
_PLAIN_WORD = rf"(?!#)[^ \t\n;&|<>()'\"\\$`]++{_BEHIND}"
# No group is possessive: Python before 3.11.5 matches those wrongly (github.com/python/cpython/issues/106052).
_BEFORE = r"[ \t]*+(?:\\\r?\n[ \t]*+)*"
_REDIRECTION = r"(?:\d+|\{[A-Za-z_]\w*\})?(?:&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<(?!\()|>(?!\())"
_OTHER = (
    r"|(?P<newline>\n)"
    r"|(?P<operator>;;&|;;|;&|&&|\|\||\|&|[;&|()])"
    r"|(?P<word>(?!#)(?:[^ \t\n;&|<>()'\"\\$`]++|'[^']*+'|\"(?:[^\"\\$`]++|\$(?![({'\"]))*\""
    rf"|\$(?![({{'\"])|\\[^\r\n])+{_BEHIND})"
    r"|(?P<comment>#[^\n]*+)"
    r"|(?P<end>\Z))"
)
TOKEN = re.compile(rf"{_BEFORE}(?:(?P<plain>{_PLAIN_WORD})|(?P<redirect>{_REDIRECTION}){_OTHER}", re.ASCII)
TOKENS = re.compile(
    rf"{_BEFORE}(?:(?P<plain>{_PLAIN_WORD}(?: {_PLAIN_WORD})*)"
    rf"|(?P<redirect>{_REDIRECTION})(?:{_BEFORE}(?P<target>{_PLAIN_WORD}))?{_OTHER}",
    re.ASCII,
)
"""The same as `TOKEN`, but plain words with one space between them at once, and a redirection with a plain target."""

_KINDS = (None, TokenKind.WORD, TokenKind.REDIRECT, TokenKind.NEWLINE, TokenKind.OPERATOR, TokenKind.WORD)


class TokenGroup:
    """The groups of `TOKENS` by number: plain words, one with quotes or `$NAME`, and the other tokens."""

    PLAIN, REDIRECT, TARGET, NEWLINE, OPERATOR, WORD = 1, 2, 3, 4, 5, 6


_BLANKS = re.compile(r"(?:[ \t]|\\\r?\n)*")
_PLAIN = re.compile(r"[^ \t\n;&|<>()'\"\\$`]+")
_COMMENT = re.compile(r"#[^\n]*")
# What opens and closes with nothing of its kind between; the `)` of a case arm closes no parenthesis.
_SIMPLE = re.compile(r"[$<>]?\([^'\"\\$`()#]*+\)|'[^']*+'|\"[^\"\\$`]*+\"|`[^`\\]*+`|\$\{[^'\"\\$`}]*+\}")
_IN_DOUBLE = re.compile(r"[^\"\\$`]+")
_IN_BACKTICKS = re.compile(r"(?:[^`\\]|\\.)*", re.DOTALL)
_IN_BRACE = re.compile(r"[^'\"\\$`}]+")
_IN_PAREN = re.compile(r"[^'\"\\$`()#A-Za-z]+")
_LETTERS = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
_BEFORE_COMMAND = re.compile(r"(?:[;&|(){}\n!]|\b(?:then|do|else|if|elif|while|until|in|time))\Z")
_ANSI = re.compile(r"(?:[^'\\]|\\.)*'", re.DOTALL)


@dataclass(slots=True)
class Frame:
    """An open construct: `"`, `{` (of `${`) or `(`; `cases` counts the `case` in it that wait for their `esac`.

    In double quotes, and in a `${…}` within them, a `'` quotes nothing: these are `quoted`.
    """

    opener: str
    cases: int = 0
    quoted: bool = False


def skip(text: str, pos: int, end: int) -> int:
    """Give the offset behind the quote, expansion or parenthesis that opens at `pos`; `LexError` if it never closes.

    Opens: `'` `"` `` ` `` `$'` `$"` `$(` `${` `(` `<(` `>(`.
    """
    simple = _SIMPLE.match(text, pos, end)
    if simple is not None and "case" not in simple[0]:
        return simple.end()
    stack: list[Frame] = []
    here = pos
    while True:
        here = step(text, here, end, stack)
        if not stack:
            return here
        if here >= end:
            raise LexError(FaultKind.UNTERMINATED, pos)


def step(text: str, pos: int, end: int, stack: list[Frame]) -> int:
    """Read one piece in the innermost open construct (or open the first) and give the offset behind it."""
    mode = stack[-1].opener if stack else "("
    char = text[pos]
    if char == "\\":
        return pos + 2
    if mode == '"':
        if char == '"':
            stack.pop()
            return pos + 1
        if char in "$`":
            return _open(text, pos, end, stack)
        return _run(_IN_DOUBLE, text, pos, end)
    if mode == "{":
        if char == "}":
            stack.pop()
            return pos + 1
        if char in "'\"$`":
            return _open(text, pos, end, stack)
        return _run(_IN_BRACE, text, pos, end)
    return _step_in_parentheses(text, pos, end, stack)


def _step_in_parentheses(text: str, pos: int, end: int, stack: list[Frame]) -> int:
    char = text[pos]
    if char in "'\"$`(<>":
        return _open(text, pos, end, stack)
    if char == ")":
        # The `)` of a case arm closes no parenthesis.
        if not stack[-1].cases:
            stack.pop()
        return pos + 1
    if char == "#":
        comment = _COMMENT.match(text, pos, end)
        return comment.end() if comment and (not pos or text[pos - 1] in " \t\n;&|(") else pos + 1
    word = _LETTERS.match(text, pos, end)
    if word is None:
        return _run(_IN_PAREN, text, pos, end)
    frame = stack[-1]
    if word[0] == "case" and begins_command(text, pos):
        frame.cases += 1
    elif word[0] == "esac" and frame.cases:
        frame.cases -= 1
    return word.end()


def begins_command(text: str, pos: int) -> bool:
    """Tell, from the text before it, whether a word at `pos` stands where a command begins."""
    before = text[max(0, pos - 80) : pos].rstrip(" \t")
    return _BEFORE_COMMAND.search(before) is not None if before else pos <= 80


def _run(pattern: re.Pattern[str], text: str, pos: int, end: int) -> int:
    match = pattern.match(text, pos, end)
    return match.end() if match else pos + 1


def _open(text: str, pos: int, end: int, stack: list[Frame]) -> int:
    """Open or read through what begins at `pos`; a lone `$`, `<` or `>` is one character."""
    quoted = bool(stack) and stack[-1].quoted
    char = text[pos]
    following = text[pos + 1] if pos + 1 < end else ""
    if char == "'":
        if quoted:
            return pos + 1
        return _closing(text.find("'", pos + 1, end), pos)
    if char == "`":
        inner = _IN_BACKTICKS.match(text, pos + 1, end)
        assert inner is not None
        return _closing(inner.end() if inner.end() < end else -1, pos)
    if char == "$" and following == "'" and not quoted:
        ansi = _ANSI.match(text, pos + 2, end)
        return _closing(ansi.end() - 1 if ansi else -1, pos)
    if char == '"':
        stack.append(Frame('"', quoted=True))
    elif char == "$" and following == '"' and not quoted:
        stack.append(Frame('"', quoted=True))
        return pos + 2
    elif char == "(":
        stack.append(Frame("("))
    elif following == "(":
        stack.append(Frame("("))
        return pos + 2
    elif char == "$" and following == "{":
        stack.append(Frame("{", quoted=quoted))
        return pos + 2
    return pos + 1


def _closing(found: int, opened: int) -> int:
    if found < 0:
        raise LexError(FaultKind.UNTERMINATED, opened)
    return found + 1


def word_end(text: str, pos: int, end: int) -> int:
    """Give the offset behind the word that begins at `pos`."""
    here = pos
    while here < end:
        if plain := _PLAIN.match(text, here, end):
            here = plain.end()
            if here >= end:
                break
        char = text[here]
        following = text[here + 1] if here + 1 < end else ""
        if char == "\\":
            here = min(here + 2, end)
        elif (
            char in "'\"`"
            or (char == "$" and following and following in "({'\"")
            or (char in "<>" and following == "(")
        ):
            here = skip(text, here, end)
        elif char == "$":
            here += 1
        elif char == "(" and here > pos and _holds_parentheses(text, pos, here):
            here = skip(text, here, end)
        else:
            break
    return here


def _holds_parentheses(text: str, start: int, pos: int) -> bool:
    """Tell whether a parenthesis at `pos` belongs to the word: `name=(…)`, or bash's `@(…)` and its kin."""
    if text[pos - 1] in "?*+@!":
        return True
    match = ASSIGNMENT.match(text, start, pos)
    return match is not None and match.end() == pos


def tokens(text: str, start: int, end: int) -> tuple[list[Token], LexError | None]:
    """List the tokens between two offsets, comments left out, up to an open quote if there is one."""
    found: list[Token] = []
    pos = start
    read, kinds, most = TOKEN.match, _KINDS, len(_KINDS)
    while pos < end:
        match = read(text, pos, end)
        group = match.lastindex if match is not None else None
        if match is None or group is None:
            pos = behind_blanks(text, pos, end)
            try:
                stop = word_end(text, pos, end)
            except LexError as fault:
                return found, fault
            found.append(Token(TokenKind.WORD, pos, stop, text[pos:stop]))
            pos = stop
            continue
        pos = match.end()
        kind = kinds[group] if group < most else None
        if kind is not None:
            found.append(Token(kind, match.start(group), pos, match[group]))
    return found, None


def behind_blanks(text: str, pos: int, end: int) -> int:
    """Give the offset behind blanks and continued lines."""
    blanks = _BLANKS.match(text, pos, end)
    return blanks.end() if blanks is not None else pos
