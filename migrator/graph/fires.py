"""When a schedule fires, over a representative stretch of wall-clock time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrator.model import CronFields, Schedule
from migrator.schedules.cron.counts import month_days, year_shape

# 2024 begins on a Monday and is a leap year; three years show a yearly job twice with what lies between.
_YEARS = (2024, 2025, 2026)
# Schedules that fire often are told apart in less: 1,500 fires, or the first year of more than 360.
_MOST, _YEARLY = 1500, 360
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Fires:
    """The minutes (wall clock, since 1970) of all fires before minute `until`."""

    minutes: tuple[int, ...]
    until: int

    @property
    def rate(self) -> float:
        """Give fires a day."""
        return len(self.minutes) / max(1, (self.until - _minute(_YEARS[0], 1)) / 1440)

    def shifted(self, minutes: int) -> "Fires":
        """Give the same fires by another zone's clock."""
        return Fires(tuple(minute + minutes for minute in self.minutes), self.until + minutes)


def _minute(year: int, month: int) -> int:
    return (date(year, month, 1) - date(1970, 1, 1)).days * 1440


def fires(schedule: Schedule) -> Fires:
    """Give the fires of three years, or of the first days that hold enough; none where there are no fields."""
    fields = schedule.fields
    end = _minute(_YEARS[-1] + 1, 1)
    if fields is None:
        return Fires((), end)
    of_day = [h * 60 + m for h in range(24) if fields.hour >> h & 1 for m in range(60) if fields.minute >> m & 1]
    if not of_day:
        return Fires((), end)
    # The hour says nothing of the days: they are those of all schedules with these day fields.
    days_alone = replace(fields, minute=0, hour=0)
    found: list[int] = []
    for year in _YEARS:
        if len(found) > _YEARLY:
            return Fires(tuple(found), _minute(year, 1))
        enough = (_MOST - len(found)) // len(of_day) + 1
        days = _days(days_alone, year)[:enough]
        found += [day + minute for day in days for minute in of_day]
        if len(days) == enough:
            return Fires(tuple(found), days[-1] + _DAY)
    return Fires(tuple(found), end)


@lru_cache(maxsize=1024)
def _days(fields: CronFields, year: int) -> tuple[int, ...]:
    """Give the first minute of each day of a year on which the day fields let it fire."""
    found: list[int] = []
    for month, (length, first) in enumerate(year_shape(year), start=1):
        days = month_days(fields, length, first) if fields.month >> month & 1 else 0
        start = _minute(year, month)
        found += [start + (day - 1) * _DAY for day in range(1, length + 1) if days >> day & 1]
    return tuple(found)


def offset(zone: str) -> int | None:
    """Give a zone's minutes east of UTC in winter; None where there is no such zone."""
    try:
        found = datetime(_YEARS[0], 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return None if found is None else int(found.total_seconds()) // 60
