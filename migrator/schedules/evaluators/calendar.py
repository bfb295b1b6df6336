"""Local time to instants, for evaluators only: the cron side has its own, so that one fault can't hide in both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 1440
_EPOCH = date(1970, 1, 1)


@lru_cache(maxsize=16)
def day_table(zone: ZoneInfo, start: int, end: int) -> tuple[tuple[date, int | None], ...]:
    """Give the local days that touch a span, each with the epoch minute of its midnight if its clock runs plainly."""
    return tuple((day, plain_midnight(zone, day)) for day in days_between(zone, start, end))


def days_between(zone: ZoneInfo, start: int, end: int) -> Iterator[date]:
    """Yield the local days that touch the instants from `start` to `end` (epoch seconds, end excluded)."""
    if start >= end:
        return
    day = datetime.fromtimestamp(start, zone).date()
    last = datetime.fromtimestamp(end - 1, zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def plain_midnight(zone: ZoneInfo, day: date) -> int | None:
    """Give the epoch minute of a day's midnight if its clock runs without a change, else None."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    offset = midnight.utcoffset()
    # A second after the last one: a change exactly at the next midnight belongs to the next day.
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)
    if offset is None or last.utcoffset() != offset or midnight.replace(fold=1).utcoffset() != offset:
        return None
    if last.replace(fold=1).utcoffset() != offset:
        return None
    minutes, rest = divmod(int(offset.total_seconds()), 60)
    if rest:
        return None
    return (day - _EPOCH).days * MINUTES_PER_DAY - minutes


def instants(zone: ZoneInfo, day: date, minute_of_day: int) -> tuple[int, ...]:
    """Give the epoch minutes at which the wall clock shows a minute of a day: none in a gap, two in a repeated hour."""
    # A wall-clock reading, which has no zone until it is looked up below.
    naive = datetime(day.year, day.month, day.day, *divmod(minute_of_day, 60))  # noqa: DTZ001
    found = []
    for fold in (0, 1):
        moment = naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == naive:
            found.append(int(moment.timestamp()) // 60)
    return tuple(sorted(set(found)))
