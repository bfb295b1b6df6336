"""Random expressions against cronsim, an independent evaluator, wherever its known faults do not apply."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect, Schedule
from migrator.schedules.cron import fire_minutes, read

cronsim = pytest.importorskip("cronsim")
pytestmark = pytest.mark.oracle


def word(low: int, high: int) -> st.SearchStrategy[str]:
    """Draw a field that both understand: no `n-n/k` and no range that goes down, which cronsim reads otherwise."""
    number = st.integers(low, high)
    span = st.tuples(number, number).filter(lambda ends: ends[0] < ends[1]).map(lambda ends: f"{ends[0]}-{ends[1]}")
    stepped = st.tuples(span | st.just("*"), st.integers(1, high)).map(lambda parts: f"{parts[0]}/{parts[1]}")
    element = number.map(str) | span | stepped
    return st.just("*") | element | st.lists(element, min_size=2, max_size=3).map(",".join)


EXPRESSIONS = st.tuples(word(0, 59), word(0, 23), word(1, 31), word(1, 12), word(0, 6)).map(" ".join)


@given(
    expression=EXPRESSIONS, zone=st.sampled_from(["UTC", "Europe/Paris", "America/New_York"]), day=st.integers(0, 1460)
)
@settings(max_examples=300, deadline=None)
def test_cronsim_fires_at_the_same_minutes(expression: str, zone: str, day: int) -> None:
    """Ten days anywhere in four years, clock changes included."""
    where = ZoneInfo(zone)
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    end = start + timedelta(days=10)
    found = read(expression, Dialect.DEBIAN)
    assert isinstance(found, Schedule)
    assert found.fields is not None
    ours = fire_minutes(found.fields, Dialect.DEBIAN, where, int(start.timestamp()), int(end.timestamp()))
    try:
        fires = cronsim.CronSim(expression, (start - timedelta(minutes=1)).astimezone(where))
    except cronsim.CronSimError:  # it refuses days that no month has
        assert ours == []
        return
    theirs = [int(fire.timestamp()) // 60 for fire in takewhile(lambda fire: fire < end, fires)]
    assert ours == sorted(set(theirs))
