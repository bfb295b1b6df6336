"""Read all logs and lay them beside the jobs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from migrator.history.clocks import Clock
from migrator.history.durations import durations_of, glimpsed, measured
from migrator.history.events import MOST_EVENTS, Names
from migrator.history.hosts import Told, hosts_of, matched, place_of
from migrator.history.matching import HostJobs, Redactions, by_host
from migrator.history.merging import HostEvents, Logs
from migrator.history.messages import Kind
from migrator.history.one_host import OneHost, history_of
from migrator.history.reading import Reading, read_log
from migrator.history.shown_names import shown_names
from migrator.history.stamps import Stamp, in_words
from migrator.history.streams import logs_below
from migrator.history.types import BadLines, Durations, History, HostLog, LogFile, Stranger, Track
from migrator.history.years import placed, years_of
from migrator.inventory.types import HostZone
from migrator.model import Job, JobId, Origin

MOST_STRANGERS = 500


def take(paths: Sequence[Path], jobs: Sequence[Job], zones: Sequence[HostZone], reference: date) -> History:
    """Read logs (files, or folders of them) and give what they tell of the jobs.

    `zones` are those of the scanned hosts; `reference` is the day that stamps without a year do not lie behind. Raise
    HistoryError for a log that is not there; whatever a log holds is told in the history.
    """
    hosts = hosts_of(jobs, (zone.host for zone in zones))
    readings, names = _read(paths, hosts)
    logs = Logs(readings, years_of(readings, reference), names.listed())
    told = [(name.host, name.place) for name in logs.names]
    known, findings = matched(told, hosts, readings[0].path if readings else "")
    events, foreign = _dealt(logs, told, known)
    index, clocks, redactions = by_host(jobs), _clocks(jobs, zones), Redactions()
    found = [
        history_of(host, of_host, logs, index.get(host, HostJobs()), clocks.get(host) or Clock(None), redactions)
        for host, of_host in sorted(events.items(), key=lambda item: (item[0] is not None, item[0] or ""))
    ]
    strangers = sorted((stranger for one in found for stranger in _ranked(one)), key=lambda stranger: stranger.rank)
    return History(
        files=tuple(_file(reading, logs.years.get(reading.path)) for reading in readings),
        bad=tuple(sorted(bad for reading in readings for bad in _bad(reading))),
        hosts=(*(one.log for one in found), *_unscanned(foreign)),
        jobs=tuple(sorted((runs for one in found for runs in one.jobs), key=lambda runs: (runs.job, runs.host or ""))),
        strangers=tuple(strangers),
        more_strangers=sum(max(0, len(one.strangers) - MOST_STRANGERS) for one in found),
        findings=(*findings, *(finding for one in found for finding in one.findings)),
        secrets=tuple(sorted({secret for one in found for secret in one.secrets})),
        timelines={(job, one.log.host): track for one in found for job, track in one.timelines.items()},
    )


def with_durations(jobs: Iterable[Job], history: History) -> tuple[Job, ...]:
    """Give the jobs the durations that the logs tell, all hosts of a job together; too few runs as a glimpse only."""
    tracks: dict[JobId, list[Track]] = defaultdict(list)
    for (job, _), track in history.timelines.items():
        tracks[job].append(track)
    return tuple(_with_duration(job, durations_of(tracks.get(job.id, ()))) for job in jobs)


def _with_duration(job: Job, found: Durations | None) -> Job:
    return replace(job, measured=measured(found), glimpsed=glimpsed(found)) if found is not None else job


def _read(paths: Sequence[Path], hosts: Sequence[str | None]) -> tuple[list[Reading], Names]:
    files = list(dict.fromkeys(file.resolve() for path in paths for file in logs_below(path)))
    names, room, readings = Names(), MOST_EVENTS, []
    for file, shown in sorted(zip(files, shown_names(files), strict=True), key=lambda item: item[1]):
        readings.append(read_log(file, shown, place_of(file, hosts), names, room))
        room -= len(readings[-1].events)
    return readings, names


def _dealt(
    logs: Logs, told: Sequence[Told], known: Mapping[Told, str | None]
) -> tuple[dict[str | None, HostEvents], dict[str, int]]:
    """Deal the events to the scanned hosts; of others, count the starts by the host's name."""
    events: dict[str | None, HostEvents] = defaultdict(HostEvents)
    foreign: dict[str, int] = defaultdict(int)
    for log, reading in enumerate(logs.readings):
        for index, (name, kind) in enumerate(reading.events.names_and_kinds()):
            each = told[name]
            if each in known:
                events[known[each]].add(log, index, each[0])
            else:
                foreign[each[0]] += kind == Kind.START
    return events, foreign


def _clocks(jobs: Sequence[Job], zones: Sequence[HostZone]) -> dict[str | None, Clock]:
    """Give each host its zone: as the inventory names it, else the one that all schedules of its jobs have."""
    named: dict[str | None, str | None] = {zone.host: zone.timezone for zone in zones}
    of_jobs: dict[str | None, set[str | None]] = defaultdict(set)
    for job in jobs:
        if not job.schedule.own_zone:
            of_jobs[job.host].add(job.schedule.timezone)
    clocks: dict[str | None, Clock] = {}
    for host in {*named, *of_jobs}:
        common = of_jobs.get(host, set())
        zone = named.get(host) or (next(iter(common)) if len(common) == 1 else None)
        clocks[host] = Clock(ZoneInfo(zone) if zone else None)
    return clocks


def _ranked(one: OneHost) -> list[Stranger]:
    return sorted(one.strangers, key=lambda stranger: (-stranger.runs, stranger.rank))[:MOST_STRANGERS]


def _unscanned(foreign: Mapping[str, int]) -> list[HostLog]:
    return [HostLog(name or None, (name,), False, (), runs) for name, runs in sorted(foreign.items())]


def _file(reading: Reading, year: int | None) -> LogFile:
    first, last = (_words(end, year) for end in (reading.first, reading.last))
    how = "" if year is None else "the years are inferred: the log writes none"
    return LogFile(reading.path, reading.lines, reading.runs, reading.other, reading.unread, first, last, how)


def _words(end: tuple[Stamp, int] | None, year: int | None) -> str | None:
    return None if end is None else in_words(placed(end[0].seconds, end[1], year))


def _bad(reading: Reading) -> list[BadLines]:
    found = sorted(reading.bad.values())
    return [*found, BadLines(Origin(reading.path), reading.broken, 0)] if reading.broken else found
