"""All files for EventBridge Scheduler: the shared one, and one for the jobs of each set of hosts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from migrator.artifacts.eventbridge.stack import Entry, host_file
from migrator.artifacts.parts.file import CannotBeSaidError, File, Making
from migrator.artifacts.parts.jobs import Hosts, hosts_of
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import file_names

TARGET = Target.EVENTBRIDGE
# Documents in one file: their names fill its role's policy (10,240 characters), and a template has 500 resources.
_MOST_JOBS = 25
_BASE = "base"
_PIECE = 8  # files


class Group(NamedTuple):
    """What one file is for: hosts, and the region that cloud calls name (None: the stack's own)."""

    hosts: Hosts
    region: str | None


def pieces(plan: MigrationPlan) -> Iterator[Making]:
    """Give what makes the files of all jobs that go to EventBridge Scheduler, and says by job why it has none."""
    groups: defaultdict[Group, list[Entry]] = defaultdict(list)
    read = frozenset(name for job in plan.jobs for name in job.reads)
    left_out: dict[str, str] = {}
    before = _before(plan)
    for job, tasks in _members(plan):
        try:
            entry = replace(Entry.of(job, tasks, read), after=before.get(job.id, ()))
        except CannotBeSaidError as reason:
            left_out[job.id] = str(reason)
        else:
            groups[Group(hosts_of(job), entry.call.region if entry.call else None)].append(entry)
    yield lambda: ([], left_out)
    named = list(_named(groups))
    for begin in range(0, len(named), _PIECE):
        yield partial(_files, named[begin : begin + _PIECE])


def _files(named: Sequence[tuple[str, Group, Sequence[Entry]]]) -> tuple[list[File], dict[str, str]]:
    return [host_file(name, group.hosts, entries) for name, group, entries in named], {}


def _members(plan: MigrationPlan) -> Iterator[tuple[JobPart, Sequence[TaskPart]]]:
    jobs = {job.id: job for job in plan.jobs}
    for cluster in plan.clusters:
        if cluster.recommendation.target is not TARGET:
            continue
        tasks: defaultdict[str, list[TaskPart]] = defaultdict(list)
        for task in (task for flow in cluster.workflows for task in flow.tasks):
            tasks[task.job].append(task)
        # A job that cron does not run today has nothing that a file could replace.
        yield from ((jobs[name], tasks[name]) for name in cluster.jobs if jobs[name].active)


def _before(plan: MigrationPlan) -> dict[str, list[str]]:
    """Give the jobs that should have succeeded before another that starts at the same minutes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for cluster in plan.clusters:
        if cluster.recommendation.target is TARGET:
            for up, down in (pair for flow in cluster.workflows for pair in flow.job_order):
                found[down].append(up)
    return found


def _named(groups: dict[Group, list[Entry]]) -> Iterator[tuple[str, Group, Sequence[Entry]]]:
    """Give each file its name: the first host's, a number where one file cannot hold all its jobs."""
    ordered = sorted(groups.items(), key=lambda item: ([host or "" for host in item[0].hosts], item[0].region or ""))
    wanted = [(_BASE, _BASE)]  # taken
    parts: list[tuple[str, Group, Sequence[Entry]]] = []
    for number, (group, entries) in enumerate(ordered):
        hosts = group.hosts
        title = (hosts[0] or "host") + (f"-and-{len(hosts) - 1}-more" if len(hosts) > 1 else "")
        title += f"-{group.region}" if group.region else ""
        by_place = sorted(entries, key=lambda entry: (entry.job.origin.path, entry.job.origin.line, entry.job.id))
        for part, some in enumerate(_batches(by_place)):
            key = f"{number}.{part}"
            wanted.append((key, title))
            parts.append((key, group, some))
    names = file_names(wanted)
    return ((names[key], group, some) for key, group, some in parts)


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for begin in range(0, len(entries), _MOST_JOBS):
        yield entries[begin : begin + _MOST_JOBS]
