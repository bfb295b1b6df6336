"""Tests of the day that a command begins with: `[ "$(date +%u)" = 1 ] && …`.

Cron cannot say «the first Monday» or «the last day of the month», so crontabs say it in the command. Where a test means
a set of days and nothing else, it is part of the schedule.
"""

from __future__ import annotations

import operator as comparing
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_DATE = re.compile(r"""["']?(?:\$\(|`)\s*(?:/bin/|/usr/bin/)?date\s+(?P<rest>[^()`]*?)\s*(?:\)|`)["']?""")
_FORMAT = re.compile(
    r"""^(?:(?P<other>(?:-d|--date)[ =]?\s*["']?(?P<when>[^"']*?)["']?)\s+)?["']?\+["']?%(?P<code>-?[a-zA-Z])["']?$"""
)
_TOMORROW = frozenset({"tomorrow", "+1 day", "1 day", "+1day", "1day", "next day", "+1 days"})
_WEEKDAYS = {"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}
_COMPARISONS = {
    "=": "eq",
    "==": "eq",
    "-eq": "eq",
    "!=": "ne",
    "-ne": "ne",
    "-lt": "lt",
    "-le": "le",
    "-gt": "gt",
    "-ge": "ge",
}
_HOLDS: Mapping[str, Callable[[int, int], bool]] = {
    "eq": comparing.eq,
    "ne": comparing.ne,
    "lt": comparing.lt,
    "le": comparing.le,
    "gt": comparing.gt,
    "ge": comparing.ge,
}
_TESTS = frozenset({"[", "[[", "test"})
_ALL_DAYS = (1 << 32) - 2
_ALL_WEEKDAYS = 0b1111111


@dataclass(frozen=True, slots=True)
class DayTest:
    """The days on which a command goes on: masks of days (1–31) and weekdays (0–6 from Sunday), or the last day."""

    days: int = _ALL_DAYS
    weekdays: int = _ALL_WEEKDAYS
    last_day: bool = False


def day_test(words: Sequence[str]) -> DayTest | None:
    """Read the words of a test command, as they stand in the source, as a test of the day; None if it is anything else.

    Only a lone comparison of one `date` output with a constant is read: `%d`, `%-d`, `%e` (day), `%u`, `%w`, `%a`
    (weekday), `%d` of tomorrow compared with 1 (last day). A text comparison must match the format's own digits.
    """
    inner = list(words)
    if not inner or inner[0] not in _TESTS:
        return None
    opening = inner.pop(0)
    closing = {"[": "]", "[[": "]]"}.get(opening)
    if closing is not None and (not inner or inner.pop() != closing):
        return None
    if len(inner) != 3 or inner[1] not in _COMPARISONS:
        return None
    left, operator, right = inner[0], inner[1], inner[2]
    comparison = _COMPARISONS[operator]
    numeric = operator.startswith("-")
    match = _DATE.fullmatch(left)
    form = _FORMAT.fullmatch(match["rest"]) if match else None
    if form is None:
        return None
    if opening == "[[" and numeric and form["code"] == "d":
        # bash reads the 08 and 09 that %d gives as octal there, and fails on them.
        return None
    constant = right.strip("\"'")
    code = form["code"].lstrip("-")
    if form["when"] is not None:
        return _last_day(form["when"], code, comparison, constant, numeric=numeric)
    if code in {"d", "e"}:
        return _days(form["code"], comparison, constant, numeric=numeric)
    if code in {"u", "w", "a"}:
        return _weekdays(code, comparison, constant, numeric=numeric)
    return None


def _last_day(when: str, code: str, comparison: str, constant: str, *, numeric: bool) -> DayTest | None:
    first = constant in {"1", "01"} if numeric else constant == "01"
    if when.strip().lower() in _TOMORROW and code == "d" and comparison == "eq" and first:
        return DayTest(last_day=True)
    return None


def _days(code: str, comparison: str, constant: str, *, numeric: bool) -> DayTest | None:
    if not re.fullmatch(r"[0-9]{1,2}", constant):
        return None
    number = int(constant)
    written = {"d": f"{number:02d}", "-d": str(number), "e": f"{number:2d}"}.get(code)
    # `= 7` never matches the `07` that %d gives: what it means is not what it says, so it is left alone.
    if not numeric and (written != constant or comparison not in {"eq", "ne"}):
        return None
    return DayTest(days=_mask(range(1, 32), comparison, number))


def _weekdays(code: str, comparison: str, constant: str, *, numeric: bool) -> DayTest | None:
    if code == "a":
        name = constant.lower()
        # %a follows the locale; cron's is C, where names are English and capitalised.
        if numeric or comparison not in {"eq", "ne"} or constant != name.capitalize() or name not in _WEEKDAYS:
            return None
        return DayTest(weekdays=_mask(range(7), comparison, _WEEKDAYS[name]))
    if not re.fullmatch(r"[0-9]", constant):
        return None
    values = range(1, 8) if code == "u" else range(7)
    mask = _mask(values, comparison, int(constant))
    return DayTest(weekdays=(mask | mask >> 7) & _ALL_WEEKDAYS)


def _mask(values: range, comparison: str, number: int) -> int:
    return sum(1 << value for value in values if _HOLDS[comparison](value, number))
