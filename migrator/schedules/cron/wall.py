"""Which minutes of the wall clock a schedule names, by day masks; no zone, no clock change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from migrator.model import CronFields
from migrator.schedules.cron.counts import month_days, year_shape
from migrator.schedules.cron.fields import values

DAY_MINUTES = 1440
_EPOCH = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=1024)
def minutes_of_day(minute: int, hour: int) -> tuple[int, ...]:
    """List the minutes of a day that the two masks name."""
    minutes = values(minute)
    return tuple(60 * h + m for h in values(hour) for m in minutes)


def matching_days(fields: CronFields, first: int, last: int) -> Iterator[int]:
    """Yield the days, counted from 1970-01-01, from `first` to `last` (included) on which the schedule fires."""
    begin, end = date.fromordinal(first + _EPOCH), date.fromordinal(last + _EPOCH)
    for year in range(begin.year, end.year + 1):
        for month, (length, weekday) in enumerate(year_shape(year), 1):
            if not fields.month >> month & 1 or not (begin.year, begin.month) <= (year, month) <= (end.year, end.month):
                continue
            before = date(year, month, 1).toordinal() - _EPOCH - 1
            for day in values(month_days(fields, length, weekday)):
                if first <= before + day <= last:
                    yield before + day


def wall_minutes(fields: CronFields, first: int, last: int) -> list[int]:
    """List the wall-clock minutes, counted from 1970-01-01 00:00, from `first` to `last` (excluded)."""
    if first >= last:
        return []
    times = minutes_of_day(fields.minute, fields.hour)
    found: list[int] = []
    for day in _days(_by_days(fields), first // DAY_MINUTES, (last - 1) // DAY_MINUTES):
        base = day * DAY_MINUTES
        if first <= base and base + DAY_MINUTES <= last:
            found.extend([base + time for time in times])
        else:
            found.extend([base + time for time in times if first <= base + time < last])
    return found


@lru_cache(maxsize=1024)
def _by_days(fields: CronFields) -> CronFields:
    return replace(fields, minute=1, hour=1, minute_star=False, hour_star=False)


@lru_cache(maxsize=4096)
def _days(by_days: CronFields, first: int, last: int) -> tuple[int, ...]:
    """List matching days; schedules at other times of the day share them."""
    return tuple(matching_days(by_days, first, last))
