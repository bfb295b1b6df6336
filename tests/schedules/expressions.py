"""Random expressions that all four dialects take, and the zones they are tried in."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from migrator.model import Dialect, Schedule
from migrator.schedules.cron import read

ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kolkata", None)
MIDNIGHT_ZONES = ("America/Nuuk", "Africa/Cairo", "Antarctica/Troll", "America/Havana")


@cache
def schedule(text: str, zone: str | None = None, dialect: Dialect = Dialect.DEBIAN) -> Schedule:
    """Read an expression that is known to be good."""
    found = read(text, dialect, zone)
    assert isinstance(found, Schedule), found
    return found


def zone_info(name: str | None) -> ZoneInfo:
    """Give the zone, UTC where none is known."""
    return ZoneInfo(name or "UTC")


def field(low: int, high: int) -> st.SearchStrategy[str]:
    """Give a strategy of fields: stars, steps, ranges with and without, and lists of these."""
    number = st.integers(low, high)
    pair = st.tuples(number, number).filter(lambda p: p[0] < p[1])
    part = st.one_of(
        number.map(str),
        pair.map(lambda p: f"{p[0]}-{p[1]}"),
        st.tuples(pair, st.integers(1, 9)).map(lambda p: f"{p[0][0]}-{p[0][1]}/{p[1]}"),
    )
    return st.one_of(
        st.just("*"),
        st.integers(1, high).map(lambda step: f"*/{step}"),
        st.lists(part, min_size=1, max_size=4).map(",".join),
        st.lists(part, min_size=1, max_size=2).map(lambda parts: ",".join(["*/7", *parts])),
    )


# Nights are drawn often: that is where clocks change.
HOURS = st.one_of(field(0, 23), st.sampled_from(["1", "2", "3", "0-3", "*/2", "0,23", "1-3/2"]))
DAYS = st.one_of(st.just("*"), field(1, 31), st.sampled_from(["1-7", "8-14,22-28", "29-31", "28-31", "13", "31"]))
MONTHS = st.one_of(st.just("*"), field(1, 12), st.sampled_from(["2", "2,10", "3-4"]))
WEEKDAYS = st.one_of(st.just("*"), field(0, 6), st.sampled_from(["0", "1-5", "sun", "6,0"]))
EXPRESSIONS = st.tuples(field(0, 59), HOURS, DAYS, MONTHS, WEEKDAYS).map(" ".join)
