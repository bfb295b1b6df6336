"""Join jobs into clusters and count what is in them."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from migrator.clusters.kin import kin
from migrator.clusters.shape import Shape, shape
from migrator.clusters.starts import effective_schedules, runs_per_month
from migrator.clusters.types import Cluster, Metrics
from migrator.commands.facts import CommandFacts
from migrator.graph.types import Dependency, JobGraph
from migrator.model import Job, JobId, Range


class Part(NamedTuple):
    """The jobs of a cluster, by id but for kin, and the dependencies among them."""

    jobs: tuple[JobId, ...]
    dependencies: tuple[Dependency, ...]


_COMMON = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_. /][A-Za-z0-9]+)*(?=[-_. /])")


def group(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], graph: JobGraph) -> tuple[Cluster, ...]:
    """Give the clusters by id, every job in one. Dependencies of both lags join, and kin do; relations do not."""
    by_id = {job.id: job for job in jobs}
    made = [cluster_of(part, by_id, facts) for part in parts(jobs, facts, graph)]
    return tuple(sorted(made, key=lambda cluster: cluster.id))


def parts(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], graph: JobGraph) -> list[Part]:
    """Give the jobs of each cluster and what ties them; nothing is measured, and they have no order."""
    by_id = {job.id: job for job in sorted(jobs, key=lambda one: one.id)}
    roots = _roots(by_id, graph.dependencies)
    members: defaultdict[JobId, list[JobId]] = defaultdict(list)
    for job in by_id:
        members[roots[job]].append(job)
    inside: defaultdict[JobId, list[Dependency]] = defaultdict(list)
    for dependency in graph.dependencies:
        inside[roots[dependency.upstream]].append(dependency)
    lone = [by_id[ids[0]] for ids in members.values() if len(ids) == 1]
    repeated = [(one.upstream, one.downstream) for one in graph.relations if "repeats" in one.basis]
    groups = [ids for ids in members.values() if len(ids) > 1] + kin(lone, facts, repeated)
    return [Part(tuple(ids), tuple(inside.get(roots[ids[0]], ()))) for ids in groups]


def _roots(jobs: Iterable[JobId], dependencies: Iterable[Dependency]) -> dict[JobId, JobId]:
    """Join by union-find; the smallest id of a cluster stands for it."""
    parent = {job: job for job in jobs}

    def root(job: JobId) -> JobId:
        while parent[job] != job:
            parent[job] = parent[parent[job]]
            job = parent[job]
        return job

    for dependency in dependencies:
        one, other = root(dependency.upstream), root(dependency.downstream)
        if one != other:
            parent[max(one, other)] = min(one, other)
    return {job: root(job) for job in parent}


def cluster_of(part: Part, by_id: Mapping[JobId, Job], facts: Mapping[JobId, CommandFacts]) -> Cluster:
    """Name and measure a cluster; `by_id` may hold other jobs too."""
    jobs, dependencies = {job: by_id[job] for job in part.jobs}, part.dependencies
    measured = shape(tuple(jobs), dependencies)
    main = main_job(tuple(jobs), measured)
    return Cluster(
        id=main,
        title=title_of(jobs, main),
        jobs=tuple(jobs),
        dependencies=dependencies,
        metrics=_metrics(jobs, facts, dependencies, measured),
        cyclic=measured.cyclic,
    )


def main_job(jobs: Iterable[JobId], measured: Shape) -> JobId:
    """Name a group of jobs by one of them: the end of its longest chain, the best connected of equals."""
    return min(jobs, key=lambda job: (-measured.level[job], -measured.degree[job], job))


def _metrics(
    jobs: Mapping[JobId, Job],
    facts: Mapping[JobId, CommandFacts],
    dependencies: Sequence[Dependency],
    measured: Shape,
) -> Metrics:
    of_jobs = [facts[job] for job in jobs if job in facts]
    return Metrics(
        jobs=len(jobs),
        steps=sum(len(one.steps) for one in of_jobs),
        units=sum(len(one.units) for one in of_jobs),
        dependencies=measured.edges,
        branches=sum(len(one.branches) for one in of_jobs),
        depth=measured.depth,
        width=measured.width,
        # A job that starts several things at once and waits for them fans out and in by itself.
        fan_in=max([measured.fan_in, *(one.fan_in for one in of_jobs)]),
        fan_out=max([measured.fan_out, *(one.fan_out for one in of_jobs)]),
        runs_per_month=_runs(jobs, dependencies),
    )


def _runs(jobs: Mapping[JobId, Job], dependencies: Iterable[Dependency]) -> Range | None:
    """Add the runs of all active jobs; None where one of them does not say, for a part of a sum is not a sum."""
    schedules = effective_schedules(jobs, dependencies)
    total = Range(Decimal(0), Decimal(0))
    for job in jobs.values():
        if job.active:
            runs = runs_per_month(schedules[job.id])
            if runs is None:
                return None
            total += runs
    return total


def title_of(jobs: Mapping[JobId, Job], main: JobId) -> str:
    """Give what the titles have in common, else the main job's and a count."""
    name = jobs[main].title
    if len(jobs) == 1:
        return name
    if len({job.title for job in jobs.values()}) == 1:
        return f"{name} ({len(jobs)} jobs)"
    common = _COMMON.match(posixpath.commonprefix([job.title for job in jobs.values()]))
    if common and len(common[0]) > 3:
        return f"{common[0]} ({len(jobs)} jobs)"
    return f"{name} and {len(jobs) - 1} more"
