"""When a schedule fires, over a representative stretch of time."""

from dataclasses import dataclass
from datetime import date, timedelta

from migrator.model import CronFields, Schedule
from migrator.schedules.cron.counts import month_days, year_shape

# A Monday of a leap year; 400 days hold every month, both ends of a year and 29 February.
_START = date(2024, 1, 1)
_DAYS = 400
_MOST = 3000


@dataclass(frozen=True, slots=True)
class Fires:
    """The minutes (since 1970) of all fires before minute `until`."""

    minutes: tuple[int, ...]
    until: int


def rate(found: Fires) -> float:
    """Give fires a day."""
    return len(found.minutes) / max(1, (found.until - _first()) / 1440)


def _first() -> int:
    return (_START - date(1970, 1, 1)).days * 1440


def fires(schedule: Schedule) -> Fires:
    """Give the fires of 400 days, or the first days that hold 3,000."""
    fields = schedule.fields
    if fields is None:
        return Fires((), _first() + _DAYS * 1440)
    of_day = [h * 60 + m for h in range(24) if fields.hour >> h & 1 for m in range(60) if fields.minute >> m & 1]
    found: list[int] = []
    for number in range(_DAYS):
        day = _START + timedelta(days=number)
        if fields.month >> day.month & 1 and _days(fields, day.year, day.month) >> day.day & 1:
            base = _first() + number * 1440
            found += [base + minute for minute in of_day]
        if len(found) > _MOST:
            return Fires(tuple(found), _first() + (number + 1) * 1440)
    return Fires(tuple(found), _first() + _DAYS * 1440)


def _days(fields: CronFields, year: int, month: int) -> int:
    return month_days(fields, *year_shape(year)[month - 1])
