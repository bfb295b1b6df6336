"""Names put in one form, so that texts which differ in them alone become the same text.

A name is the id of a job, or a run of ASCII letters and digits, at least six, of both kinds. Each has another one put
for it, of six letters and digits, that begins with a character of the same kind and that no text of the group holds;
what stands around names is left alone. So the way back is known, and whatever compares texts, or takes them apart at
other signs, or asks whether a sign is a letter or a digit, finds the same in both. Lengths are another matter: `longer`
gives the same text with names as long as the longest, so that a limit which both texts keep is kept by those between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SHORTEST, _STEP = 6, 8
_WORD = re.compile(r"[A-Za-z0-9]{6,}")
# To YAML and JSON these are numbers or the ends of numbers, and other such words are not.
_NUMBER = re.compile(r"[0-9]*[eE][0-9]+|0[xXbBoO].*")
_MARKS = ("zqz", "Zqz", "9zq")  # by the kind of the first character: small, large, digit
_SIGNS = ("zq", "Zq")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST = len(_DIGITS) ** 2
_GIVEN = re.compile(rf"(?:{'|'.join(_MARKS)})[0-9a-z]{{2}}0")


def marked(text: str) -> bool:
    """Say whether a text holds signs that only stand in what is put for other texts."""
    return any(sign in text for sign in _SIGNS)


def names_in(texts: Iterable[str]) -> list[str]:
    """Give the names in some texts, each once, as they are met."""
    found = dict.fromkeys(word for text in texts for word in _WORD.findall(text))
    return [word for word in found if not word.isalpha() and not word.isdecimal() and not _NUMBER.fullmatch(word)]


def renaming(names: Iterable[str]) -> dict[str, str] | None:
    """Give each name another one, by the order in which they stand; None where they are too many, or one is too short.

    The longest come first in what is given: a name that is a part of another one is not looked for in it.
    """
    given: dict[str, str] = {}
    for number, name in enumerate(dict.fromkeys(names)):
        if number >= _MOST or len(name) < _SHORTEST:
            return None
        mark = _MARKS[2 if name[0].isdecimal() else 1 if name[0].isupper() else 0]
        given[name] = f"{mark}{_DIGITS[number // len(_DIGITS)]}{_DIGITS[number % len(_DIGITS)]}0"
    return dict(sorted(given.items(), key=_by_length))


def _by_length(pair: tuple[str, str]) -> int:
    return -len(pair[0])


def longest(names: Iterable[str]) -> int:
    """Give a length that no name exceeds: the longest one's, or the next of those that are taken for many."""
    return -(-max(map(len, names), default=0) // _STEP) * _STEP


def longer(text: str, length: int) -> str:
    """Give a text in which names were put for names with names of another length."""
    rest = "0" * (length - _SHORTEST)
    return _GIVEN.sub(lambda match: match[0] + rest, text)


def renamed(text: str, given: Mapping[str, str]) -> str:
    """Put the names that were given in the place of those that a text has."""
    for old, new in given.items():
        text = text.replace(old, new)
    return text
