"""What is switched off in each wave: the lines of each file, and the minutes in which that harms no start."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrator.inventory.types import Inventory, LedgerRow
from migrator.model import Job, Origin
from migrator.plan.moving import MinutesPart, QuietPart, SwitchPart, TabPart, WavePart
from migrator.plan.pauses import Pause, clock, is_busy, longest_pause, rule_of, starts_of
from migrator.schedules.compare.proof import SPAN
from migrator.schedules.cron.zones import pieces
from migrator.sources.items import Format

_KINDS = ("busy", "tight", "clockless", "quiet")


def with_switches(waves: Iterable[WavePart], inventory: Inventory) -> tuple[WavePart, ...]:
    """Add to each wave the files and lines that it switches off, and when."""
    jobs = {str(job.id): job for job in inventory.jobs}
    rows = {row.path: row for row in inventory.ledger}
    return tuple(_switched(wave, [jobs[job] for job in wave.jobs if job in jobs], rows) for wave in waves)


def _switched(wave: WavePart, jobs: Sequence[Job], rows: Mapping[str, LedgerRow]) -> WavePart:
    return wave.model_copy(
        update={"tabs": tuple(_tabs(jobs, rows)), "minutes": tuple(_minutes(jobs)), "quiet": tuple(_quiet(jobs))}
    )


def _tabs(jobs: Iterable[Job], rows: Mapping[str, LedgerRow]) -> Iterator[TabPart]:
    places: defaultdict[tuple[str, str | None], list[tuple[Origin, Job]]] = defaultdict(list)
    for job in jobs:
        for host, origin in [(job.host, job.origin), *((copy.host, copy.origin) for copy in job.replicas)]:
            places[origin.path, host].append((origin, job))
    for (path, host), found in sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        row = rows.get(path)
        first = found[0][1]
        yield TabPart(
            path=path,
            host=host,
            format=row.format if row else first.source,
            user=first.user if first.source == Format.CRONTAB else None,
            digest=row.digest if row else None,
            lines=tuple(SwitchPart(line=line, job=job) for line, job in sorted((o.line, str(j.id)) for o, j in found)),
        )


def _minutes(jobs: Iterable[Job]) -> Iterator[MinutesPart]:
    alike: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for job in jobs:
        rule = rule_of(job.schedule)
        alike[_KINDS.index(rule.kind), rule.text].append(str(job.id))
    for (kind, text), found in sorted(alike.items(), key=lambda item: (item[0][0], item[1])):
        yield MinutesPart(kind=_KINDS[kind], jobs=tuple(sorted(found)), rule=text)


def _quiet(jobs: Iterable[Job]) -> Iterator[QuietPart]:
    by_clock: defaultdict[tuple[str | None, str | None], list[Job]] = defaultdict(list)
    for job in jobs:
        if job.schedule.fields is not None:
            for host in dict.fromkeys([job.host, *(copy.host for copy in job.replicas)]):
                by_clock[host, job.schedule.timezone].append(job)
    # Hosts of one kind have the same jobs.
    alike: dict[tuple[int, ...], tuple[Pause | None, tuple[str, ...], int]] = {}
    for (host, zone), found in sorted(by_clock.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")):
        same = tuple(map(id, found))
        if same not in alike:
            alike[same] = _pause(found)
        pause, busy, counted = alike[same]
        yield QuietPart(
            host=host,
            timezone=zone,
            begin=clock(pause.begin) if pause else "",
            end=clock(pause.end) if pause else "",
            minutes=pause.length if pause else 0,
            pauses=pause is not None,
            jobs=counted,
            busy=busy,
            clock_changes=_changes(zone),
        )


def _pause(jobs: Sequence[Job]) -> tuple[Pause | None, tuple[str, ...], int]:
    """Find the longest pause of jobs together, and give the busy ones, without which it is, and how many others are."""
    busy = tuple(sorted(str(job.id) for job in jobs if is_busy(job.schedule)))
    counted = [job for job in jobs if not is_busy(job.schedule)]
    return longest_pause(time for job in counted for time in starts_of(job.schedule)), busy, len(counted)


@lru_cache
def _changes(zone: str | None) -> bool:
    return zone is None or len(pieces(ZoneInfo(zone), SPAN[0] // 60, SPAN[1] // 60)) > 1
