"""Give the runs of one command to its job, or to those of several lines whose schedules they fit; count what lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrator.history.durations import durations_of, overlaps_of
from migrator.history.expected import Fires, fire_of, lateness
from migrator.history.matching import Entry
from migrator.history.types import JobRuns, Track
from migrator.model import Job, Origin

_MOST_NAMED = 5
_SEVERAL = "several lines have this command, and the log does not say which of them ran"


@dataclass(slots=True)
class Placed:
    """The runs of one entry: its own track, the starts of its schedule, and which of them have a run, or may."""

    entry: Entry
    track: Track = field(default_factory=Track)
    fires: Sequence[int] | None = None
    since: int = 0
    unknown: str = ""
    taken: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    unplanned: int = 0


def place(
    entries: Sequence[Entry], runs: Track, fires: Fires, since: Mapping[str, int], doubtful: Sequence[int] = ()
) -> tuple[list[Placed], int]:
    """Give each run to an entry; give the entries with theirs, and the number of runs that could be of several.

    `since` are moments from which on the schedule holds as it was read, by the entry's path: the tab was changed then.
    `doubtful` are moments of runs that may be of these entries, or of other commands: of a start then nothing is said.
    """
    placed = [_empty(entry, fires, since.get(entry.origin.path, 0)) for entry in entries]
    for each in placed:
        late, starts = lateness(each.entry.job.schedule), each.fires or ()
        each.doubtful.update(fire for moment in doubtful if (fire := fire_of(moment, starts, late)) is not None)
    if len(placed) == 1:
        _take_all(placed[0], runs, fires)
        return placed, 0
    if any(each.fires is None for each in placed):
        for each in placed:
            each.fires, each.unknown = None, each.unknown or _SEVERAL
        return placed, len(runs.starts)
    left = 0
    for index, start in enumerate(runs.starts):
        chosen = _nearest(placed, start) or _nearest(placed, fires.clock.again(start))
        if chosen is None:
            left += 1
            continue
        _add(chosen[0], runs, index)
        chosen[0].taken.add(chosen[1])
    for each in placed:
        each.track.proof = runs.proof
    return placed, left


def told(placed: Placed, fires: Fires, host: str | None, several: bool, proof: Origin | None) -> JobRuns:
    """Put the figures of one entry together."""
    track, job = placed.track, placed.entry.job
    words = fires.clock.words
    missed, expected = _missed(placed, job, fires)
    nothing_known = several and placed.fires is None
    return JobRuns(
        job=job.id,
        host=host,
        runs=None if nothing_known else len(track.starts),
        expected=expected,
        missed=None if missed is None else len(missed),
        missed_at=tuple(words(fire) for fire in (missed or ())[:_MOST_NAMED]),
        unplanned=None if placed.fires is None else placed.unplanned,
        failed=track.failed,
        skipped=track.skipped,
        overlaps=overlaps_of(track),
        first=words(track.starts[0]) if track.starts else None,
        last=words(track.starts[-1]) if track.starts else None,
        durations=durations_of([track]),
        since=words(placed.since) if placed.since else None,
        unknown=placed.unknown,
        proof=proof if track.starts else None,
    )


def _empty(entry: Entry, fires: Fires, since: int) -> Placed:
    unknown = fires.why_not(entry.job)
    if unknown:
        return Placed(entry, unknown=unknown)
    return Placed(entry, fires=fires.of(entry.job.schedule, since), since=since)


def _take_all(placed: Placed, runs: Track, fires: Fires) -> None:
    placed.track = runs
    if placed.fires is None:
        return
    late = lateness(placed.entry.job.schedule)
    for start in runs.starts:
        if start < placed.since:
            continue
        fire = _free(placed, start, late)
        if fire is None:
            # In the night in which a clock is set back, a log may show one time twice.
            fire = _free(placed, fires.clock.again(start), late)
        if fire is None:
            placed.unplanned += 1
        else:
            placed.taken.add(fire)


def _free(placed: Placed, start: int, late: int) -> int | None:
    """Give the index of the start that a run belongs to, unless another run has taken it."""
    assert placed.fires is not None
    fire = fire_of(start, placed.fires, late)
    return None if fire is None or fire in placed.taken else fire


def _nearest(placed: Sequence[Placed], start: int) -> tuple[Placed, int] | None:
    """Find the entry with the latest start before a run that no run has taken."""
    best: tuple[int, Placed, int] | None = None
    for each in placed:
        fire = _free(each, start, lateness(each.entry.job.schedule))
        if fire is None:
            continue
        assert each.fires is not None
        if best is None or each.fires[fire] > best[0]:
            best = (each.fires[fire], each, fire)
    return None if best is None else (best[1], best[2])


def _add(placed: Placed, runs: Track, index: int) -> None:
    placed.track.starts.append(runs.starts[index])
    placed.track.lasting.append(runs.lasting[index])


def _missed(placed: Placed, job: Job, fires: Fires) -> tuple[list[int] | None, int | None]:
    if placed.fires is None:
        return None, None
    late = lateness(job.schedule)
    certain = [
        index
        for index, fire in enumerate(placed.fires)
        if index in placed.taken or (index not in placed.doubtful and fires.is_certain(fire, late, placed.since))
    ]
    return [placed.fires[index] for index in certain if index not in placed.taken], len(certain)
