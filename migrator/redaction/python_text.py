"""Keep a Python program a program: a secret stands in a string, a comment or a number, never in a name or a call.

The searches go by lines and words and often cut more: the comma behind a value, the `f` before it, the name of a
variable that holds it. Here each cut is narrowed to what may be a secret; a field of an f-string goes as a whole.
"""

from __future__ import annotations

import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from migrator.redaction.marks import MARK, Cut
from migrator.redaction.python2 import as_python_3
from migrator.redaction.python_tokens import Kind, tokens
from migrator.redaction.python_tree import parsed

_HEAD = re.compile(r"([A-Za-z]{0,2})(\"\"\"|'''|\"|')")
_FIELD = re.compile(r"\{\{|\}\}|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_SHORTEST = 4
# From Python 3.12 on the text between the fields of an f-string is a token of its own.
_BARE = frozenset({tokenize.COMMENT, tokenize.NUMBER, getattr(tokenize, "FSTRING_MIDDLE", tokenize.COMMENT)})

Place = tuple[int, int, tuple[tuple[int, int], ...]]


def narrowed(text: str, cuts: Iterable[Cut]) -> list[Cut]:
    """Narrow the cuts of a Python program to its strings, comments and numbers; all stay where it is no program."""
    found = _places(text)
    if found is None:
        return list(cuts)
    starts = [place[0] for place in found]
    kept: list[Cut] = []
    for cut in cuts:
        at = max(0, bisect_right(starts, cut.start) - 1)
        while at < len(found) and found[at][0] < cut.end:
            first, last = _whole_fields(max(cut.start, found[at][0]), min(cut.end, found[at][1]), found[at][2])
            if first < last and not MARK.fullmatch(text, first, last):
                kept.append(replace(cut, start=first, end=last, before="", after="", continued=False))
            at += 1
    return kept


def _whole_fields(first: int, last: int, fields: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    if first >= last:
        return first, last
    for start, end in fields:
        if start < last and first < end:
            first, last = min(first, start), max(last, end)
    return first, last


def _places(text: str) -> list[Place] | None:
    """Give the insides of strings with the fields of f-strings, comments and long numbers; None for no Python."""
    if parsed(text) is None:
        return None if parsed(as_python_3(text)) is None else _places_of_old(text)
    lines = [0]
    for line in io.StringIO(text, newline=""):
        lines.append(lines[-1] + len(line))
    found: list[Place] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            start = lines[token.start[0] - 1] + token.start[1]
            end = lines[token.end[0] - 1] + token.end[1]
            if token.type == tokenize.STRING:
                found.append(_inside(token.string, start, end))
            elif token.type in _BARE and len(token.string) >= _SHORTEST:
                # The sign that begins a comment stays, else the rest of it would be a program.
                found.append((start + (token.type == tokenize.COMMENT), end, ()))
    except (tokenize.TokenError, SyntaxError, IndexError):
        return None
    return found


def _places_of_old(text: str) -> list[Place]:
    """Give the same places of a Python 2 program, by its own tokens."""
    found: list[Place] = []
    for token in tokens(text):
        end = token.start + len(token.text)
        if token.kind is Kind.STRING:
            found.append(_inside(token.text, token.start, end))
        elif token.kind in (Kind.COMMENT, Kind.NUMBER) and len(token.text) >= _SHORTEST:
            found.append((token.start + (token.kind is Kind.COMMENT), end, ()))
    return found


def _inside(string: str, start: int, end: int) -> Place:
    head = _HEAD.match(string)
    if head is None:
        return start, end, ()
    inner = start + head.end()
    fields: tuple[tuple[int, int], ...] = ()
    if "f" in head[1].lower():
        fields = tuple((start + match.start(), start + match.end()) for match in _FIELD.finditer(string, head.end()))
    return inner, end - len(head[2]), fields
