"""Tests of which start a run belongs to."""

from __future__ import annotations

import pytest

from migrator.history.clocks import Clock
from migrator.history.expected import LATE, Fires, fire_of
from migrator.model import Dialect
from migrator.schedules.cron import read

HOURLY = read("0 * * * *", Dialect.DEBIAN)


@pytest.mark.parametrize(
    ("run", "index"), [(3600, 0), (3599, 0), (3598, None), (3601, 0), (3600 + LATE, 0), (3721, None), (7201, 1)]
)
def test_a_run_belongs_to_the_last_start_before_it(run, index):
    """A second early and two minutes late are the same start."""
    assert fire_of(run, [3600, 7200], LATE) == index


def test_starts_lie_in_the_spans():
    """Gaps between logs have none; a moment from which the tab holds cuts what was before."""
    fires = Fires(Clock(None), ((10, 7300), (20_000, 30_000)))
    assert fires.of(HOURLY) == (0, 3600, 7200, 21_600, 25_200, 28_800)
    assert fires.of(HOURLY, 7000) == (7200, 21_600, 25_200, 28_800)
    assert [fires.is_certain(fire, LATE) for fire in (0, 3600, 7200)] == [False, True, False]
    assert not fires.is_certain(3600, LATE, since=3601)
