"""How long runs took, in figures that a person can check: nearest-rank percentiles (Hyndman and Fan 1996, type 1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from migrator.history.types import Durations, Track
from migrator.model import Measured, Range

ENOUGH = 3
"""The least number of measured runs that stand for a job's duration."""


def durations_of(tracks: Iterable[Track]) -> Durations | None:
    """Give the figures of all runs whose end is known; None where there is none."""
    known = sorted(seconds for track in tracks for seconds in track.lasting if seconds >= 0)
    if not known:
        return None
    return Durations(len(known), _rank(known, 50), _rank(known, 95), known[-1])


def overlaps_of(track: Track) -> int:
    """Count the runs that began while an earlier one, whose end is known, was still going."""
    count, busy_until = 0, None
    for start, seconds in zip(track.starts, track.lasting, strict=True):
        if busy_until is not None and start < busy_until:
            count += 1
        if seconds >= 0:
            busy_until = max(start + seconds, busy_until or 0)
    return count


def measured(found: Durations | None) -> Measured | None:
    """Give what advice and costs may go by: typical is the median, worst the longest; None for too few runs."""
    return _figures(found) if found is not None and found.runs >= ENOUGH else None


def glimpsed(found: Durations | None) -> Measured | None:
    """Give the same of too few runs to go by, None where there is none or enough."""
    return _figures(found) if found is not None and found.runs < ENOUGH else None


def _figures(found: Durations) -> Measured:
    return Measured(Range(Decimal(found.p50), Decimal(found.longest)), found.runs, Decimal(found.p95))


def lasting(seconds: int) -> str:
    """Write a duration as people say it: `45 s`, `12 min`, `3.5 h`; a negative one with its sign."""
    size, sign = abs(seconds), "−" if seconds < 0 else ""
    if size < 120:
        return f"{sign}{size} s"
    if size < 7200:
        return f"{sign}{size / 60:.3g} min"
    return f"{sign}{size / 3600:,.1f} h"


def _rank(known: list[int], percent: int) -> int:
    return known[max(0, -(-len(known) * percent // 100) - 1)]
