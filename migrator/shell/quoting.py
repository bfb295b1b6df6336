"""One word as shell text, and the escapes of bash's `$'…'`."""

from __future__ import annotations

import re

_SAFE = re.compile(r"[A-Za-z0-9_@%+:,./=-]+")
_ESCAPE = re.compile(
    r"\\(?:([abeEfnrtv\\'\"?])|([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.))",
    re.DOTALL,
)
_LETTERS = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def quote(text: str) -> str:
    """Write a text as one word that every POSIX shell reads back as that text."""
    if _SAFE.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def decode_ansi(text: str) -> str:
    r"""Decode what stands between `$'` and `'` (bash(1), QUOTING). Bash ends the text at a `\0`."""
    return _ESCAPE.sub(_character, text).partition("\0")[0]


def _character(match: re.Match[str]) -> str:
    letter, octal, two, four, eight, control = match.groups()
    if letter:
        return _LETTERS.get(letter, letter)
    if control:
        return chr(ord(control) & 0x1F)
    if octal:
        return chr(int(octal, 8) & 0xFF)
    code = int(two or four or eight, 16)
    # No character has this number: bash writes bytes that are not text.
    return chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"
