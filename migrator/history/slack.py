"""How much time a gap between two schedules really leaves: the downstream's start less the upstream's end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.history.types import History, Track
from migrator.model import JobId


@dataclass(frozen=True, slots=True)
class Slack:
    """Pairs of runs whose ends are known: seconds of gap (start to start) and of slack (end to start), the least first.

    `late` pairs had the downstream start while the upstream was still running.
    """

    pairs: int
    gap: int
    least: int
    median: int
    late: int


def slack_of(history: History, upstream: JobId, downstream: JobId) -> Slack | None:
    """Measure each run of the downstream against the upstream's last one before it; None where no pair is known.

    Both must be on one host, as the logs of two hosts need not agree on the time.
    """
    found = sorted(
        pair
        for (job, host), track in history.timelines.items()
        if job == downstream and (before := history.timelines.get((upstream, host))) is not None
        for pair in _pairs(before, track)
    )
    if not found:
        return None
    gaps = sorted(gap for _, gap in found)
    slacks = [slack for slack, _ in found]
    return Slack(
        pairs=len(found),
        gap=gaps[(len(gaps) - 1) // 2],
        least=slacks[0],
        median=slacks[(len(slacks) - 1) // 2],
        late=sum(slack < 0 for slack in slacks),
    )


def _pairs(upstream: Track, downstream: Track) -> Iterator[tuple[int, int]]:
    """Yield (slack, gap) of each upstream run with the first downstream run after its start."""
    for index, start in enumerate(downstream.starts):
        before = bisect_right(upstream.starts, start) - 1
        if before < 0 or upstream.lasting[before] < 0:
            continue
        if index and downstream.starts[index - 1] >= upstream.starts[before]:
            continue  # an earlier run of the downstream took this one's result
        yield start - upstream.starts[before] - upstream.lasting[before], start - upstream.starts[before]
