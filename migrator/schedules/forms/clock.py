"""Where a schedule can be given by UTC, so that no clock change touches it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrator.model import CronFields
from migrator.schedules.forms.rules import ALL_MONTHS, DayRule

_ALL_HOURS = (1 << 24) - 1
_SPAN = (2026, 2038)
# Every zone of today is a multiple of this many minutes from UTC.
_QUARTER = 15


def by_utc(fields: CronFields, rule: DayRule, zone: str | None) -> bool:
    """Say whether UTC gives the same minutes: every hour of every day, at minutes that offsets keep.

    Such a schedule follows the clock in cron too, if its minute or hour begins with a star. Unknown zones count
    as any multiple of a quarter of an hour.
    """
    every_day = fields.month & ALL_MONTHS == ALL_MONTHS and not rule.by_day and not rule.by_weekday and not rule.last
    if not every_day or fields.hour & _ALL_HOURS != _ALL_HOURS:
        return False
    if not (fields.minute_star or fields.hour_star):
        # All 24 hours written out: cron counts it as fixed times and repairs clock changes (cron.c).
        return False
    shifts = _shifts(zone) if zone else frozenset(range(0, 60, _QUARTER))
    return all(_rotated(fields.minute, shift) == fields.minute for shift in shifts)


def _rotated(minutes: int, by: int) -> int:
    full = (1 << 60) - 1
    return (minutes << by | minutes >> (60 - by)) & full


@lru_cache(maxsize=1024)
def _shifts(zone: str) -> frozenset[int]:
    """Give the offsets of a zone, minutes modulo an hour, month by month over the years ahead."""
    info = ZoneInfo(zone)
    found: set[int] = set()
    for year in range(*_SPAN):
        for month in range(1, 13):
            offset = datetime(year, month, 15, tzinfo=UTC).astimezone(info).utcoffset() or timedelta()
            found.add(int(offset.total_seconds()) // 60 % 60)
    return frozenset(found)
