"""The minutes of both sides, day by day where the clock runs plainly, so that four years compare quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect
from migrator.schedules.cron import fire_minutes
from migrator.schedules.cron.wall import DAY_MINUTES, matching_days, minutes_of_day
from migrator.schedules.cron.zones import pieces
from migrator.schedules.evaluators.calendar import Fires, Midnights, Times, runs_of_equal

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
        if days:
            found.whole.append((_midnights(days, offset), times))
        reached = (last + 1) * DAY_MINUTES - offset
    follow(high)
    return found


@lru_cache(maxsize=4096)
def _days(by_days: CronFields, first: int, last: int) -> tuple[int, ...]:
    """List the days on which a schedule fires; many schedules share them, so the times are left out."""
    return tuple(matching_days(by_days, first, last))


@lru_cache(maxsize=4096)
def _midnights(days: tuple[int, ...], offset: int) -> Midnights:
    return tuple([day * DAY_MINUTES - offset for day in days])


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
    kept: list[tuple[Midnights, Times]] = []
    for midnights, times in fires.whole:
        if left := tuple([at for at in midnights if allows(_local_date(at + noon, zone))]):
            kept.append((left, times))
    return Fires(kept, [minute for minute in fires.minutes if allows(_local_date(minute, zone))])


@lru_cache(maxsize=65536)
def _local_date(minute: int, zone: ZoneInfo) -> date:
    offset = pieces(zone, minute, minute + 1)[0].offset
    return date.fromordinal((minute + offset) // DAY_MINUTES + _EPOCH)


def by_utc_days(fires: Fires) -> Fires:
    """Cut local days anew at midnight UTC, where two follow each other with the same times."""
    days, cut = fires.days, dict[int, Times]()
    minutes = list(fires.minutes)
    rotated: dict[tuple[int, int], Times] = {}
    for midnight, times in days.items():
        shift = -midnight % DAY_MINUTES
        if days.get(midnight + DAY_MINUTES) is times:
            key = (id(times), shift)
            if key not in rotated:
                rotated[key] = tuple(sorted((time - shift) % DAY_MINUTES for time in times))
            cut[midnight + shift] = rotated[key]
        else:
            minutes.extend(midnight + time for time in times if time >= shift)
        if days.get(midnight - DAY_MINUTES) is not times:
            minutes.extend(midnight + time for time in times if time < shift)
    return Fires(runs_of_equal(cut), minutes)


def differing(old: Fires, new: Fires) -> tuple[list[int], list[int]]:
    """Give the sorted minutes of both sides on all days that are not plainly the same."""
    ours, theirs = {times for _, times in old.whole}, {times for _, times in new.whole}
    if ours == theirs and len(ours) == 1:
        (times,) = ours
        gone, come = _apart(_all_midnights(old), _all_midnights(new))
        return _with_days(gone, times, old.minutes), _with_days(come, times, new.minutes)
    before, after = old.days, new.days
    equal = {midnight for midnight, times in before.items() if after.get(midnight) == times}
    return _outside(before, equal, old.minutes), _outside(after, equal, new.minutes)


def _all_midnights(fires: Fires) -> tuple[Midnights, ...]:
    return tuple([midnights for midnights, _ in fires.whole])


@lru_cache(maxsize=4096)
def _apart(old: tuple[Midnights, ...], new: tuple[Midnights, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the midnights that only one side has; many schedules share their days."""
    before, after = frozenset(chain(*old)), frozenset(chain(*new))
    return tuple(before - after), tuple(after - before)


def _with_days(midnights: Iterable[int], times: Times, minutes: Sequence[int]) -> list[int]:
    return sorted([*[midnight + time for midnight in midnights for time in times], *minutes])


def _outside(days: Mapping[int, Times], equal: set[int], minutes: Sequence[int]) -> list[int]:
    rest = [midnight + time for midnight in days.keys() - equal for time in days[midnight]]
    return sorted([*rest, *minutes])
