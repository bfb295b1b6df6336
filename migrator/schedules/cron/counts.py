"""How often a schedule fires, counted from its masks and the calendar: no minute is walked through.

Counts are of local wall-clock time, so a clock change neither adds nor takes a run here.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections import Counter
from decimal import Decimal
from functools import cache, lru_cache

from migrator.model import CronFields

_CYCLE_YEARS = 400
_CYCLE_MONTHS = 12 * _CYCLE_YEARS
# A month as the mask of its days that are a given weekday: (days in it, weekday of the 1st) tells everything.
_SHORT_DAYS = (2 << 28) - 2
_LONGEST = tuple(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1))
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@cache
def _weekday_days(weekdays: int, length: int, first: int) -> int:
    """Give the mask of a month's days that fall on one of the weekdays; `first` is the weekday of the 1st, Sunday 0."""
    return sum(1 << day for day in range(1, length + 1) if weekdays >> (first + day - 1) % 7 & 1)


def month_days(fields: CronFields, length: int, first: int) -> int:
    """Give the mask of the days of a month on which the schedule fires, by cron's rule for the two day fields."""
    by_weekday = _weekday_days(fields.weekday, length, first)
    by_day = fields.day & (2 << length) - 2
    return by_day & by_weekday if fields.day_star or fields.weekday_star else by_day | by_weekday


@cache
def year_shape(year: int) -> tuple[tuple[int, int], ...]:
    """Give length and weekday of the 1st (Sunday 0) of each month."""
    return tuple(((monthrange(year, month)[0] + 1) % 7, monthrange(year, month)[1])[::-1] for month in range(1, 13))


def runs_per_day(fields: CronFields) -> int:
    """Count the fires of a day that matches."""
    return fields.minute.bit_count() * fields.hour.bit_count()


def days_in_year(fields: CronFields, year: int) -> int:
    """Count the days of a year on which the schedule fires."""
    january = year_shape(year)[0][1]
    return _days(fields.day, fields.month, fields.weekday, _is_and(fields), january, isleap(year))


def fires_in_year(fields: CronFields, year: int) -> int:
    """Count the fires of a year, in local time without clock changes."""
    return days_in_year(fields, year) * runs_per_day(fields)


def runs_per_month(fields: CronFields) -> Decimal:
    """Give the fires of an average month: of the 4,800 months after which the calendar repeats."""
    both = _is_and(fields)
    days = sum(
        count * _days(fields.day, fields.month, fields.weekday, both, january, leap)
        for (january, leap), count in _cycle_years()
    )
    return Decimal(days * runs_per_day(fields)) / _CYCLE_MONTHS


def never_fires(fields: CronFields) -> bool:
    """Say whether no minute of any year matches: an empty field, or days that none of its months has.

    In 400 years each day of each month, 29 February too, falls on every weekday: lengths alone decide.
    """
    if not (fields.minute and fields.hour and fields.month):
        return True
    in_month = fields.day & _SHORT_DAYS or any(
        fields.month >> month & 1 and fields.day & (2 << length) - 2 for month, length in _LONGEST
    )
    if _is_and(fields):
        return not (in_month and fields.weekday)
    return not (in_month or fields.weekday)


def _is_and(fields: CronFields) -> bool:
    return fields.day_star or fields.weekday_star


@lru_cache(maxsize=1)
def _cycle_years() -> tuple[tuple[tuple[int, bool], int], ...]:
    """Give the fourteen kinds of year, by weekday of 1 January and leap, with how many of 400 years are of each."""
    years = range(2000, 2000 + _CYCLE_YEARS)
    return tuple(sorted(Counter((year_shape(year)[0][1], isleap(year)) for year in years).items()))


@lru_cache(maxsize=65_536)
def _days(day: int, month: int, weekday: int, both: bool, january: int, leap: bool) -> int:
    """Count the days of a kind of year that match the day fields; `both` says that AND joins them."""
    total, first = 0, january
    for index, usual in enumerate(_LENGTHS):
        length = usual + (leap and usual == 28)
        if month >> (index + 1) & 1:
            by_weekday = _weekday_days(weekday, length, first)
            by_day = day & (2 << length) - 2
            total += (by_day & by_weekday if both else by_day | by_weekday).bit_count()
        first = (first + length) % 7
    return total
