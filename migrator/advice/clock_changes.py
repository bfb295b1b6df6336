"""Which fixed times of a schedule fall into a zone's clock changes.

A zone's rule is looked at over a few years that are written here, never today's: the same input gives the same answer.
"""

from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrator.model import CronFields
from migrator.schedules.cron.zones import pieces

_FIRST_YEAR, _LAST_YEAR = 2026, 2030
_DAY = 1440


def in_gap(fields: CronFields, zone: str) -> tuple[str, ...]:
    """List the times (`02:30`) of a schedule that do not exist on the day on which the clocks go forward."""
    return _times(fields, _spans(zone)[0])


def in_fold(fields: CronFields, zone: str) -> tuple[str, ...]:
    """List the times of a schedule that come twice on the day on which the clocks go back."""
    return _times(fields, _spans(zone)[1])


@lru_cache(maxsize=512)
def _spans(zone: str) -> tuple[frozenset[int], frozenset[int]]:
    """Give the local minutes of the day that are skipped, and those that are repeated, in any of the years."""
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return frozenset(), frozenset()
    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) // 60 for year in (_FIRST_YEAR, _LAST_YEAR))
    parts = pieces(info, begin, end)
    gap: set[int] = set()
    fold: set[int] = set()
    for before, after in pairwise(parts):
        change = after.offset - before.offset
        start = after.begin + min(before.offset, after.offset)
        minutes = {(start + minute) % _DAY for minute in range(abs(change))}
        if change > 0:
            gap |= minutes
        else:
            fold |= minutes
    return frozenset(gap), frozenset(fold)


def _times(fields: CronFields, span: frozenset[int]) -> tuple[str, ...]:
    return tuple(
        f"{at // 60:02}:{at % 60:02}"
        for at in sorted(span)
        if fields.hour >> at // 60 & 1 and fields.minute >> at % 60 & 1
    )
