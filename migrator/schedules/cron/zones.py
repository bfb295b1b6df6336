"""The offset of a time zone over a span of minutes, as pieces between its clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY_SECONDS = 86_400


class Piece(NamedTuple):
    """Epoch minutes `begin` to `end` (excluded) in which local time is epoch time plus `offset` minutes."""

    begin: int
    end: int
    offset: int


def pieces(zone: ZoneInfo, begin: int, end: int) -> list[Piece]:
    """Cut the epoch minutes from `begin` to `end` (excluded) at the zone's clock changes."""
    return list(_pieces(zone, begin, end))


@lru_cache(maxsize=4096)
def _pieces(zone: ZoneInfo, begin: int, end: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    at, offset = begin, _offset(zone, begin * 60)
    for minute, changed in _changes_between(zone, begin, end):
        found.append(Piece(at, minute, offset))
        at, offset = minute, changed
    found.append(Piece(at, end, offset))
    return tuple(found)


def _changes_between(zone: ZoneInfo, begin: int, end: int) -> list[tuple[int, int]]:
    """List the clock changes after `begin` and before `end`: the first minute of each, and the offset from there."""
    first, last = _year(begin), _year(end)
    return [change for year in range(first, last + 1) for change in _changes(zone, year) if begin < change[0] < end]


def _year(minute: int) -> int:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).year


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else 0


@lru_cache(maxsize=8192)
def _changes(zone: ZoneInfo, year: int) -> tuple[tuple[int, int], ...]:
    """List a UTC year's clock changes. zoneinfo does not tell them: they are found by looking at each day's start."""
    begin = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    found = []
    before = _offset(zone, begin)
    for day in range(begin, end, _DAY_SECONDS):
        after = _offset(zone, day + _DAY_SECONDS)
        if after != before:
            found.append((_bisect(zone, day, day + _DAY_SECONDS, before), after))
        before = after
    return tuple(found)


def _bisect(zone: ZoneInfo, low: int, high: int, before: int) -> int:
    """Give the first epoch minute at which the offset is no longer `before`."""
    low, high = low // 60, high // 60
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle * 60) == before:
            low = middle
        else:
            high = middle
    return high
