"""The shortest time between two starts of a schedule."""

from functools import lru_cache

from migrator.model import CronFields
from migrator.schedules.cron import never_fires

_DAY = 1440


@lru_cache(maxsize=4096)
def shortest_gap(fields: CronFields) -> int | None:
    """Give the minutes between two starts where they are closest, by the fields alone; None for one that never fires.

    Two days that both match are taken to follow each other: the gap is never given too long.
    """
    if never_fires(fields):
        return None
    times = [
        hour * 60 + minute
        for hour in range(24)
        if fields.hour >> hour & 1
        for minute in range(60)
        if fields.minute >> minute & 1
    ]
    return min(later - earlier for earlier, later in zip(times, [*times[1:], times[0] + _DAY], strict=True))
