"""Read one field as Debian cron (Vixie cron 3.0pl1) and as cronie do, to the last sloppiness.

Both were rewritten from what the programs do, not from crontab(5), which promises less: Debian skips whatever
follows the first number of a word, cronie does not but knows `~`. Numbers are C ints: they wrap at 2**32.
"""

from __future__ import annotations

import re
from functools import lru_cache

from migrator.schedules.cron.fields import FIELDS, Bounds

_ALNUM = re.compile(r"[0-9A-Za-z]+")
_INT_MAX = 2**31 - 1
_LONG_MAX = 2**63 - 1
_DEBIAN_WORD = 999
_CRONIE_WORD = 131_071

BYTE_FF = "\udcff"
"""Byte 0xFF as surrogateescape writes it: in Debian's `char` it equals EOF, and the field is refused."""


def debian_field(word: str, index: int) -> int | None:
    """Give the mask of the word of a field (0 minute … 4 day-of-week), None where Debian says «bad …»."""
    return _debian(word, index) if len(word) > _KEPT else _debian_kept(word, index)


def cronie_field(word: str, index: int) -> tuple[int, int] | None:
    """Give the mask of a field's word and the width of its random windows in the field's unit; None: refused.

    Of a random window the mask holds the first value.
    """
    return _cronie(word, index) if len(word) > _KEPT else _cronie_kept(word, index)


def c_int(digits: str) -> int:
    """Convert as `atoi` on a 64-bit machine: saturated to a long, then cut to an int."""
    significant = digits.lstrip("0") or "0"
    number = int(significant) if len(significant) < len(str(_LONG_MAX)) else _saturated(significant)
    wrapped = number & 0xFFFF_FFFF
    return wrapped - 2**32 if wrapped > _INT_MAX else wrapped


def _saturated(digits: str) -> int:
    return min(int(digits), _LONG_MAX) if len(digits) == len(str(_LONG_MAX)) else _LONG_MAX


def _number(word: str, at: int, bounds: Bounds | None, longest: int) -> tuple[int, int] | None:
    """Give the number or name at a place and where it ends; without `bounds` names are not known."""
    match = _ALNUM.match(word, at)
    if match is None or match.end() - at > longest:
        return None
    found = match[0]
    if found.isdigit():
        return c_int(found), match.end()
    if bounds is not None:
        lowered = found.lower()
        for name, number in bounds.names:
            if name == lowered:
                return number, match.end()
    return None


def _spread(first: int, last: int, step: int, bounds: Bounds) -> int | None:
    """Set first, first + step … last; None as soon as a value lies outside the field."""
    mask, value = 0, first
    while value <= last:
        if not bounds.low <= value <= bounds.high:
            return None
        mask |= 1 << value
        value += step
        if value > _INT_MAX:  # an int overflow: the value comes back below zero, which is outside
            return None
    return mask


def _debian(word: str, index: int) -> int | None:
    bounds = FIELDS[index]
    mask, at = 0, 0
    while True:
        part = _debian_range(word, at, bounds)
        if part is None:
            return None
        mask |= part[0]
        at = part[1]
        following = word[at : at + 1]
        if following == BYTE_FF:
            return None
        if following != ",":
            return mask  # whatever follows up to the blank is skipped
        at += 1


def _debian_range(word: str, at: int, bounds: Bounds) -> tuple[int, int] | None:
    if word[at : at + 1] == "*":
        first, last, at = bounds.low, bounds.high, at + 1
    else:
        number = _number(word, at, bounds, _DEBIAN_WORD)
        if number is None or number[0] < 0:
            return None
        first, at = number
        if word[at : at + 1] != "-":
            alone = word[at : at + 1] != "/" and bounds.low <= first <= bounds.high
            return (1 << first, at) if alone else None
        number = _number(word, at + 1, bounds, _DEBIAN_WORD)
        if number is None or number[0] < 0:
            return None
        last, at = number
    step = 1
    if word[at : at + 1] == "/":
        number = _number(word, at + 1, None, _DEBIAN_WORD)
        if number is None or number[0] <= 0:
            return None
        step, at = number
    mask = _spread(first, last, step, bounds)
    return None if mask is None else (mask, at)


def _cronie(word: str, index: int) -> tuple[int, int] | None:
    bounds = FIELDS[index]
    mask, width, at = 0, 0, 0
    while True:
        part = _cronie_range(word, at, bounds)
        if part is None:
            return None
        mask |= part[0]
        width = max(width, part[1])
        at = part[2]
        if at == len(word):
            return mask, width
        if word[at] != ",":
            return None
        at += 1


def _cronie_range(word: str, at: int, bounds: Bounds) -> tuple[int, int, int] | None:
    if word[at : at + 1] == "~":
        return _cronie_random(word, at, bounds.low, bounds)
    if word[at : at + 1] == "*":
        first, last, at = bounds.low, bounds.high, at + 1
    else:
        number = _number(word, at, bounds, _CRONIE_WORD)
        if number is None:
            return None
        first, at = number
        following = word[at : at + 1]
        if following == "~":
            return _cronie_random(word, at, first, bounds)
        if following != "-":
            return (1 << first, 0, at) if bounds.low <= first <= bounds.high else None
        number = _number(word, at + 1, bounds, _CRONIE_WORD)
        if number is None:
            return None
        last, at = number
    step = 1
    if word[at : at + 1] == "/":
        number = _number(word, at + 1, None, _CRONIE_WORD)
        if number is None or number[0] == 0:
            return None
        step, at = number
    mask = _spread(first, last, step, bounds)
    return None if mask is None else (mask, 0, at)


def _cronie_random(word: str, at: int, first: int, bounds: Bounds) -> tuple[int, int, int] | None:
    """Read `[a]~[b]`: one value of the window is drawn when the file is loaded."""
    last, at = bounds.high, at + 1
    if word[at : at + 1] not in ("", ","):
        number = _number(word, at, bounds, _CRONIE_WORD)
        if number is None:
            return None
        last, at = number
    if first > last or first > bounds.high or last < bounds.low:
        return None
    # A window that reaches beyond the field is refused only when such a value is drawn: the rest of it counts.
    first, last = max(first, bounds.low), min(last, bounds.high)
    return 1 << first, last - first, at


_KEPT = 64  # words up to this length are remembered: fleets repeat them
_debian_kept = lru_cache(maxsize=4096)(_debian)
_cronie_kept = lru_cache(maxsize=4096)(_cronie)
