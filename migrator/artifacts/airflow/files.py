"""All files of DAGs: one for each workflow, the templates of their commands, what must be installed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from migrator.artifacts.airflow.dag_text import Place, dag_text
from migrator.artifacts.airflow.documents import Stack, stack_file, stacks_of
from migrator.artifacts.airflow.draft import Draft, draft
from migrator.artifacts.airflow.python_text import identifier, names
from migrator.artifacts.airflow.requirements import requirements
from migrator.artifacts.airflow.work import Work
from migrator.artifacts.parts.file import CannotBeSaidError, File
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import WorkflowPart

TARGET = Target.AIRFLOW


def make(plan: MigrationPlan) -> tuple[list[File], dict[str, str]]:
    """Give the files of all workflows that go to an Airflow of one's own, and by job why it has none."""
    return dags(plan, TARGET, "airflow")


def dags(plan: MigrationPlan, target: Target, folder: str) -> tuple[list[File], dict[str, str]]:
    """Give the DAGs of a target below a folder, the templates of their commands, and the requirements."""
    left_out: dict[str, str] = {}
    drafts = _drafts(plan, target, left_out)
    if not drafts:
        return [], left_out
    stacks = stacks_of(document for one in drafts for document in one.documents.values())
    places = _places(stacks)
    files = [stack_file(stack, folder) for stack in stacks]
    for one in drafts:
        jobs = tuple(work.job.id for work in one.works)
        files.append(File(f"{folder}/dags/{one.key}.py", dag_text(one, places), jobs))
    return [*files, File(f"{folder}/requirements.txt", requirements(drafts), ())], left_out


def _drafts(plan: MigrationPlan, target: Target, left_out: dict[str, str]) -> list[Draft]:
    flows = [flow for c in plan.clusters if c.recommendation.target is target for flow in c.workflows]
    given = frozenset(inflow.upstream for flow in flows for inflow in flow.inflows if not inflow.previous_run)
    read = frozenset(name for job in plan.jobs for name in job.reads)
    found: list[Draft] = []
    for flow in flows:
        works = _works(plan, flow, read, left_out)
        if not works:
            continue
        try:
            found.append(draft(flow, works, target, given))
        except CannotBeSaidError as reason:
            left_out |= {work.job.id: str(reason) for work in works}
    return _tied(found)


def _works(plan: MigrationPlan, flow: WorkflowPart, read: frozenset[str], left_out: dict[str, str]) -> list[Work]:
    """Take the jobs of a workflow. What waits for a job that cannot be said is left out with it."""
    mine = frozenset(flow.jobs)
    works: dict[str, Work] = {}
    lost: list[str] = []
    for job in plan.jobs:
        if job.id not in mine or not job.active:
            continue
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
                hosts[host] = (host_name(f"instance_{host or 'host'}"), what)
        base = constant(stack.name.removeprefix("commands-"))
        file = f"{stack.name}.yaml"
        variable = (identifier(f"commands_{base}_stack"), f"the name of the stack made of {file}")
        place = Place(file, base.upper(), variable, tuple(hosts[host] for host in stack.hosts))
        places |= {document.name: place for document in stack.documents}
    return places
