"""All files of DAGs: one for each workflow, the templates of their commands, what must be installed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from migrator.artifacts.airflow.dag_text import Place, dag_text
from migrator.artifacts.airflow.documents import MANAGED_POLICY, Stack, stack_file, stacks_of
from migrator.artifacts.airflow.draft import MOST_TASKS, TOO_MANY, Draft, draft
from migrator.artifacts.airflow.permissions import permissions
from migrator.artifacts.airflow.python_text import identifier, names
from migrator.artifacts.airflow.requirements import requirements
from migrator.artifacts.airflow.work import Work
from migrator.artifacts.parts.cloudformation import described
from migrator.artifacts.parts.file import CannotBeSaidError, File, Making
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import WorkflowPart
from migrator.plan.document import EnvironmentPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import file_names

TARGET = Target.AIRFLOW


@dataclass(frozen=True, slots=True)
class Group:
    """The clusters of one environment, the folder of its files, and what the plan says of it."""

    folder: str
    clusters: frozenset[str]
    environment: EnvironmentPart | None


def pieces(plan: MigrationPlan) -> Iterator[Making]:
    """Give what makes all files: DAGs share their templates and names."""
    yield partial(made, plan, TARGET, "airflow")


def made(
    plan: MigrationPlan,
    target: Target,
    folder: str,
    constraints: str | None = None,
    beside: Callable[[MigrationPlan, Group], list[File]] | None = None,
) -> tuple[list[File], dict[str, str]]:
    """Give the files of all workflows that go to a target, and by job why it has none; `beside` adds to DAGs."""
    files: list[File] = []
    left_out: dict[str, str] = {}
    for group in groups(plan, target, folder):
        found, without = dags(plan, target, group, constraints)
        files += found
        left_out |= without
        if found and beside is not None:
            files += beside(plan, group)
    return files, left_out


def groups(plan: MigrationPlan, target: Target, folder: str) -> list[Group]:
    """Give the environments of a target; what shares none, such as owners kept apart, has folders of its own."""
    mine = [one for one in plan.portfolio.environments if one.target is target]
    going = frozenset(cluster.id for cluster in plan.clusters if cluster.recommendation.target is target)
    if len(mine) < 2:
        return [Group(folder, going, mine[0] if mine else None)] if going else []
    names_of = file_names((one.name or "shared", one.name or "shared") for one in mine)
    found = [Group(f"{folder}/{names_of[one.name or 'shared']}", frozenset(one.clusters) & going, one) for one in mine]
    rest = going.difference(*(group.clusters for group in found))
    return [*found, *([Group(folder, rest, None)] if rest else [])]


def dags(
    plan: MigrationPlan, target: Target, group: Group, constraints: str | None = None
) -> tuple[list[File], dict[str, str]]:
    """Give the DAGs of an environment, the templates of their commands, and the requirements."""
    folder = group.folder
    left_out: dict[str, str] = {}
    drafts = _drafts(plan, target, group.clusters, left_out)
    if not drafts:
        return [], left_out
    stacks = stacks_of(document for one in drafts for document in one.documents.values())
    places = _places(stacks)
    leave = permissions(drafts, folder)
    policies = len(stacks) + sum(one.text.count(MANAGED_POLICY) for one in leave)
    files = [stack_file(stack, folder, policies) for stack in stacks]
    for one in drafts:
        jobs = tuple(work.job.id for work in one.works)
        files.append(File(f"{folder}/dags/{one.key}.py", dag_text(one, places), jobs))
    return [*files, *leave, File(f"{folder}/requirements.txt", requirements(drafts, constraints), ())], left_out


def _drafts(plan: MigrationPlan, target: Target, clusters: frozenset[str], left_out: dict[str, str]) -> list[Draft]:
    flows = [flow for cluster in plan.clusters if cluster.id in clusters for flow in cluster.workflows]
    given = frozenset(inflow.upstream for flow in flows for inflow in flow.inflows if not inflow.previous_run)
    read = frozenset(name for job in plan.jobs for name in job.reads)
    places = {job.id: place for place, job in enumerate(plan.jobs)}
    found: list[Draft] = []
    for flow in flows:
        jobs = [plan.jobs[place] for place in sorted(places[name] for name in flow.jobs) if plan.jobs[place].active]
        if len(jobs) > MOST_TASKS:
            left_out |= dict.fromkeys((job.id for job in jobs), TOO_MANY)
            continue
        works = _works(jobs, flow, read, left_out)
        if not works:
            continue
        try:
            found.append(draft(flow, works, target, given))
        except CannotBeSaidError as reason:
            left_out |= {work.job.id: str(reason) for work in works}
    return _tied(found)


def _works(jobs: Sequence[JobPart], flow: WorkflowPart, read: frozenset[str], left_out: dict[str, str]) -> list[Work]:
    """Take the jobs of a workflow. What waits for a job that cannot be said is left out with it."""
    works: dict[str, Work] = {}
    lost: list[str] = []
    for job in jobs:
        try:
            works[job.id] = Work.of(job, flow, read)
        except CannotBeSaidError as reason:
            left_out[job.id] = str(reason)
            lost.append(job.id)
    while lost:
        former = lost.pop()
        for up, down in flow.job_order:
            if up == former and down in works:
                del works[down]
                left_out[down] = f"it starts when {up} has succeeded, and that is left out"
                lost.append(down)
    return list(works.values())


def _tied(drafts: Sequence[Draft]) -> list[Draft]:
    """Say what each DAG takes from others, where both run as often, and the pools of locks that several share."""
    home = {job: one for one in drafts for job in one.given}
    pools = _pools(drafts)
    tied: list[Draft] = []
    for one in drafts:
        there = [flow for flow in one.workflow.inflows if not flow.previous_run and flow.upstream in home]
        wanted = [flow for flow in one.workflow.inflows if not flow.previous_run]
        often = {home[flow.upstream].workflow.runs_per_month for flow in there} | {one.workflow.runs_per_month}
        whole = len(there) == len(wanted) and len(often) == 1
        tied.append(replace(one, inflows=tuple(there) if whole else (), pools=pools))
    return tied


def _pools(drafts: Iterable[Draft]) -> Mapping[str, str]:
    takers: defaultdict[str, set[str]] = defaultdict(set)
    for one in drafts:
        for work in one.works:
            for lock in work.job.locks:
                takers[lock].add(one.key)
    name = names()
    shared = sorted(lock for lock, keys in takers.items() if len(keys) > 1)
    return {lock: name(f"lock_{lock.rpartition('/')[2] or lock}") for lock in shared}


def _places(stacks: Sequence[Stack]) -> dict[str, Place]:
    """Name the constants and Variables of each stack; a host has one Variable for all of them."""
    constant, host_name = names(), names()
    hosts: dict[str | None, tuple[str, str]] = {}
    places: dict[str, Place] = {}
    for stack in stacks:
        for host in stack.hosts:
            if host not in hosts:
                what = f"the id in Systems Manager (i-... or mi-...) of {host or 'the host that has this crontab'}"
                hosts[host] = (host_name(f"instance_{host or 'host'}"), described(what))
        base = constant(stack.name.removeprefix("commands-"))
        file = f"{stack.name}.yaml"
        variable = (identifier(f"commands_{base}_stack"), f"the name of the stack made of {file}")
        place = Place(file, base.upper(), variable, tuple(hosts[host] for host in stack.hosts))
        places |= {document.name: place for document in stack.documents}
    return places
