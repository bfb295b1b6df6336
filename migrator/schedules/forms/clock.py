"""Where a schedule can be given by UTC, so that no clock change touches it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect
from migrator.schedules.forms.rules import ALL_MONTHS, DayRule

_ALL_HOURS = (1 << 24) - 1
_HOUR = 60
_SPAN = (2026, 2038)
# Every zone of today is a multiple of this many minutes from UTC.
_QUARTER = 15
_FOLLOW_THE_CLOCK = (Dialect.BUSYBOX, Dialect.KUBERNETES)


def by_utc(fields: CronFields, rule: DayRule, dialect: Dialect, zone: str | None) -> bool:
    """Say whether UTC is needed and gives the same minutes: every hour of every day, at minutes that offsets keep.

    Such a schedule follows the clock in cron too, if its minute or hour begins with a star. Unknown zones count
    as any multiple of a quarter of an hour. A zone without clock changes needs no help.
    """
    every_day = fields.month & ALL_MONTHS == ALL_MONTHS and not rule.by_day and not rule.by_weekday and not rule.last
    if not every_day or fields.hour & _ALL_HOURS != _ALL_HOURS:
        return False
    if not (fields.minute_star or fields.hour_star or dialect in _FOLLOW_THE_CLOCK):
        # All 24 hours written out: cron counts it as fixed times and repairs clock changes (cron.c).
        return False
    shifts = _shifts(zone) if zone else frozenset(range(0, _HOUR, _QUARTER))
    return len(shifts) > 1 and all(_rotated(fields.minute, shift % _HOUR) == fields.minute for shift in shifts)


def _rotated(minutes: int, by: int) -> int:
    full = (1 << _HOUR) - 1
    return (minutes << by | minutes >> (_HOUR - by)) & full


@lru_cache(maxsize=1024)
def _shifts(zone: str) -> frozenset[int]:
    """Give a zone's offsets from UTC in minutes, looked up in each month of the years ahead."""
    info = ZoneInfo(zone)
    found: set[int] = set()
    for year in range(*_SPAN):
        for month in range(1, 13):
            offset = datetime(year, month, 15, tzinfo=UTC).astimezone(info).utcoffset() or timedelta()
            found.add(int(offset.total_seconds()) // _HOUR)
    return frozenset(found)
