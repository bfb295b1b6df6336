"""What the logs tell of one scanned host: its jobs' runs, and the commands that none of its files has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.history.clocks import Clock
from migrator.history.expected import Fires, fire_of, lateness
from migrator.history.matching import LEAST_KEPT, Entry, HostJobs, Redactions, why_silent
from migrator.history.merging import HostEvents, Logs, ordered, spans
from migrator.history.messages import Channel
from migrator.history.placing import Placed, place, told
from migrator.history.remarks import remarks_of
from migrator.history.runs import HostRuns
from migrator.history.types import HostLog, JobRuns, Stranger, Track
from migrator.inventory.types import Secret
from migrator.model import Finding, JobId, Origin, Severity

_NOBODY = "no log has starts of this host's commands"


@dataclass(slots=True)
class OneHost:
    """A host's part of the history."""

    log: HostLog
    jobs: list[JobRuns] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    secrets: set[Secret] = field(default_factory=set)
    timelines: dict[JobId, Track] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """The entries that some names stand for, and all their runs; `doubtful` are starts that may be others', too."""

    entries: list[Entry]
    tracks: list[Track] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Groups:
    """All groups of a host, and how many runs are in none."""

    fires: Fires
    found: dict[tuple[int, ...], _Group] = field(default_factory=dict)
    left: int = 0

    def of(self, entries: list[Entry]) -> _Group:
        """Give the group of these entries."""
        return self.found.setdefault(tuple(id(entry) for entry in entries), _Group(entries))

    def share(self, track: Track, fitting: Sequence[list[Entry]]) -> None:
        """Give each run of a cut name to the one command that has a start then; the others are left."""
        parts = [Track(proof=track.proof) for _ in fitting]
        for start, seconds in zip(track.starts, track.lasting, strict=True):
            due = [number for number, entries in enumerate(fitting) if self._is_due(entries, start)]
            if len(due) == 1:
                parts[due[0]].starts.append(start)
                parts[due[0]].lasting.append(seconds)
                continue
            self.left += 1
            for number in due:
                self.of(fitting[number]).doubtful.append(start)
        for part, entries in zip(parts, fitting, strict=True):
            if part.starts:
                self.of(entries).tracks.append(part)

    def _is_due(self, entries: Sequence[Entry], start: int) -> bool:
        jobs = [entry.job for entry in entries if not self.fires.why_not(entry.job)]
        return any(fire_of(start, self.fires.of(job.schedule), lateness(job.schedule)) is not None for job in jobs)


def history_of(
    host: str | None, events: HostEvents, logs: Logs, jobs: HostJobs, clock: Clock, redactions: Redactions
) -> OneHost:
    """Read the runs of one host and give them to its jobs."""
    runs = HostRuns()
    for moment, log, event in ordered(events, logs, clock):
        runs.take(moment, log, event, logs.names[event.name])
    fires = Fires(clock, spans(events, logs, clock))
    words = tuple((clock.words(first), clock.words(last)) for first, last in fires.spans)
    count = sum(len(track.starts) for track in runs.tracks.values())
    found = OneHost(HostLog(host, tuple(sorted(events.names)), True, words, count))
    groups = _groups(host, runs, logs, jobs, fires, redactions, found)
    left, changes = groups.left, _changes(runs)
    for group in groups.found.values():
        left += _place(found, group, fires, _since(group.entries, changes), logs)
    reached = {id(entry) for group in groups.found.values() for entry in group.entries}
    channels = {name.channel for name in runs.tracks}
    for entry in jobs:
        if id(entry) not in reached:
            _silent(found, entry, fires, channels, changes)
    found.log = HostLog(host, found.log.names, True, words, count, left)
    found.findings.extend(_about_zone(clock, logs.readings[min(events.indices)].path))
    return found


def _groups(
    host: str | None,
    runs: HostRuns,
    logs: Logs,
    jobs: HostJobs,
    fires: Fires,
    redactions: Redactions,
    found: OneHost,
) -> _Groups:
    groups = _Groups(fires)
    for name, track in runs.tracks.items():
        proof = _origin(track, logs)
        text, kinds = redactions.of(name.text, name.cut) if name.channel is Channel.CRON else (name.text, ())
        found.secrets.update(Secret(proof, kind) for kind in kinds)
        fitting = jobs.of(name, text)
        if len(fitting) == 1 and (not name.cut or len(name.text) >= LEAST_KEPT):
            groups.of(fitting[0]).tracks.append(track)
        elif fitting:
            groups.share(track, fitting)
        elif track.starts:
            shown = (
                f"anacron: {text}" if name.channel is Channel.ANACRON else f"{text} …".lstrip() if name.cut else text
            )
            last = fires.clock.words(track.starts[-1])
            found.strangers.append(Stranger(host, name.user, shown, len(track.starts), last, proof))
    return groups


