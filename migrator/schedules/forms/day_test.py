"""Tests of the day that a command begins with: `[ "$(date +%u)" = 1 ] && …`.

Cron cannot say «the first Monday» or «the last day of the month», so crontabs say it in the command. Where a test means
a set of days and nothing else, it is part of the schedule.
"""

from __future__ import annotations

import operator as comparing
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"""("?)(?:\$\(|`)\s*(?:(?:/usr)?/bin/)?date\s(?P<rest>[^()`]*)(?:\)|`)\1""")
_LONGEST = 200  # characters of a word; what is longer is no test of a date
_FORMAT = re.compile(r"\+%(-?[a-z])")
_WHEN = re.compile(r"(?:-d|--date=)(.+)")
_TOMORROW = frozenset({"tomorrow", "+1 day", "1 day", "+1day", "1day", "next day", "+1 days", "1 days"})
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
_TESTS = {"[": "]", "[[": "]]", "test": ""}
_ALL_DAYS = (1 << 32) - 2
_ALL_WEEKDAYS = 0b1111111


@dataclass(frozen=True, slots=True)
class DayTest:
    """The days on which a command goes on: masks of days (1–31) and weekdays (0–6 from Sunday), or the last day."""

    days: int = _ALL_DAYS
    weekdays: int = _ALL_WEEKDAYS
    last_day: bool = False

    def both(self, other: DayTest) -> DayTest:
        """Give the test that holds where both do."""
        return DayTest(self.days & other.days, self.weekdays & other.weekdays, self.last_day or other.last_day)

    def allows(self, day: date) -> bool:
        """Say whether the command goes on when it starts on a local date."""
        if self.last_day and (day + timedelta(days=1)).day != 1:
            return False
        return bool(self.days >> day.day & 1 and self.weekdays >> day.isoweekday() % 7 & 1)


def day_test(words: Sequence[str], *, bash: bool = False) -> DayTest | None:
    """Read the words of a test command, as they stand in the source, as a test of the day; None if it is anything else.

    Only a lone comparison of one `date` output with a constant is read: `%d`, `%-d`, `%e` (day), `%u`, `%w`, `%a`
    (weekday), `%d` of tomorrow compared with 1 (last day). A text comparison must match the format's own digits.
    `[[` and `==` are bash's: where another shell may run them, they fail, and are not read.
    """
    inner = _inside(words)
    if inner is None or inner[1] not in _COMPARISONS:
        return None
    left, operator, right = inner
    opening = words[0]
    output = _date_output(left)
    if output is None or (not bash and (opening == "[[" or operator == "==")):
        return None
    format_, when = output
    numeric = operator.startswith("-")
    constant = right.strip("\"'")
    if opening == "[[" and numeric and (format_ == "d" or constant.startswith("0")):
        # bash reads the 08 and 09 that %d gives as octal there, and fails on them.
        return None
    comparison, code = _COMPARISONS[operator], format_.lstrip("-")
    if when is not None:
        return _last_day(when, code, comparison, constant, numeric=numeric)
    if code in {"d", "e"}:
        return _days(format_, comparison, constant, numeric=numeric)
    return _weekdays(code, comparison, constant, numeric=numeric) if code in {"u", "w", "a"} else None


def _inside(words: Sequence[str]) -> tuple[str, str, str] | None:
    """Give the three words that a test compares."""
    if not words or words[0] not in _TESTS:
        return None
    closing = _TESTS[words[0]]
    inner = words[1:]
    if closing:
        if list(inner[-1:]) != [closing]:
            return None
        inner = inner[:-1]
    return (inner[0], inner[1], inner[2]) if len(inner) == 3 else None


def _date_output(word: str) -> tuple[str, str | None] | None:
    """Give the format and the other day of a word that is the output of `date`: («d», «tomorrow»)."""
    match = _DATE.fullmatch(word) if len(word) <= _LONGEST else None
    if match is None:
        return None
    try:
        arguments = shlex.split(match["rest"])
    except ValueError:
        return None
    formats = [found[1] for argument in arguments if (found := _FORMAT.fullmatch(argument))]
    others = [argument for argument in arguments if not _FORMAT.fullmatch(argument)]
    if len(formats) != 1:
        return None
    if not others:
        return formats[0], None
    if len(others) == 2 and others[0] in {"-d", "--date"}:
        return formats[0], others[1]
    when = _WHEN.fullmatch(others[0])
    return (formats[0], when[1]) if when and len(others) == 1 else None


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
