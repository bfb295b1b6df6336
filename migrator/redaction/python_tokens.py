"""The tokens of a Python program, whichever version of the language it is for.

`tokenize` stops where the text is no Python 3 of the version that runs (from 3.12 on at `0755` and at a backtick).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    STRING = "string"
    COMMENT = "comment"
    NUMBER = "number"
    NAME = "name"
    BLANK = "blank"
    NEWLINE = "newline"
    SIGN = "sign"


class Token(NamedTuple):
    """A token and where it begins in the text."""

    kind: Kind
    text: str
    start: int


_TOKEN = re.compile(
    r'''
    (?P<STRING>[A-Za-z]{0,2}(?:
        """[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""
      | \'\'\'[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*\'\'\'
      | "[^"\\\n]*(?:\\.[^"\\\n]*)*"
      | '[^'\\\n]*(?:\\.[^'\\\n]*)*'
    ))
    | (?P<COMMENT>\#[^\n]*)
    | (?P<NUMBER>0[xXoObB][0-9A-Fa-f_]+[lL]?|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[jJlL]?)
    | (?P<NAME>[^\W\d]\w*)
    | (?P<BLANK>(?:[ \t\f\r]|\\\r?\n)+)
    | (?P<NEWLINE>\n)
    | (?P<SIGN><>|[<>=!]=|\*\*|//|>>|<<|.)
    ''',
    re.VERBOSE | re.DOTALL,
)
_KINDS = {kind.name: kind for kind in Kind}


def tokens(text: str) -> list[Token]:
    """Give all tokens of a text; joined they are the text."""
    return [Token(_KINDS[str(found.lastgroup)], found[0], found.start()) for found in _TOKEN.finditer(text)]