def _place(found: OneHost, group: _Group, fires: Fires, since: Mapping[str, int], logs: Logs) -> int:
    track = group.tracks[0] if len(group.tracks) == 1 else _joined(group.tracks)
    placed, left = place(group.entries, track, fires, since, group.doubtful)
    for each in placed:
        _tell(found, each, fires, several=len(placed) > 1, proof=_origin(track, logs))
    return left


def _tell(found: OneHost, placed: Placed, fires: Fires, *, several: bool, proof: Origin | None) -> None:
    job = placed.entry.job
    runs = told(placed, fires, found.log.host, several, proof)
    found.jobs.append(runs)
    found.timelines[job.id] = placed.track
    found.findings.extend(remarks_of(job, placed.entry.origin, runs, _span(found.log)))


def _silent(
    found: OneHost,
    entry: Entry,
    fires: Fires,
    channels: set[Channel],
    changes: Mapping[str, list[tuple[str, int]]],
) -> None:
    """Tell of an entry without a run: that it never ran, or that the log could not show it."""
    why = why_silent(entry.job, channels) or ("" if fires.spans else _NOBODY)
    if why:
        found.jobs.append(JobRuns(entry.job.id, found.log.host, None, unknown=why))
        return
    [placed], _ = place([entry], Track(), fires, _since([entry], changes))
    _tell(found, placed, fires, several=False, proof=None)


def _joined(tracks: Sequence[Track]) -> Track:
    joined = Track(failed=sum(track.failed for track in tracks), skipped=sum(track.skipped for track in tracks))
    pairs = sorted(pair for track in tracks for pair in zip(track.starts, track.lasting, strict=True))
    joined.starts.extend(start for start, _ in pairs)
    joined.lasting.extend(seconds for _, seconds in pairs)
    joined.proof = max(
        (track for track in tracks if track.starts), key=lambda track: track.starts[-1], default=joined
    ).proof
    return joined


def _changes(runs: HostRuns) -> dict[str, list[tuple[str, int]]]:
    """Index the tabs that were read anew by the last part of their path."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (_, tab), moment in runs.changed.items():
        ending = tab.lstrip("/")
        if ending:
            found[ending.rpartition("/")[2]].append((ending, moment))
    return found


def _since(entries: Sequence[Entry], changes: Mapping[str, list[tuple[str, int]]]) -> dict[str, int]:
    """Give when each entry's tab was last read anew: cron names a system tab by its path, a user's by its end."""
    found: dict[str, int] = {}
    for path in {entry.origin.path for entry in entries}:
        for ending, moment in changes.get(path.rpartition("/")[2], ()):
            if path == ending or path.endswith("/" + ending):
                found[path] = max(moment, found.get(path, 0))
    return found


def _origin(track: Track, logs: Logs) -> Origin:
    log, line = track.proof
    return Origin(logs.readings[log].path, line)


def _span(log: HostLog) -> str:
    if not log.spans:
        return "in the log"
    where = f"in the log of {log.host}" if log.host else "in the log"
    gaps = ", gaps left out," if len(log.spans) > 1 else ""
    return f"{where} from {log.spans[0][0]} to {log.spans[-1][1]}{gaps}"


def _about_zone(clock: Clock, log: str) -> Iterator[Finding]:
    """Say where the log's offset is not that of the zone that the host is said to have."""
    if clock.zone is None:
        return
    for offset, moment in sorted(clock.offsets.items()):
        known = clock.offset_at(moment)
        if known != offset * 60:
            text = (
                f"the log writes its times at {_signed(offset)}, and {clock.zone.key} is at {_signed(known // 60)} then"
            )
            remedy = "see which zone the host's cron really has: `timedatectl`, or the log's own host"
            yield Finding(Origin(log), "log-zone", text, remedy, Severity.SILENT)
            return


def _signed(minutes: int) -> str:
    size = abs(minutes)
    return f"{'-' if minutes < 0 else '+'}{size // 60:02d}:{size % 60:02d}"
