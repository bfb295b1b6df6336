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
                assignments.append(assigned(reader, text, start, match))
            elif text in _CLOSING:
                raise LexError(FaultKind.SYNTAX, start)
            else:
                words.append(reader.read(start, end))
        elif kind is _REDIRECT:
            target = next(queue, None)
            if target is None or target.kind is not _WORD:
                raise LexError(FaultKind.SYNTAX, start)
            redirects.append(redirected(reader, text, start, reader.read(target.start, target.end)))
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


def redirected(reader: WordReader, text: str, start: int, target: Word) -> Redirect:
    """Give the redirection of an operator, which begins at an offset, and its target."""
    source = reader.source
    operator, descriptor = _operator(text)
    span = source.span(start, target.start - source.base + len(target.raw))
    document = source.documents.get(start)
    if document is not None:
        place = source.span(document.start, document.end)
        scripts = reader.scripts(source.text, document.start, document.end) if document.expands else ()
        return Redirect(document.operator, descriptor, target, span, document.body, document.expands, place, scripts)
    return Redirect(operator, descriptor, target, span)


# Crontabs have few of them: `>`, `>>`, `2>&`.
@lru_cache(maxsize=256)
def _operator(text: str) -> tuple[str, int | None]:
    """Take a redirection's operator and its descriptor apart."""
    operator = text.lstrip("0123456789")
    digits = text[: -len(operator)]
    if operator[0] == "{":
        operator = operator.partition("}")[2]
    return operator, int(digits) if digits and len(digits) < 10 else None


def assigned(reader: WordReader, text: str, start: int, match: re.Match[str]) -> Assignment:
    """Give the assignment that a word is, which begins at an offset; `match` is its name and sign."""
    name = match[0].removesuffix("=").removesuffix("+")
    append = match[0].endswith("+=")
    given, end = start + match.end(), start + len(text)
    span = reader.source.span(start, end)
    if text.startswith("(", match.end()):
        inside, _ = tokens(reader.source.bare, given + 1, end - 1)
        elements = tuple(reader.read(each.start, each.end) for each in inside if each.kind is TokenKind.WORD)
        return Assignment(name, None, span, append, elements)
    value = reader.read(given, end) if given < end else None
    return Assignment(name, value, span, append)
