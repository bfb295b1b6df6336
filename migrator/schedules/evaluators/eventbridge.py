"""When an EventBridge Scheduler cron expression fires.

Written from AWS's description of schedule types: `cron(minutes hours day-of-month month day-of-week year)`, days of the
week 1–7 from Sunday, exactly one day field `?`. A wall-clock time that a clock change skips does not fire; one that is
repeated fires once, before the change (EventBridge Scheduler user guide, «Schedule types», daylight saving time).
What AWS leaves open is read as follows: ranges that run backwards wrap, as in other Quartz-like grammars, and are named
in `Expression.unsure`; sub-hourly fires of a repeated hour are held to the documented «only once».
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrator.schedules.evaluators.calendar import Fires, Run, instants, month_table, runs

MAX_LENGTH = 256
_MONTHS = {
    "JAN": 1,
    "FEB": 2,
    "MAR": 3,
    "APR": 4,
    "MAY": 5,
    "JUN": 6,
    "JUL": 7,
    "AUG": 8,
    "SEP": 9,
    "OCT": 10,
    "NOV": 11,
    "DEC": 12,
}
_WEEKDAYS = {"SUN": 1, "MON": 2, "TUE": 3, "WED": 4, "THU": 5, "FRI": 6, "SAT": 7}
_NUMBER = re.compile(r"[0-9]{1,4}")
_NEAREST = re.compile(r"([0-9]{1,2})W")
_NTH = re.compile(r"([A-Z0-9]{1,3})#([1-5])")
_LAST_WEEKDAY = re.compile(r"([A-Z0-9]{1,3})L")


class ExpressionError(ValueError):
    """The expression is not one that EventBridge Scheduler documents."""


@dataclass(frozen=True, slots=True)
class _Days:
    """What a day field asks: plain numbers, and what depends on the month."""

    plain: frozenset[int] = frozenset()
    any: bool = False
    last: bool = False
    last_workday: bool = False
    nearest_workday: frozenset[int] = frozenset()
    nth: frozenset[tuple[int, int]] = frozenset()
    last_of_weekday: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The fields that name days. `weekdays` count 1–7 from Sunday; exactly one of the day fields is None (`?`)."""

    days: _Days | None
    months: frozenset[int]
    weekdays: _Days | None
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; `unsure` names what AWS does not document."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    calendar: Calendar
    unsure: tuple[str, ...] = ()


def parse(text: str) -> Expression:
    """Read `cron(…)`; raise ExpressionError with the fault for anything that AWS does not document."""
    if len(text) > MAX_LENGTH:
        msg = f"{len(text)} characters; at most {MAX_LENGTH} are allowed"
        raise ExpressionError(msg)
    match = re.fullmatch(r"cron\(([^()]*)\)", text)
    if not match:
        msg = f"{text!r} is not cron(…)"
        raise ExpressionError(msg)
    fields = match[1].split(" ")
    if len(fields) != 6 or not all(fields):  # the grammar's six fields
        msg = f"{len(fields)} fields; minutes, hours, day-of-month, month, day-of-week and year are needed"
        raise ExpressionError(msg)
    minutes, hours, days, months, weekdays, years = fields
    if (days == "?") == (weekdays == "?"):
        msg = "exactly one of day-of-month and day-of-week must be ?"
        raise ExpressionError(msg)
    unsure: list[str] = []
    times = [
        tuple(sorted(_numbers(*field, unsure))) for field in ((minutes, "minutes", 0, 59), (hours, "hours", 0, 23))
    ]
    calendar = Calendar(
        days=None if days == "?" else _days_of_month(days, unsure),
        months=_numbers(months, "month", 1, 12, unsure, _MONTHS),
        weekdays=None if weekdays == "?" else _days_of_week(weekdays, unsure),
        years=_numbers(years, "year", 1970, 2199, unsure),
    )
    return Expression(times[0], times[1], calendar, tuple(unsure))


def fire_minutes(text: str, zone: ZoneInfo, start: int, end: int) -> list[int]:
    """Give the sorted epoch minutes of its fires from `start` to `end` (epoch seconds, end excluded)."""
    return fires(text, zone, start, end).all_minutes()


