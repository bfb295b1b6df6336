"""Tests of figures about durations."""

from __future__ import annotations

from array import array
from decimal import Decimal

import pytest

from migrator.history import lasting
from migrator.history.durations import durations_of, glimpsed, measured, overlaps_of
from migrator.history.types import Durations, Track
from migrator.model import Measured, Range


def track(*pairs):
    """Make a track of (start, seconds)."""
    return Track(array("q", [start for start, _ in pairs]), array("q", [seconds for _, seconds in pairs]))


def test_percentiles_are_values_that_occurred():
    """Nearest rank; runs without an end are left out, and tracks of several hosts are one."""
    tracks = [track(*((n, n) for n in range(1, 20))), track((0, -1), (1, 20))]
    assert durations_of(tracks) == Durations(20, 10, 19, 20)
    assert durations_of([track((0, -1))]) is None


def test_few_runs_are_no_measure():
    """Three are; two are shown and not relied on."""
    assert measured(Durations(2, 1, 1, 1)) is None
    assert measured(None) is None
    assert glimpsed(None) is None
    assert glimpsed(Durations(2, 1, 1, 4)) == Measured(Range(Decimal(1), Decimal(4)), 2, Decimal(1))
    assert glimpsed(Durations(3, 60, 80, 90)) is None
    assert measured(Durations(3, 60, 80, 90)) == Measured(Range(Decimal(60), Decimal(90)), 3, Decimal(80))


def test_an_overlap_needs_a_known_end():
    """A run that outlasts two later ones counts twice; one without an end counts for none."""
    assert overlaps_of(track((0, 100), (50, 10), (90, 5), (100, 5))) == 2
    assert overlaps_of(track((0, -1), (50, 10))) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (119, "119 s"), (-80, "−80 s"), (360, "6 min"), (4010, "66.8 min"), (36_000, "10.0 h")],
)
def test_durations_in_words(seconds, words):
    """Seconds, minutes, hours."""
    assert lasting(seconds) == words
