"""The words of a command that needs no shell: quotes are read, and what only a shell could do is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REDIRECT = re.compile(r"[0-9]*(?:&?>>?\|?|>&|<)")
_DOUBLE = frozenset('$`"\\\n')


class NotPlainError(ValueError):
    """A command that a shell has to work on: what it would do."""


def plain_words(text: str) -> list[str]:
    """Give the words, redirections left out; raise NotPlainError."""
    words: list[str] = []
    skip = False
    for word, quoted in _words(text):
        match = None if quoted else _REDIRECT.match(word)
        if skip:
            skip = False
        elif match and (word[0] in "<>&" or match.end() > 0):
            skip = match.end() == len(word)
        else:
            words.append(word)
    return words


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Give each word, and whether anything in it is quoted (POSIX, XCU 2.2)."""
    word, begun, quoted, at = "", False, False, 0
    while at < len(text):
        sign = text[at]
        if sign in " \t\n":
            if begun:
                yield word, quoted
            word, begun, quoted = "", False, False
            at += 1
            continue
        begun = True
        if sign == "'":
            end = text.find("'", at + 1)
            if end < 0:
                msg = "a quote is not closed"
                raise NotPlainError(msg)
            word, quoted, at = word + text[at + 1 : end], True, end + 1
        elif sign == '"':
            inner, at = _double(text, at + 1)
            word, quoted = word + inner, True
        elif sign == "\\":
            word, quoted, at = word + text[at + 1 : at + 2].replace("\n", ""), True, at + 2
        else:
            _check(text, at, word)
            word, at = word + sign, at + 1
    if begun:
        yield word, quoted


def _double(text: str, at: int) -> tuple[str, int]:
    inner = ""
    while at < len(text):
        sign = text[at]
        if sign == '"':
            return inner, at + 1
        if sign == "\\" and text[at + 1 : at + 2] in _DOUBLE:
            inner, at = inner + text[at + 1].replace("\n", ""), at + 2
            continue
        if sign in "$`":
            msg = f"{sign} in quotes"
            raise NotPlainError(msg)
        inner, at = inner + sign, at + 1
    msg = "a quote is not closed"
    raise NotPlainError(msg)


def _check(text: str, at: int, word: str) -> None:
    """Refuse what acts without quotes; `&` is let through only in a redirection."""
    sign = text[at]
    redirected = sign == "&" and (word.endswith((">", "<")) or text[at + 1 : at + 2] == ">")
    if (sign in "$`|;()*?[~{#&" or (sign in "<>" and word and not _REDIRECT.fullmatch(word + sign))) and not redirected:
        msg = f"{sign} without quotes"
        raise NotPlainError(msg)
