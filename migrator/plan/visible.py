"""Texts as they may leave the program: nothing in them moves a cursor, reverses a line or breaks an encoding."""

import re
import unicodedata

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS_IN_A_ROW = 2


def visible(text: str) -> str:
    r"""Write every character that does not print as an escape: `\n`, `\x1b`, `\u202e`.

    A byte that was not UTF-8 (PEP 383 keeps it as U+DC80 … U+DCFF) becomes `\xNN`. Marks piled on one letter are
    escaped from the third on. The result is one line that prints.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        kept = character.isprintable() and marks <= _MARKS_IN_A_ROW
        shown.append(character if kept else _escape(character))
    return "".join(shown)


def cut(text: str, limit: int) -> str:
    """Make a text visible and at most `limit` characters long; an ellipsis stands for what was left out."""
    # Escapes only lengthen, so what lies beyond the limit can be dropped before the slow part.
    shown = visible(text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def storable(text: str) -> str:
    r"""Replace what UTF-8 cannot carry: an undecodable byte by `\xNN`, any other surrogate by `\uNNNN`."""
    return _SURROGATE.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    number = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
