"""Find the years of time stamps that do not write them: from their order, and from a day that they cannot lie behind.

Classic syslog writes `Nov 22 06:25:01` (RFC 3164, 4.1.2). A month that falls far back begins a new year; the newest
line lies in the latest year in which it is not after the reference. That is the day in the log's own name where
logrotate put one there (`dateext`), the first line of the log that was rotated after it, or the day that the caller
gives.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from migrator.history.events import NO_LAP
from migrator.history.reading import Reading
from migrator.history.stamps import day_of, in_year

_DATED = re.compile(r"[-._](20\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_ROTATED = re.compile(r"(.*?)(?:\.(\d{1,4}))?(?:\.gz)?", re.DOTALL)
_SLACK = timedelta(days=1)  # a host may lie ahead of the caller's zone
_MOST_BACK = 12  # years in which a 29 February must occur


def years_of(readings: Sequence[Reading], reference: date) -> Mapping[str, int]:
    """Give each log, by its path, the year of its lap 0; logs whose stamps all have years are left out."""
    found: dict[str, int] = {}
    for chain in _chains(readings):
        latest = reference
        for reading in chain:
            latest = min(latest, _named_day(reading.path) or latest)
            if reading.latest is None:
                continue
            found[reading.path] = _first_year(reading, latest)
            if reading.first is not None:
                latest = min(latest, day_of(_begin(reading, found[reading.path])))
    return found


def placed(seconds: int, lap: int, first_year: int | None) -> int:
    """Give the seconds of a stamp in its year."""
    if lap == NO_LAP or first_year is None:
        return seconds
    return in_year(seconds, max(1970, first_year + lap))


def _begin(reading: Reading, first_year: int) -> int:
    assert reading.first is not None
    stamp, lap = reading.first
    return placed(stamp.seconds, lap, first_year)


def _chains(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Group the logs that logrotate made of one, the newest first."""
    groups: dict[str, list[tuple[int, str, Reading]]] = defaultdict(list)
    for reading in readings:
        match = _ROTATED.fullmatch(reading.path)
        stem, number = (match[1], int(match[2] or 0)) if match else (reading.path, 0)
        groups[stem].append((number, reading.path, reading))
    return [
        [reading for _, _, reading in sorted(group, key=lambda item: item[:2])] for _, group in sorted(groups.items())
    ]


def _named_day(path: str) -> date | None:
    match = _DATED.search(path.rpartition("/")[2])
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _first_year(reading: Reading, reference: date) -> int:
    assert reading.latest is not None
    lap, seconds = reading.latest
    year = reference.year + 1
    for _ in range(_MOST_BACK):
        fits = day_of(in_year(seconds, year)) <= reference + _SLACK
        if fits and all(isleap(year - lap + leap) for leap in reading.leaps):
            return year - lap
        year -= 1
    return reference.year - lap
