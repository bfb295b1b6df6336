"""What a plan says of its files and jobs, by name: looked up for each group of files that is checked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.document import ArtifactPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key

_CLASSES = ("micro", "small", "medium", "large", "xlarge", "2xlarge")
_PRICED = re.compile(r"(?:MWAA environment|Step to) mw1\.(\w+)")


@dataclass(frozen=True, slots=True)
class Listing:
    """A plan's jobs by id and by key, and what it says of each: its files, tasks and workflows, where it must be.

    `flows` are the workflows by their key; `expected` has the target in whose files a job must stand; `locked` has the
    DAGs of a folder that take a lock, `wanted` the jobs whose data other workflows take;
    `classes` are those of MWAA that environments are priced at.
    """

    jobs: Mapping[str, JobPart]
    keys: Mapping[str, JobPart]
    homes: Mapping[str, Sequence[str]]
    tasks: Mapping[str, Sequence[TaskPart]]
    workflows: Mapping[str, Sequence[WorkflowPart]]
    flows: Mapping[str, WorkflowPart]
    expected: Mapping[str, Target]
    locked: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, plan: MigrationPlan) -> Listing:
        """Take it from a plan."""
        jobs = {job.id: job for job in plan.jobs}
        homes: defaultdict[str, list[str]] = defaultdict(list)
        for artifact in plan.artifacts:
            for name in artifact.jobs:
                homes[name].append(artifact.path)
        flows = [flow for cluster in plan.clusters for flow in cluster.workflows]
        tasks: defaultdict[str, list[TaskPart]] = defaultdict(list)
        workflows: defaultdict[str, list[WorkflowPart]] = defaultdict(list)
        for flow in flows:
            for task in flow.tasks:
                tasks[task.job].append(task)
            for name in flow.jobs:
                workflows[job_key(name)].append(flow)
        keys = {job_key(name): job for name, job in jobs.items()}
        by_key = {job_key(flow.id): flow for flow in flows}
        locked = _locked(plan, jobs)
        wanted = frozenset(one.upstream for flow in flows for one in flow.inflows if not one.previous_run)
        return cls(jobs, keys, homes, tasks, workflows, by_key, _expected(plan), locked, wanted, _classes(plan))


def _locked(plan: MigrationPlan, jobs: Mapping[str, JobPart]) -> dict[tuple[str, str], frozenset[str]]:
    """Give the DAGs whose jobs take a lock, by the folder of their environment and the lock."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for artifact in plan.artifacts:
        folder, _, file = artifact.path.rpartition("/")
        for name in artifact.jobs if file.endswith(".py") else ():
            for lock in jobs[name].locks if name in jobs else ():
                found[folder, lock].add(file)
    return {key: frozenset(names) for key, names in found.items()}


def _classes(plan: MigrationPlan) -> frozenset[str]:
    """Give the largest class in the bills of the clusters of each environment."""
    found: set[str] = set()
    mine = [one.clusters for one in plan.portfolio.environments if one.target is Target.MWAA]
    for names in [*mine, [one.id for one in plan.clusters if one.recommendation.target is Target.MWAA]]:
        bills = [one.recommendation.estimates.get(Target.MWAA) for one in plan.clusters if one.id in names]
        lines = [line.name for bill in bills if bill is not None for line in bill.lines]
        sizes = [_CLASSES.index(match[1]) for name in lines if (match := _PRICED.match(name))]
        found |= {f"mw1.{_CLASSES[max(sizes)]}"} if sizes else set()
    return frozenset(found)


def _expected(plan: MigrationPlan) -> dict[str, Target]:
    """Give the jobs that must be in the files of a target: what goes there, but for what was left out with a reason."""
    active = {job.id for job in plan.jobs if job.active}
    left_out = {part.job for part in plan.left_out}
    return {
        name: cluster.recommendation.target
        for cluster in plan.clusters
        for name in cluster.jobs
        if name in active and name not in left_out
    }


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are checked together, and the jobs that must stand in them."""

    artifacts: tuple[ArtifactPart, ...]
    jobs: tuple[str, ...]


def groups(plan: MigrationPlan, listing: Listing, ties: Sequence[tuple[str, str]] = ()) -> list[Group]:
    """Part the files so that no job stands in two groups, and what `ties` names (paths, ids of jobs) is in one.

    Files of no job are one group; so is each job without a file. The groups stand in the order of their first files.
    """
    joined = _Joined()
    alone = [artifact.path for artifact in plan.artifacts if not artifact.jobs]
    for artifact in plan.artifacts:
        for name in artifact.jobs or alone[:1]:
            joined.join(artifact.path, name)
    for name in listing.expected:
        joined.join(name, name)
    for one, other in ties:
        joined.join(one, other)
    artifacts: defaultdict[str, list[ArtifactPart]] = defaultdict(list)
    names: defaultdict[str, list[str]] = defaultdict(list)
    for artifact in plan.artifacts:
        artifacts[joined.root(artifact.path)].append(artifact)
    for name in sorted(listing.expected):
        names[joined.root(name)].append(name)
    return [Group(tuple(artifacts[root]), tuple(names[root])) for root in dict.fromkeys((*artifacts, *names))]


class _Joined:
    """Names that belong together: each leads to another one, and in the end to its group's root."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        above = self._above
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    def join(self, one: str, other: str) -> None:
        self._above[self.root(one)] = self.root(other)
