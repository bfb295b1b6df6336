"""At which minutes a schedule fires in a zone, with its dialect's own rule for clock changes.

Debian and cronie (cron.c, main loop): a job without `*` at the front of minute and hour that a change skips runs in the
first minute after it, and does not run again in an hour that repeats; a job with such a star follows the clock. Changes
of more than three hours are taken for a new clock. busybox follows the clock always; Kubernetes see `go_clock`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect
from migrator.schedules.cron.counts import never_fires, runs_per_day
from migrator.schedules.cron.go_clock import GoClock
from migrator.schedules.cron.wall import DAY_MINUTES, wall_minutes
from migrator.schedules.cron.zones import Piece, pieces

_LARGE = 180  # minutes; cron.c calls a longer jump a large one
_BEFORE = 8 * DAY_MINUTES  # a fire older than that leaves no trace in the walk of Kubernetes
_LAST_YEAR = 9998


def fire_minutes(
    fields: CronFields, dialect: Dialect, zone: ZoneInfo, start: int, end: int, *, own_zone: bool = False
) -> list[int]:
    """List the epoch minutes at which a schedule fires from `start` to `end` (epoch seconds, end excluded), ascending.

    `own_zone`: the zone is a CRON_TZ, whose clock changes cronie does not correct for (cron.c, find_jobs).
    """
    first, last = -(-start // 60), -(-end // 60)
    if first >= last:
        return []
    if dialect is Dialect.KUBERNETES:
        return _kubernetes(fields, zone, first, last)
    if dialect is Dialect.BUSYBOX or own_zone or fields.minute_star or fields.hour_star:
        return _by_clock(fields, pieces(zone, first, last), first)
    return _fixed(fields, pieces(zone, first - 2 * _LARGE, last), first)


def next_fires(fields: CronFields, dialect: Dialect, zone: ZoneInfo, after: int, count: int) -> list[int]:
    """List the next `count` epoch minutes after a moment (epoch seconds); fewer where there are no more."""
    if count <= 0 or never_fires(fields):
        return []
    found: list[int] = []
    begin = (after // 60 + 1) * 60
    days = max(2, 2 * count // runs_per_day(fields))
    limit = int(datetime(_LAST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    while len(found) < count and begin < limit:
        end = min(begin + days * DAY_MINUTES * 60, limit)
        found.extend(fire_minutes(fields, dialect, zone, begin, end))
        begin, days = end, min(2 * days, 3653)
    return found[:count]


def _by_clock(fields: CronFields, zone: list[Piece], first: int) -> list[int]:
    found: list[int] = []
    for piece in zone:
        offset = piece.offset
        wall = wall_minutes(fields, max(piece.begin, first) + offset, piece.end + offset)
        found.extend([minute - offset for minute in wall] if offset else wall)
    return found


def _fixed(fields: CronFields, zone: list[Piece], first: int) -> list[int]:
    """Follow cron's virtual clock: `done` is the last wall minute whose jobs have run."""
    found: list[int] = []
    done: int | None = None
    for piece in zone:
        begin, end = piece.begin + piece.offset, piece.end + piece.offset
        jump = 1 if done is None else begin - done
        if done is None or not -_LARGE <= jump <= _LARGE:
            run_from = begin
            done = end - 1
        else:
            run_from = max(begin, done + 1)
            if jump > 1 and wall_minutes(fields, done + 1, begin):
                found.append(piece.begin)
            done = max(done, end - 1)
        found.extend(minute - piece.offset for minute in wall_minutes(fields, run_from, end))
    return sorted({minute for minute in found if minute >= first})


def _kubernetes(fields: CronFields, zone: ZoneInfo, first: int, last: int) -> list[int]:
    """Follow the clock, and walk as Go does from the last fire before each change to the first fire of a later day."""
    known = pieces(zone, first - _BEFORE, last + DAY_MINUTES)
    found: list[int] = []
    done = first
    for before, after in pairwise(known):
        day_begin = (before.end + before.offset) // DAY_MINUTES * DAY_MINUTES - before.offset
        day_end = ((after.begin + after.offset) // DAY_MINUTES + 1) * DAY_MINUTES - after.offset
        if day_end <= first or day_begin >= last:
            continue
        found.extend(_between(fields, known, done, day_begin))
        walked, done = _walk(fields, known, (max(day_begin, done), day_end), last)
        found.extend(minute for minute in walked if first <= minute < last)
    found.extend(_between(fields, known, done, last))
    return found


def _between(fields: CronFields, zone: list[Piece], begin: int, end: int) -> list[int]:
    return [
        minute
        for piece in zone
        for minute in _by_clock(fields, [Piece(max(piece.begin, begin), min(piece.end, end), piece.offset)], begin)
    ]


def _walk(fields: CronFields, zone: list[Piece], day: tuple[int, int], last: int) -> tuple[list[int], int]:
    """Walk through the day of a change; give its fires, and the minute from which the wall clock holds again."""
    begin, end = day
    earlier = _between(fields, zone, max(begin - _BEFORE, zone[0].begin), begin)
    clock = GoClock(fields, zone)
    quiet_since = max(begin - DAY_MINUTES, zone[0].begin)
    fire = clock.after(earlier[-1], last) if earlier else clock.since(quiet_since, last)
    found: list[int] = []
    while fire is not None:
        if fire >= begin:
            found.append(fire)
        if fire >= end:
            return found, fire + 1
        fire = clock.after(fire, last)
    return found, last
