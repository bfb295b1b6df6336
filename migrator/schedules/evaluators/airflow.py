"""When an Airflow 3 trigger timetable fires.

`CronTriggerTimetable` asks croniter for the next wall-clock time after the last fire, then gives it a zone (Airflow's
`CronMixin`): a time that a clock change skips moves forward by the change, a repeated one is its second occurrence. An
expression whose hour is `*` moves by elapsed time instead, so it fires in both of two equal hours. So each fire depends
on the one before, and this module walks the same way. croniter's rules for the fields (its README): both day fields
restricted is OR, and `*/2` counts as restricted; a full field next to one without `*` counts as restricted too; ranges
that run backwards wrap; `n-n` is the whole field.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import zip_longest
from zoneinfo import ZoneInfo

from migrator.schedules.evaluators.calendar import MINUTES_PER_DAY, Fires, Run, month_table, runs

_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_FULL = (60, 24, 31, 12, 7)
_DAY, _MONTH, _WEEKDAY = 2, 3, 4
_NAMES: dict[int, dict[str, int]] = {
    _MONTH: {
        "jan": 1,
        "feb": 2,
        "mar": 3,
        "apr": 4,
        "may": 5,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sep": 9,
        "oct": 10,
        "nov": 11,
        "dec": 12,
    },
    _WEEKDAY: {"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6},
}
_RANGE = re.compile(r"(?:(\*)|(\w+)(?:-(\w+))?)(?:/([0-9]+))?")


class ExpressionError(ValueError):
    """The expression is not one that croniter documents, or one whose reading is not certain."""


@dataclass(frozen=True, slots=True)
class Days:
    """The two day fields; Sunday is 0, and `nth` holds (weekday, n) pairs with n 0 for the last."""

    days: frozenset[int]
    weekdays: frozenset[int]
    nth: frozenset[tuple[int, int]]
    last_day: bool
    any_day: bool
    any_weekday: bool


@dataclass(frozen=True, slots=True)
class Expression:
    """Five fields as croniter expands them."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    months: frozenset[int]
    rule: Days
    every_hour: bool


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read five fields by croniter's rules; raise ExpressionError with the fault."""
    fields = text.lower().split()
    if len(fields) != len(_BOUNDS):
        msg = f"{text!r} has {len(fields)} fields; five are needed"
        raise ExpressionError(msg)
    nth: set[tuple[int, int]] = set()
    values = [_values(field, index, nth) for index, field in enumerate(fields)]
    last_day = "l" in fields[_DAY].split(",")
    rule = Days(
        values[_DAY],
        values[_WEEKDAY],
        frozenset(nth),
        last_day,
        any_day=_unrestricted(fields, values, _DAY, _WEEKDAY) and not last_day,
        any_weekday=_unrestricted(fields, values, _WEEKDAY, _DAY) and not nth,
    )
    minutes, hours = tuple(sorted(values[0])), tuple(sorted(values[1]))
    return Expression(minutes, hours, values[_MONTH], rule, every_hour=len(hours) == _FULL[1])


def fire_minutes(expressions: tuple[str, ...], zone: ZoneInfo, start: int, end: int) -> list[int]:
    """Give the sorted epoch minutes of the fires from `start` to `end` (epoch seconds, end excluded).

    One expression is `CronTriggerTimetable`, several are `MultipleCronTriggerTimetable`, which starts one run for a
    minute that several name.
    """
    return sorted({minute for text in expressions for minute in fires(text, zone, start, end).all_minutes()})


def fires(text: str, zone: ZoneInfo, start: int, end: int) -> Fires:
    """Give the fires of one expression from `start` to `end` (epoch seconds, end excluded), day by day."""
    expression = parse(text)
    low, high = -(-start // 60), -(-end // 60)
    # The first wall-clock time not before the start: the timetable looks from a second earlier.
    moment = datetime.fromtimestamp(start, zone) - timedelta(seconds=1)
    moment = _second(moment.replace(tzinfo=None), zone) if moment.fold else moment
    times = tuple(hour * 60 + minute for hour in expression.hours for minute in expression.minutes)
    found = Fires()
    last: tuple[date, int, int] | None = None  # day, epoch minute of its midnight and time of a fire made in one go
    for run in _runs(expression.months, expression.rule, zone, start, end):
        for day, midnight in zip_longest(run.days, run.midnights):
            if (
                midnight is not None
                and (last or moment.date() < day)
                and _keeps_step(expression, last, moment, day, midnight)
            ):
                # No clock change since the last fire or in this run: all its days in one go.
                found.add(run.midnights[run.midnights.index(midnight) :], times, low, high)
                last = run.days[-1], run.midnights[-1], times[-1]
                break
            if last:
                moment, last = _at(last[0], last[2]).replace(tzinfo=zone), None
            while (wanted := _next_in(day, times, moment.replace(tzinfo=None))) is not None:
                moment = _step(expression, moment, wanted, zone)
                minute = int(moment.timestamp()) // 60
                if low <= minute < high:
                    found.minutes.append(minute)
    return found


def _keeps_step(
    expression: Expression, last: tuple[date, int, int] | None, moment: datetime, day: date, midnight: int
) -> bool:
    """Say whether elapsed time and wall clock agree from the last fire to a day: no clock change lies between."""
    if not expression.every_hour:
        return True
    if last:
        return midnight - last[1] == (day - last[0]).days * MINUTES_PER_DAY
    naive = moment.replace(tzinfo=None)
    elapsed = midnight * 60 - moment.timestamp()
    return elapsed == (_at(day, 0) - naive).total_seconds()


def _next_in(day: date, times: tuple[int, ...], after: datetime) -> datetime | None:
    """Give the first of a day's times after a wall-clock time."""
    if after.date() > day:
        return None
    passed = after.hour * 60 + after.minute if after.date() == day else -1
    position = bisect_right(times, passed)
    return _at(day, times[position]) if position < len(times) else None


def _step(expression: Expression, moment: datetime, wanted: datetime, zone: ZoneInfo) -> datetime:
    # Both ways lead forward: the wall clock asked for is later than the last one, and zones only move it on.
    if not expression.every_hour:
        return _second(wanted, zone)
    return (moment.astimezone(UTC) + (wanted - moment.replace(tzinfo=None))).astimezone(zone)


def _second(naive: datetime, zone: ZoneInfo) -> datetime:
    """Give a wall-clock time its zone: the second of two, and moved forward by the change in a gap."""
    aware = naive.replace(tzinfo=zone, fold=1)
    back = aware.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) == naive:
        return back
    # In a gap fold 0 reads the old offset, which lands after the change by as much as was asked before it.
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def _at(day: date, minute_of_day: int) -> datetime:
    # A wall-clock reading: croniter works without a zone here.
    return datetime(day.year, day.month, day.day, *divmod(minute_of_day, 60))  # noqa: DTZ001


