"""All files for Step Functions: one for the workflows of each cluster, several where one cannot hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from migrator.artifacts.parts.file import CannotBeSaidError, File, Making
from migrator.artifacts.parts.jobs import shared_form
from migrator.artifacts.parts.parameters import MOST_INSTANCES
from migrator.artifacts.step_functions.definition import Plan
from migrator.artifacts.step_functions.stack import ClusterStack
from migrator.artifacts.step_functions.work import Work
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart, WorkflowPart
from migrator.plan.jobs import JobPart

TARGET = Target.STEP_FUNCTIONS
_PIECE = 8  # clusters
_MOST_TASKS = 40  # in one file: a machine's role names its documents in 10,240 characters, a template has 1 MB
_MOST_RESOURCES = 400  # of 500 in a template (CloudFormation, quotas)
_TOO_MANY = f"its workflow has more than {_MOST_TASKS} tasks, more than the policy of one role can name"


def pieces(plan: MigrationPlan) -> Iterator[Making]:
    """Give what makes the files of all workflows that go to Step Functions, and says by job why it has none."""
    jobs = {job.id: job for job in plan.jobs}
    read = frozenset(name for job in plan.jobs for name in job.reads)
    mine = [cluster for cluster in plan.clusters if cluster.recommendation.target is TARGET]
    for begin in range(0, len(mine), _PIECE):
        yield partial(_made, mine[begin : begin + _PIECE], jobs, read)


def _made(
    clusters: Sequence[ClusterPart], jobs: Mapping[str, JobPart], read: frozenset[str]
) -> tuple[list[File], dict[str, str]]:
    files: list[File] = []
    left_out: dict[str, str] = {}
    for cluster in clusters:
        try:
            # Nearly always all of a cluster's workflows can be restated: then nothing is made twice.
            stacks = _stacks(cluster, [_plan(flow, mine, read) for flow, mine in _flows(cluster, jobs)])
        except CannotBeSaidError:
            stacks = _stacks(cluster, _weighed(cluster, jobs, read, left_out))
        files += _files(cluster, stacks)
    return files, left_out


def _flows(cluster: ClusterPart, jobs: Mapping[str, JobPart]) -> Iterator[tuple[WorkflowPart, list[JobPart]]]:
    for workflow in cluster.workflows:
        mine = [jobs[name] for name in workflow.jobs if jobs[name].active]
        if mine:
            yield workflow, mine


def _weighed(
    cluster: ClusterPart, jobs: Mapping[str, JobPart], read: frozenset[str], left_out: dict[str, str]
) -> list[Plan]:
    """Give the workflows that can be restated, each by itself, which shows only in the attempt."""
    found: list[Plan] = []
    for workflow, mine in _flows(cluster, jobs):
        try:
            plan = _plan(workflow, mine, read)
            ClusterStack.of(cluster, [plan])
        except CannotBeSaidError as reason:
            left_out |= {job.id: str(reason) for job in mine}
        else:
            found.append(plan)
    return found


def _plan(workflow: WorkflowPart, jobs: Sequence[JobPart], read: frozenset[str]) -> Plan:
    """Weigh a workflow; raise CannotBeSaidError where it cannot be restated."""
    works: list[Work] = []
    if len(jobs) > _MOST_TASKS:
        raise CannotBeSaidError(_TOO_MANY)
    for job in jobs:
        try:
            works.append(Work.of(job, workflow, read))
        except CannotBeSaidError as reason:
            if len(jobs) == 1:
                raise
            msg = f"{job.id}, which belongs to its workflow, cannot be restated: {reason}"
            raise CannotBeSaidError(msg) from reason
    if sum(len(work.tasks) for work in works) > _MOST_TASKS:
        raise CannotBeSaidError(_TOO_MANY)
    return Plan.of(workflow, tuple(works), shared_form(jobs, TARGET), MOST_INSTANCES)


def _stacks(cluster: ClusterPart, plans: Sequence[Plan]) -> list[ClusterStack]:
    """Put workflows into as few templates as hold them; raise CannotBeSaidError."""
    batches: list[list[Plan]] = []
    tasks = resources = 0
    for plan in plans:
        own = sum(len(work.tasks) for work in plan.works)
        if not batches or tasks + own > _MOST_TASKS or resources + plan.resources > _MOST_RESOURCES:
            batches.append([])
            tasks = resources = 0
        batches[-1].append(plan)
        tasks += own
        resources += plan.resources
    return [ClusterStack.of(cluster, some) for some in batches]


def _files(cluster: ClusterPart, stacks: Sequence[ClusterStack]) -> Iterator[File]:
    for number, stack in enumerate(stacks, start=1):
        yield stack.file(cluster.file_name + (f"-part-{number}" if len(stacks) > 1 else ""))
