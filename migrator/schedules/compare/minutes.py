"""The minutes of both sides, day by day where the clock runs plainly, so that four years compare quickly."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect
from migrator.schedules.cron import fire_minutes
from migrator.schedules.cron.wall import DAY_MINUTES, matching_days, minutes_of_day
from migrator.schedules.cron.zones import pieces
from migrator.schedules.evaluators.calendar import Fires

_EPOCH = date(1970, 1, 1).toordinal()
# How many of its days Kubernetes may be off after a change (go_clock: until a day begins anew).
_CARRIED = 3
Stretch = tuple[int, int, int]
"""First and last day, counted from 1970-01-01, and the offset from UTC in minutes."""


@lru_cache(maxsize=8)
def cron_fires(
    fields: CronFields, dialect: Dialect, zone: ZoneInfo, span: tuple[int, int], *, own_zone: bool = False
) -> Fires:
    """Give a schedule's fires by cron over a span of epoch seconds.

    A day or more away from a clock change all dialects go by the wall clock: such days are taken whole, the others
    minute by minute. Kubernetes carries a change on to its next fires, however late. All targets' forms are held
    against the same answer: it is remembered, and not to be changed.
    """
    times = minutes_of_day(fields.minute, fields.hour)
    reached, high = -(-span[0] // 60), -(-span[1] // 60)
    by_days = replace(fields, minute=1, hour=1, minute_star=False, hour_star=False)
    found = Fires()

    def follow(until: int) -> None:
        found.minutes.extend(fire_minutes(fields, dialect, zone, reached * 60, until * 60, own_zone=own_zone))

    for first, last, offset in _plain_days(zone, *span):
        days = _days(by_days, first, last)
        if dialect is Dialect.KUBERNETES:
            days = days[_CARRIED:]
            follow((days[0] if days else last + 1) * DAY_MINUTES - offset)
        else:
            follow(first * DAY_MINUTES - offset)
        found.days.update(dict.fromkeys([day * DAY_MINUTES - offset for day in days], times))
        reached = (last + 1) * DAY_MINUTES - offset
    follow(high)
    return found


@lru_cache(maxsize=4096)
def _days(by_days: CronFields, first: int, last: int) -> tuple[int, ...]:
    """List the days on which a schedule fires; many schedules share them, so the times are left out."""
    return tuple(matching_days(by_days, first, last))


@lru_cache(maxsize=256)
def _plain_days(zone: ZoneInfo, start: int, end: int) -> tuple[Stretch, ...]:
    """List the stretches of whole days of a span that are a day or more away from any clock change."""
    low, high = -(-start // 60), -(-end // 60)
    stretches: list[Stretch] = []
    for piece in pieces(zone, low, high):
        begin = piece.begin + piece.offset + (DAY_MINUTES if piece.begin > low else 0)
        until = piece.end + piece.offset - (DAY_MINUTES if piece.end < high else 0)
        first, last = -(-begin // DAY_MINUTES), until // DAY_MINUTES - 1
        if first <= last:
            stretches.append((first, last, piece.offset))
    return tuple(stretches)


def on_days(fires: Fires, allows: Callable[[date], bool], zone: ZoneInfo) -> Fires:
    """Keep the fires whose local date in a zone is allowed; the days' midnights must be the zone's own."""
    noon = DAY_MINUTES // 2
    kept = {at: times for at, times in fires.days.items() if allows(_local_date(at + noon, zone))}
    return Fires(kept, [minute for minute in fires.minutes if allows(_local_date(minute, zone))])


@lru_cache(maxsize=65536)
def _local_date(minute: int, zone: ZoneInfo) -> date:
    offset = pieces(zone, minute, minute + 1)[0].offset
    return date.fromordinal((minute + offset) // DAY_MINUTES + _EPOCH)


def by_utc_days(fires: Fires) -> Fires:
    """Cut local days anew at midnight UTC, where two follow each other with the same times."""
    found = Fires(minutes=list(fires.minutes))
    rotated: dict[tuple[int, int], tuple[int, ...]] = {}
    for midnight, times in fires.days.items():
        shift = -midnight % DAY_MINUTES
        if fires.days.get(midnight + DAY_MINUTES) is times:
            key = (id(times), shift)
            if key not in rotated:
                rotated[key] = tuple(sorted((time - shift) % DAY_MINUTES for time in times))
            found.days[midnight + shift] = rotated[key]
        else:
            found.minutes.extend(midnight + time for time in times if time >= shift)
        if fires.days.get(midnight - DAY_MINUTES) is not times:
            found.minutes.extend(midnight + time for time in times if time < shift)
    return found


def differing(old: Fires, new: Fires) -> tuple[list[int], list[int]]:
    """Give the sorted minutes of both sides on all days that are not plainly the same."""
    common = old.days.keys() & new.days.keys()
    ours, theirs = _distinct(old.days.values()), _distinct(new.days.values())
    if len(ours) == len(theirs) == 1:
        equal = common if ours[0] == theirs[0] else set()
    else:
        same = {(id(one), id(other)) for one in ours for other in theirs if one == other}
        equal = {midnight for midnight in common if (id(old.days[midnight]), id(new.days[midnight])) in same}
    return _outside(old, equal), _outside(new, equal)


def _distinct(times: Collection[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Give each tuple once; there are very few, as all days share them."""
    return list(dict(zip(map(id, times), times, strict=True)).values())


def _outside(fires: Fires, days: set[int]) -> list[int]:
    rest = [midnight + time for midnight in fires.days.keys() - days for time in fires.days[midnight]]
    return sorted(rest + fires.minutes)