def fires(text: str, zone: ZoneInfo, start: int, end: int) -> Fires:
    """Give its fires from `start` to `end` (epoch seconds, end excluded), day by day."""
    expression = parse(text)
    times = tuple(hour * 60 + minute for hour in expression.hours for minute in expression.minutes)
    low, high = -(-start // 60), -(-end // 60)
    found = Fires()
    for run in _runs(expression.calendar, zone, start, end):
        if run.midnights:
            found.add(run.midnights, times, low, high)
        else:
            # The first of two: «once, before the change».
            first = (at[0] for time in times if (at := instants(zone, run.days[0], time)))
            found.minutes.extend(minute for minute in first if low <= minute < high)
    return found


@lru_cache(maxsize=1024)
def _runs(calendar: Calendar, zone: ZoneInfo, start: int, end: int) -> tuple[Run, ...]:
    """Give the matching days of a span; many expressions share them."""
    matching = (
        (date(year, month, day), midnights[day])
        for year, month, midnights in month_table(zone, start, end)
        for day in _days_of(calendar, year, month)
        if day in midnights
    )
    return runs(matching, -(-start // 60), -(-end // 60))


def _days_of(calendar: Calendar, year: int, month: int) -> tuple[int, ...]:
    if year not in calendar.years or month not in calendar.months:
        return ()
    first, length = monthrange(year, month)
    if calendar.days is not None:
        return _matching_days(calendar.days, first, length)
    return _matching_weekdays(calendar.weekdays or _Days(), first, length)


@lru_cache(maxsize=4096)
def _matching_days(days: _Days, first: int, length: int) -> tuple[int, ...]:
    """Give the matching days of a month of a length that begins on a weekday, Monday 0."""
    if days.any:
        return tuple(range(1, length + 1))
    found = {day for day in days.plain if day <= length}
    found |= {_nearest_workday(first, wanted, length) for wanted in days.nearest_workday if wanted <= length}
    if days.last:
        found.add(length)
    if days.last_workday:
        found.add(_nearest_workday(first, length, length))
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def _matching_weekdays(days: _Days, first: int, length: int) -> tuple[int, ...]:
    return tuple(
        day for day in range(1, length + 1) if days.any or _is_weekday(days, (first + day) % 7 + 1, day, length)
    )


def _is_weekday(days: _Days, weekday: int, day: int, length: int) -> bool:
    return (
        weekday in days.plain
        or (weekday, (day - 1) // 7 + 1) in days.nth
        or (weekday in days.last_of_weekday and day > length - 7)
    )


def _nearest_workday(first: int, wanted: int, length: int) -> int:
    # Saturday goes back and Sunday forward, but never into another month.
    weekday = (first + wanted - 1) % 7
    if weekday == 5:  # Saturday
        return wanted - 1 if wanted > 1 else wanted + 2
    if weekday == 6:  # Sunday
        return wanted + 1 if wanted < length else wanted - 2
    return wanted


def _days_of_month(text: str, unsure: list[str]) -> _Days:
    if text == "*":
        return _Days(any=True)
    plain: set[int] = set()
    nearest: set[int] = set()
    last = last_workday = False
    for item in text.split(","):
        if item == "L":
            last = True
        elif item == "LW":
            last_workday = True
            unsure.append("LW is not in AWS's table of wildcards")
        elif match := _NEAREST.fullmatch(item):
            nearest.add(_within(int(match[1]), "day-of-month", 1, 31))
        else:
            plain |= _numbers(item, "day-of-month", 1, 31, unsure)
    return _Days(frozenset(plain), last=last, last_workday=last_workday, nearest_workday=frozenset(nearest))


def _days_of_week(text: str, unsure: list[str]) -> _Days:
    if text == "*":
        return _Days(any=True)
    if "#" in text:
        match = _NTH.fullmatch(text)
        if not match:
            msg = f"day-of-week {text!r}: one WEEKDAY#N is allowed, alone, with N from 1 to 5"
            raise ExpressionError(msg)
        return _Days(nth=frozenset({(_value(match[1], "day-of-week", 1, 7, _WEEKDAYS), int(match[2]))}))
    plain: set[int] = set()
    last_of: set[int] = set()
    for item in text.split(","):
        match = _LAST_WEEKDAY.fullmatch(item)
        if item == "L":
            plain.add(_WEEKDAYS["SAT"])
        elif match:
            last_of.add(_value(match[1], "day-of-week", 1, 7, _WEEKDAYS))
        elif "/" in item:
            msg = f"day-of-week {item!r}: steps are not allowed here"
            raise ExpressionError(msg)
        else:
            plain |= _numbers(item, "day-of-week", 1, 7, unsure, _WEEKDAYS)
    return _Days(frozenset(plain), last_of_weekday=frozenset(last_of))


def _numbers(
    text: str, field: str, low: int, high: int, unsure: list[str], names: dict[str, int] | None = None
) -> frozenset[int]:
    values: set[int] = set()
    for item in text.split(","):
        base, slash, step_text = item.partition("/")
        step = _step(step_text, field) if slash else 1
        if base == "*":
            values.update(range(low, high + 1, step))
            continue
        first_text, dash, last_text = base.partition("-")
        first = _value(first_text, field, low, high, names)
        last = _value(last_text, field, low, high, names) if dash else (high if slash else first)
        if last < first:
            unsure.append(f"{field} {item!r} runs backwards")
            last += high - low + 1
        values.update((value - low) % (high - low + 1) + low for value in range(first, last + 1, step))
    return frozenset(values)


def _step(text: str, field: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) == 0:
        msg = f"{field}: {text!r} is not a step"
        raise ExpressionError(msg)
    return int(text)


def _value(text: str, field: str, low: int, high: int, names: dict[str, int] | None) -> int:
    if names and text in names:
        return names[text]
    if not _NUMBER.fullmatch(text):
        msg = f"{field}: {text!r} is not a number" + (" or name" if names else "")
        raise ExpressionError(msg)
    return _within(int(text), field, low, high)


def _within(value: int, field: str, low: int, high: int) -> int:
    if not low <= value <= high:
        msg = f"{field}: {value} is not from {low} to {high}"
        raise ExpressionError(msg)
    return value
