"""Simple commands and redirections from tokens (POSIX shell §2.9.1 and §2.7, bash(1) REDIRECTION)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from migrator.shell.lexing import ASSIGNMENT, LexError, Token, TokenKind, tokens
from migrator.shell.tree import Assignment, Command, FaultKind, Redirect, Word
from migrator.shell.words import WordReader

_WORD, _REDIRECT = TokenKind.WORD, TokenKind.REDIRECT
# Reserved words that begin no command: without their opener they are a syntax error (POSIX shell §2.4).
_CLOSING = frozenset(["}", "do", "done", "elif", "else", "esac", "fi", "then"])


def simple_command(reader: WordReader, found: Sequence[Token]) -> Command:
    """Give the simple command that tokens make; `LexError` where an operator or nothing stands."""
    if not found:
        raise LexError(FaultKind.SYNTAX, 0)
    before = reader.parsed
    assignments: list[Assignment] = []
    words: list[Word] = []
    redirects: list[Redirect] = []
    queue = iter(found)
    for token in queue:
        kind, start, end, text = token
        if kind is _WORD:
            if words:
                words.append(reader.read(start, end))
            elif "=" in text and (match := ASSIGNMENT.match(text)):
                assignments.append(assigned(reader, token, match))
            elif text in _CLOSING:
                raise LexError(FaultKind.SYNTAX, start)
            else:
                words.append(reader.read(start, end))
        elif kind is _REDIRECT:
            redirects.append(redirected(reader, token, next(queue, None)))
        elif kind is TokenKind.OPERATOR:
            raise LexError(FaultKind.SYNTAX, start)
    span = reader.source.span(found[0].start, found[-1].end)
    return Command(tuple(assignments), tuple(words), tuple(redirects), span, reader.parsed > before)


def redirections(reader: WordReader, found: Sequence[Token]) -> tuple[Redirect, ...]:
    """Give the redirections that follow a compound command; raise `LexError` where anything else stands there."""
    command = simple_command(reader, found) if found else None
    if command is None:
        return ()
    if command.words or command.assignments:
        raise LexError(FaultKind.SYNTAX, found[0].start)
    return command.redirects


def redirected(reader: WordReader, token: Token, target: Token | None) -> Redirect:
    """Give the redirection of an operator's token and its target; `LexError` where the target is no word."""
    if target is None or target.kind is not TokenKind.WORD:
        raise LexError(FaultKind.SYNTAX, token.start)
    operator, descriptor = _operator(token.text)
    span = reader.source.span(token.start, target.end)
    word = reader.read(target.start, target.end)
    document = reader.source.documents.get(token.start)
    if document is not None:
        place = reader.source.span(document.start, document.end)
        scripts = reader.scripts(reader.source.text, document.start, document.end) if document.expands else ()
        return Redirect(document.operator, descriptor, word, span, document.body, document.expands, place, scripts)
    return Redirect(operator, descriptor, word, span)


# Crontabs have few of them: `>`, `>>`, `2>&`.
@lru_cache(maxsize=256)
def _operator(text: str) -> tuple[str, int | None]:
    """Take a redirection's operator and its descriptor apart."""
    operator = text.lstrip("0123456789")
    digits = text[: -len(operator)]
    if operator[0] == "{":
        operator = operator.partition("}")[2]
    return operator, int(digits) if digits and len(digits) < 10 else None


def assigned(reader: WordReader, token: Token, match: re.Match[str]) -> Assignment:
    """Give the assignment that a word is; `match` is its name and sign."""
    name = match[0].removesuffix("=").removesuffix("+")
    append = match[0].endswith("+=")
    start = token.start + match.end()
    span = reader.source.span(token.start, token.end)
    if token.text.startswith("(", match.end()):
        inside, _ = tokens(reader.source.bare, start + 1, token.end - 1)
        elements = tuple(reader.read(each.start, each.end) for each in inside if each.kind is TokenKind.WORD)
        return Assignment(name, None, span, append, elements)
    value = reader.read(start, token.end) if start < token.end else None
    return Assignment(name, value, span, append)
