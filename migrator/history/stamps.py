"""Read the time stamps that log lines begin with.

Classic syslog (RFC 3164) writes no year and no zone; RFC 5424, rsyslog's file format and `journalctl -o short-iso` an
ISO 8601 time with its offset; `journalctl -o short-full` a weekday and the zone's name; `-o short-unix` seconds since
1970; busybox's logread the form of ctime(3).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

NO_ZONE = 10_000
"""The zone of a stamp that is the host's own clock, without an offset."""
EPOCH = 10_001
"""The zone of a stamp that counts from 1970, whatever the host's clock shows."""

DAY = 86_400
_LEAP_YEAR = 2000  # stamps without a year are read in it, so that 29 February is a day
_FIRST_DAY = date(1970, 1, 1).toordinal()
_LEAP_DAY = date(_LEAP_YEAR, 2, 29).toordinal() - _FIRST_DAY
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_CLOCK = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d|60)(?:[.,]\d{1,9})?"
_MONTH = "(?P<month>" + "|".join(_MONTHS) + ")"
_WEEKDAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_ISO = re.compile(
    rf"(?:{_WEEKDAY} )?(?P<date>[12]\d{{3}}-\d\d-\d\d)[T ]{_CLOCK}(?P<zone>Z|[+-]\d\d:?\d\d)?(?: [A-Z]{{2,5}}(?= ))?"
)
_CTIME = re.compile(rf"{_WEEKDAY} {_MONTH} (?P<day>[ \d]\d) {_CLOCK} (?P<year>[12]\d{{3}})")
_CLASSIC = re.compile(rf"{_MONTH} (?P<day>[ \d]\d) {_CLOCK}")
_UNIX = re.compile(r"(?P<unix>[1-9]\d{8,9})\.\d{3,9}")


class Stamp(NamedTuple):
    """A moment: `seconds` of the clock that wrote it, counted as if it were UTC; `zone` its minutes east of UTC.

    `zone` may be `NO_ZONE` or `EPOCH`. A stamp without a year is counted in the year 2000.
    """

    seconds: int
    zone: int
    has_year: bool


def read_stamp(text: str, at: int = 0) -> tuple[Stamp, int] | None:
    """Read the stamp at an index, and give the index behind it; None where there is none."""
    for pattern, read in ((_CLASSIC, _classic), (_ISO, _iso), (_CTIME, _ctime), (_UNIX, _unix)):
        match = pattern.match(text, at)
        if match is not None:
            stamp = read(match)
            return None if stamp is None else (stamp, match.end())
    return None


def in_year(seconds: int, year: int) -> int:
    """Move the seconds of a stamp without a year into a year; 29 February becomes 1 March where there is none."""
    day, clock = divmod(seconds, DAY)
    return _day_in_year(day, year) * DAY + clock


def is_leap_day(seconds: int) -> bool:
    """Say whether a stamp without a year is of 29 February."""
    return seconds // DAY == _LEAP_DAY


def day_of(seconds: int) -> date:
    """Give the date of seconds that are counted as if they were UTC."""
    return date.fromordinal(seconds // DAY + _FIRST_DAY)


def in_words(seconds: int) -> str:
    """Write seconds that are counted as if they were UTC: `2026-11-22 06:15`."""
    clock = seconds % DAY
    return f"{day_of(seconds).isoformat()} {clock // 3600:02d}:{clock // 60 % 60:02d}"


@lru_cache(maxsize=4096)
def _day_in_year(day: int, year: int) -> int:
    then = date.fromordinal(day + _FIRST_DAY)
    try:
        return then.replace(year=year).toordinal() - _FIRST_DAY
    except ValueError:
        return date(year, 3, 1).toordinal() - _FIRST_DAY


@lru_cache(maxsize=4096)
def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal() - _FIRST_DAY
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _named_day(year: int, month: str, day: str) -> int | None:
    try:
        return date(year, _MONTHS[month], int(day)).toordinal() - _FIRST_DAY
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> int:
    return int(match["hour"]) * 3600 + int(match["minute"]) * 60 + min(59, int(match["second"]))


def _iso(match: re.Match[str]) -> Stamp | None:
    day = _day(match["date"])
    if day is None or day < 0:
        return None
    seconds, zone = day * DAY + _clock(match), match["zone"]
    if zone == "Z":
        return Stamp(seconds, EPOCH, has_year=True)
    return Stamp(seconds, NO_ZONE if zone is None else _minutes(zone), has_year=True)


def _minutes(zone: str) -> int:
    size = int(zone[1:3]) * 60 + int(zone[-2:])
    return -size if zone[0] == "-" else size


def _ctime(match: re.Match[str]) -> Stamp | None:
    day = _named_day(int(match["year"]), match["month"], match["day"])
    return None if day is None or day < 0 else Stamp(day * DAY + _clock(match), NO_ZONE, has_year=True)


def _classic(match: re.Match[str]) -> Stamp | None:
    day = _named_day(_LEAP_YEAR, match["month"], match["day"])
    return None if day is None else Stamp(day * DAY + _clock(match), NO_ZONE, has_year=False)


def _unix(match: re.Match[str]) -> Stamp:
    return Stamp(int(match["unix"]), EPOCH, has_year=True)