@lru_cache(maxsize=1024)
def _runs(months: frozenset[int], rule: Days, zone: ZoneInfo, start: int, end: int) -> tuple[Run, ...]:
    """Give the matching days of a span; many expressions share them."""
    matching = (
        (date(year, month, day), midnights[day])
        for year, month, midnights in month_table(zone, start, end)
        if month in months
        for day in _matching_days(rule, *monthrange(year, month))
        if day in midnights
    )
    return runs(matching, -(-start // 60), -(-end // 60))


@lru_cache(maxsize=4096)
def _matching_days(rule: Days, first: int, length: int) -> tuple[int, ...]:
    """Give the matching days of a month of a length that begins on a weekday, Monday 0."""
    every = range(1, length + 1)
    if rule.any_day and rule.any_weekday:
        return tuple(every)
    by_day = {day for day in every if day in rule.days or (rule.last_day and day == length)}
    # (the 1st's weekday from Monday 0 + the day) % 7 is the day's weekday from Sunday 0.
    by_weekday = {day for day in every if _on_weekday(rule, (first + day) % 7, day, length)}
    if rule.any_day:
        return tuple(sorted(by_weekday))
    return tuple(sorted(by_day if rule.any_weekday else by_day | by_weekday))


def _on_weekday(rule: Days, weekday: int, day: int, length: int) -> bool:
    if weekday in rule.weekdays:
        return True
    return (weekday, (day - 1) // 7 + 1) in rule.nth or ((weekday, 0) in rule.nth and day > length - 7)


def _unrestricted(fields: list[str], values: list[frozenset[int]], index: int, other: int) -> bool:
    # croniter folds a full field to `*` only beside a day field that has a star in its text.
    return fields[index] == "*" or (len(values[index]) == _FULL[index] and "*" in fields[other])


def _values(text: str, index: int, nth: set[tuple[int, int]]) -> frozenset[int]:
    found: set[int] = set()
    items = text.split(",")
    if "*" in items and len(items) > 1:
        msg = f"{text!r}: a star in a list is read differently by croniter's versions"
        raise ExpressionError(msg)
    for item in items:
        if index == _DAY and item == "l":
            continue
        if index == _WEEKDAY and ("#" in item or item.startswith("l")):
            nth.add(_nth(item))
            continue
        found.update(_item(item, index))
    return frozenset(value % 7 for value in found) if index == _WEEKDAY else frozenset(found)


def _item(item: str, index: int) -> range | list[int]:
    low, high = _BOUNDS[index]
    match = _RANGE.fullmatch(item)
    if not match:
        msg = f"{item!r} is not understood"
        raise ExpressionError(msg)
    star, first_text, last_text, step_text = match.groups()
    step = int(step_text) if step_text else 1
    if step < 1:
        msg = f"{item!r}: the step is zero"
        raise ExpressionError(msg)
    if star:
        return range(low, (6 if index == _WEEKDAY else high) + 1, step)
    first = _value(first_text, index)
    last = _value(last_text, index) if last_text else (high if step_text else first)
    if last_text and first == last:
        return range(low, high + 1, step)
    if first > last:
        if step > 1 or first == 7:
            msg = f"{item!r}: croniter's versions differ on such a range"
            raise ExpressionError(msg)
        span = _FULL[index]
        return [(value - low) % span + low for value in range(first, last + span + 1)]
    return range(first, last + 1, step)


def _nth(item: str) -> tuple[int, int]:
    if item.startswith("l"):
        return _value(item[1:], _WEEKDAY) % 7, 0
    weekday, _, number = item.partition("#")
    if number not in {"1", "2", "3", "4", "5"}:
        msg = f"{item!r}: the number after # must be from 1 to 5"
        raise ExpressionError(msg)
    return _value(weekday, _WEEKDAY) % 7, int(number)


def _value(text: str, index: int) -> int:
    names = _NAMES.get(index, {})
    if text in names:
        return names[text]
    low, high = _BOUNDS[index]
    if not (text.isascii() and text.isdigit()) or not low <= int(text[:5]) <= high:
        msg = f"{text!r} is not from {low} to {high}"
        raise ExpressionError(msg)
    return int(text)
