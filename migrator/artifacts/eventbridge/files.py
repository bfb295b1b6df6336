"""All files for EventBridge Scheduler: the shared one, and one for the jobs of each set of hosts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from migrator.artifacts.eventbridge.stack import Entry, host_file
from migrator.artifacts.parts.file import CannotBeSaidError, File
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import file_names

TARGET = Target.EVENTBRIDGE
# Documents in one file: their names fill its role's policy (10,240 characters), and a template has 500 resources.
_MOST_JOBS = 25
_BASE = "base"

Hosts = tuple[str | None, ...]


def make(plan: MigrationPlan) -> tuple[list[File], dict[str, str]]:
    """Give the files of all jobs that go to EventBridge Scheduler, and by job why it has none."""
    groups: defaultdict[Hosts, list[Entry]] = defaultdict(list)
    left_out: dict[str, str] = {}
    for job, cluster in _members(plan):
        try:
            entry = Entry.of(job, cluster)
        except CannotBeSaidError as reason:
            left_out[job.id] = str(reason)
        else:
            groups[_hosts(job)].append(entry)
    files = [file for name, hosts, entries in _named(groups) for file in [host_file(name, hosts, entries)]]
    return files, left_out


def _members(plan: MigrationPlan) -> Iterator[tuple[JobPart, ClusterPart]]:
    jobs = {job.id: job for job in plan.jobs}
    for cluster in plan.clusters:
        if cluster.recommendation.target is TARGET:
            # A job that cron does not run today has nothing that a file could replace.
            yield from ((jobs[name], cluster) for name in cluster.jobs if jobs[name].active)


def _hosts(job: JobPart) -> Hosts:
    return (job.host, *sorted({replica.host for replica in job.replicas} - {job.host}))


def _named(groups: dict[Hosts, list[Entry]]) -> Iterator[tuple[str, Hosts, Sequence[Entry]]]:
    """Give each file its name: the first host's, a number where one file cannot hold all its jobs."""
    ordered = sorted(groups.items(), key=lambda item: tuple(host or "" for host in item[0]))
    wanted = [(_BASE, _BASE)]  # taken
    parts: list[tuple[str, Hosts, Sequence[Entry]]] = []
    for number, (hosts, entries) in enumerate(ordered):
        title = (hosts[0] or "host") + (f"-and-{len(hosts) - 1}-more" if len(hosts) > 1 else "")
        by_place = sorted(entries, key=lambda entry: (entry.job.origin.path, entry.job.origin.line, entry.job.id))
        for part, some in enumerate(_batches(by_place)):
            key = f"{number}.{part}"
            wanted.append((key, title))
            parts.append((key, hosts, some))
    names = file_names(wanted)
    return ((names[key], hosts, some) for key, hosts, some in parts)


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for begin in range(0, len(entries), _MOST_JOBS):
        yield entries[begin : begin + _MOST_JOBS]
