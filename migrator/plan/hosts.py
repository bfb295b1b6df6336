"""What each host is still needed for, wave by wave and in the end: that is where money is saved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from migrator.advice.types import RunsOn
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart
from migrator.plan.moving import HostPart, KeepPart, LeftPart, WavePart

_KEEPING = (RunsOn.CRON, RunsOn.HOST, RunsOn.UPKEEP)
_Lines = tuple[JobPart, int]
"""A job, and how many of its lines stand on the host."""


def hosts_of(
    clusters: Sequence[ClusterPart], jobs: Sequence[JobPart], waves: Sequence[WavePart]
) -> tuple[HostPart, ...]:
    """Give each host that a file speaks of its entries, what is left after each wave, and what keeps it in the end."""
    homes: defaultdict[str | None, list[_Lines]] = defaultdict(list)
    for job in (job for job in jobs if job.has_host):
        # Two copies of a job may stand on one host.
        for host, lines in Counter([job.host, *(replica.host for replica in job.replicas)]).items():
            homes[host].append((job, lines))
    cluster_of = {job: cluster.id for cluster in clusters for job in cluster.jobs}
    wave_of = {job: wave.number for wave in waves for job in wave.jobs}
    return tuple(
        _host(host, found, cluster_of, wave_of) for host, found in sorted(homes.items(), key=lambda item: item[0] or "")
    )


def _host(host: str | None, found: Sequence[_Lines], cluster_of: dict[str, str], wave_of: dict[str, int]) -> HostPart:
    running = [job for job, _ in found if job.runs_today]
    gone = Counter[int]()
    for job, lines in found:
        if job.active and job.id in wave_of:
            gone[wave_of[job.id]] += lines
    entries = sum(lines for job, lines in found if job.runs_today)
    left, after = entries, []
    for wave, count in sorted(gone.items()):
        left -= count
        after.append(LeftPart(wave=wave, left=left))
    needed = [job for job in running if _runs_on(job) in (RunsOn.CRON, RunsOn.HOST)]
    leaving = any(job.runs_on is RunsOn.AWS for job in running)
    return HostPart(
        host=host,
        entries=entries,
        inactive=sum(lines for job, lines in found if not job.runs_today),
        after=tuple(after),
        keeps=_keeps(running),
        moves=tuple(sorted({cluster_of[job.id] for job in needed if job.id in cluster_of})),
        emptied=leaving and not needed and all(job.runs_on is not None for job in running),
    )


def _runs_on(job: JobPart) -> RunsOn | None:
    """Say where a job runs when all is done: what the settings ignore stays with cron."""
    return job.runs_on if job.active or not job.runs_today else RunsOn.CRON


def _keeps(jobs: Iterable[JobPart]) -> tuple[KeepPart, ...]:
    alike: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for job in jobs:
        if (where := _runs_on(job)) in _KEEPING:
            why = job.runs_on_why if job.active else job.inactive_why
            alike[_KEEPING.index(where), why or ""].append(job.id)
    return tuple(
        KeepPart(runs_on=_KEEPING[kind], why=why, jobs=tuple(found)) for (kind, why), found in sorted(alike.items())
    )
