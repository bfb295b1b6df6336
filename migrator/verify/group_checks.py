"""The checks of some files and of the jobs in them, by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from migrator.model import ScheduleKind, Target
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key
from migrator.verify import tools
from migrator.verify.answers import Answer, Asked, members
from migrator.verify.commands import command_faults, secret_faults
from migrator.verify.dags.checks import DagOf, dag_verdicts, documents_of
from migrator.verify.files import Files, read_files
from migrator.verify.listing import Group, Listing
from migrator.verify.machines.checks import MachineOf, machine_verdicts, owner
from migrator.verify.machines.definition import MACHINE, Machine, machines_of
from migrator.verify.members import environment_faults, member_faults
from migrator.verify.native import is_native, native_faults, request_of
from migrator.verify.notices import pattern_faults
from migrator.verify.permissions import managed, role_faults
from migrator.verify.replaced import replaced_faults
from migrator.verify.scheduler import Pair, document_faults, schedule_faults, script_of
from migrator.verify.script import Run, ScriptError, read_script
from migrator.verify.stack import DOCUMENT, SCHEDULE, Resource, Stack
from migrator.verify.starts import CHECK as FIRE_TIMES
from migrator.verify.starts import Starts, Written
from migrator.verify.verdicts import judged, skipped

_Found: TypeAlias = "tuple[Machine, Resource, Stack]"


def group_answer(group: Group, listing: Listing, folder: Path, asked: Asked) -> Answer:
    """Check the files of a group."""
    files = read_files(group.artifacts, folder, asked.exported)
    found = found_in(group, listing, files, asked)
    told = tuple(map(members, _of_comments(group, listing, files)))
    return replace(found, verdicts=found.verdicts + told).compared(listing.jobs)


def _of_comments(group: Group, listing: Listing, files: Files) -> Iterator[VerdictPart]:
    """Say where the comment of a template names other lines than those of its jobs; most name theirs."""
    for artifact in group.artifacts:
        if artifact.path in files.stacks:
            mine = [listing.jobs[name] for name in artifact.jobs if name in listing.jobs]
            faults = list(replaced_faults(files.stacks[artifact.path].text, mine))
            for name in (artifact.jobs or ("",)) if faults else ():
                yield judged(name, "what it replaces", [f"{artifact.path}: {fault}" for fault in faults], "")


def found_in(group: Group, listing: Listing, files: Files, asked: Asked) -> Answer:
    """Check all but what cfn-lint says, and the minutes of the schedules."""
    found: list[VerdictPart | Starts] = [
        judged(name, "parse", _unread(files, artifact.path), _kind_of(artifact.path))
        for artifact in group.artifacts
        for name in artifact.jobs or ("",)
    ]
    jobs_of = {artifact.path: artifact.jobs for artifact in group.artifacts}
    for stack in files.stacks.values():
        found += _of_file(jobs_of[stack.path] or ("",), stack, files, listing.classes)
    for name in _expected(group, listing, Target.EVENTBRIDGE):
        found += _of_job(listing, name, files)
    machines = [
        (machine, resource, stack) for stack in files.stacks.values() for machine, resource in machines_of(stack)
    ]
    found += _of_machines(group, listing, files, machines)
    found += _of_dags(group, listing, files)
    return Answer(
        tuple(members(one) for one in found if isinstance(one, VerdictPart)),
        tuple(
            (_shown(one, asked), [listing.keys[key].id for key in one.jobs if key in listing.keys])
            for one, _, _ in machines
        ),
        tuple(files.dags),
        tuple(sorted(_claims(files, machines))),
        tuple(
            (stack.path, name.rpartition("-")[2]) for stack in files.stacks.values() for name in sorted(stack.exports)
        ),
        tuple((stack.path, name) for stack in files.stacks.values() for name in _wanted(stack, files)),
        tuple(one for one in found if isinstance(one, Starts)),
        tuple(files.stacks),
    )


def _shown(machine: Machine, asked: Asked) -> Machine:
    return Machine(machine.name, (), machine.definition if asked.definitions else {}, "")


def _claims(files: Files, machines: Sequence[_Found]) -> Iterator[tuple[str, str]]:
    for key, parts in files.parts.items():
        yield from ((stack.path, key) for stack, _ in parts)
    for machine, _, stack in machines:
        yield from ((stack.path, key) for key in machine.jobs)


def _wanted(stack: Stack, files: Files) -> list[str]:
    """Give the names that a template imports and that no known one exports."""
    return sorted({name.rpartition("-")[2] for name in stack.imports} - files.exported)


def _of_machines(
    group: Group, listing: Listing, files: Files, machines: Sequence[_Found]
) -> Iterator[VerdictPart | Starts]:
    """Check the state machines, and that each job that should be in one is in one."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for machine, resource, stack in machines:
        home = owner(machine, listing.workflows.get(min(machine.jobs, default=""), ()))
        mine = {key: listing.keys[key] for key in machine.jobs if key in listing.keys}
        for job in mine.values():
            homes[job.id].append(stack.path)
        if home is not None:
            yield from machine_verdicts(MachineOf(stack, machine, resource, home, mine))
    for name in _expected(group, listing, Target.STEP_FUNCTIONS):
        said = listing.homes.get(name, ())
        if any(path in files.unread for path in said):
            continue
        faults = [] if len(homes[name]) == 1 else [f"{len(homes[name])} state machines have it"]
        if not faults and list(said) != homes[name]:
            faults = ["it is not in the file that the plan names"]
        yield judged(name, "there once", faults, "one state machine has it")


def _kind_of(path: str) -> str:
    return f"{path} is {'a DAG' if path.endswith('.py') else 'a template' if path.endswith('.yaml') else 'a text'}"


def _of_dags(group: Group, listing: Listing, files: Files) -> Iterator[VerdictPart]:
    """Check the DAGs, and that each job that should be in one is in one."""
    target_of = {artifact.path: artifact.target for artifact in group.artifacts}
    beside: defaultdict[Target, list[Stack]] = defaultdict(list)
    for stack in files.stacks.values():
        beside[target_of[stack.path]].append(stack)
    documents = {target: documents_of(stacks) for target, stacks in beside.items()}
    leave = {target: frozenset(pair for one in stacks for pair in managed(one)) for target, stacks in beside.items()}
    places = {name: one.path.rpartition("/")[2] for one in files.stacks.values() for name in documents_of([one])}
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for artifact in group.artifacts:
        path = artifact.path
        if path not in files.dags:
            continue
        dag = files.dags[path]
        workflow = listing.flows.get(str(dag.arguments.get("dag_id")))
        mine = {name: listing.jobs[name] for name in artifact.jobs if name in listing.jobs}
        if workflow is None or not set(mine) <= set(workflow.jobs):
            for name in mine:
                yield judged(name, "DAG", [f"{path} is for no workflow of the plan"], "")
            continue
        for name in mine:
            homes[name].append(path)
        target = artifact.target
        held = {lock for job in mine.values() for lock in job.locks}
        shared = frozenset(lock for lock in held if len(listing.locked.get((path.rpartition("/")[0], lock), ())) > 1)
        yield from dag_verdicts(
            DagOf(
                path,
                dag,
                workflow,
                mine,
                documents.get(target, {}),
                target,
                places,
                shared,
                listing.wanted,
                leave.get(target, frozenset()),
            )
        )
    for target in (Target.AIRFLOW, Target.MWAA):
        for name in _expected(group, listing, target):
            if not any(path in files.unread for path in listing.homes.get(name, ())):
                faults = [] if len(homes[name]) == 1 else [f"{len(homes[name])} DAGs have it"]
                yield judged(name, "there once", faults, "one DAG has it")


def _expected(group: Group, listing: Listing, target: Target) -> list[str]:
    return [name for name in group.jobs if listing.expected[name] is target]


def _unread(files: Files, path: str) -> list[str]:
    return [f"{path}: {files.unread[path]}"] if path in files.unread else []


def _of_file(mine: Sequence[str], stack: Stack, files: Files, classes: frozenset[str]) -> Iterator[VerdictPart]:
    """Check what belongs to no one job, and say it of each job in the file."""
    path = stack.path
    faults = [
        *stack.faults,
        *(f"the parameter {name} is not used" for name in sorted(stack.parameters.keys() - stack.used)),
        *(
            f"{name} is imported, and no template exports it"
            for name in sorted(stack.imports)
            if name.rpartition("-")[2] not in files.exported
        ),
        *role_faults(stack),
        *member_faults(stack),
        *environment_faults(stack, classes),
        *pattern_faults(stack),
        *_strangers(mine, stack),
    ]
    for name in mine:
        yield judged(name, "references and roles", [f"{path}: {fault}" for fault in faults], f"those of {path} hold")


def _strangers(jobs: Sequence[str], stack: Stack) -> Iterator[str]:
    """Name what would start or run something for no job of the file."""
    keys = {job_key(name) for name in jobs}
    of_workflow = {str(one.metadata.get("Workflow")): _listed_jobs(one) for one in stack.of_kind(MACHINE)}
    for resource in stack.resources.values():
        mine = _listed_jobs(resource) or of_workflow.get(str(resource.metadata.get("Workflow")), set())
        if resource.kind in (SCHEDULE, DOCUMENT) and not (mine and mine <= keys):
            yield f"{resource.name} is for no job of this file"


def _listed_jobs(resource: Resource) -> set[str]:
    """Give the keys of the jobs that a resource says it is for."""
    jobs = resource.metadata.get("Jobs")
    return {resource.job} if resource.job else {str(job) for job in jobs} if isinstance(jobs, list) else set()


def _of_job(listing: Listing, name: str, files: Files) -> Iterator[VerdictPart | Starts]:
    job = listing.jobs[name]
    homes = listing.homes.get(name, ())
    if any(path in files.unread for path in homes):
        return  # the verdict on the file says it
    pair, faults = _pair(job, listing, files)
    yield judged(job.id, "there once", faults, "one thing that runs it, and a schedule for each expression")
    if pair is None:
        return
    if pair.native:
        run, why = Run(), list(native_faults(job, pair.task, pair.schedules))
        yield judged(job.id, "schedule", list(schedule_faults(pair)), "off, complete, and its own")
        yield judged(job.id, "command", why, "the same call with the same arguments")
    else:
        run, why = _run(pair)
        why += secret_faults(job, run, pair.stack)
        yield judged(job.id, "schedule", [*schedule_faults(pair), *document_faults(pair)], "off, complete, and its own")
        yield judged(job.id, "command", why or list(command_faults(job, run)), "the same text, user and environment")
    yield _starts(pair, run)
    yield from _calls(pair)


def _pair(job: JobPart, listing: Listing, files: Files) -> tuple[Pair | None, list[str]]:
    homes = listing.homes.get(job.id, ())
    if not homes:
        return None, ["no file has it, and no reason is given"]
    mine = files.parts.get(job_key(job.id), ())
    schedules = [part for part in mine if part[1].kind == SCHEDULE]
    documents = [part for part in mine if part[1].kind == DOCUMENT]
    faults: list[str] = []
    native = bool(schedules) and all(is_native(schedule) for _, schedule in schedules)
    if len(documents) != (0 if native else 1):
        faults.append(f"{len(documents)} documents run its command")
    if not schedules:
        return None, [*faults, "no schedule starts it"]
    expressions = [str(schedule.properties.get("ScheduleExpression")) for _, schedule in schedules]
    if len(set(expressions)) < len(expressions):
        faults.append("two schedules start it at the same minutes")
    stack = schedules[0][0]
    if list(homes) != [stack.path] or any(other is not stack for other, _ in [*schedules, *documents]):
        faults.append("its parts are in several files, or not in the file that the plan names")
    document = documents[0][1] if documents else None
    tasks = listing.tasks.get(job.id, ())
    task = tasks[0] if len(tasks) == 1 else None
    return Pair(job, stack, tuple(schedule for _, schedule in schedules), document, task), faults


def _run(pair: Pair) -> tuple[Run, list[str]]:
    script = script_of(pair.document) if pair.document else None
    if script is None:
        return Run(), ["no script was found"]
    try:
        return read_script(script), []
    except ScriptError as error:
        return Run(), [str(error)]


def _starts(pair: Pair, run: Run) -> VerdictPart | Starts:
    job = pair.job
    if job.schedule.kind is not ScheduleKind.CRON:
        return skipped(job.id, FIRE_TIMES, f"a schedule of the kind {job.schedule.kind} has no minutes of its own")
    zones = {str(schedule.properties.get("ScheduleExpressionTimezone")) for schedule in pair.schedules}
    if len(zones) > 1 or (run.zone is not None and run.zone not in zones):
        return judged(job.id, FIRE_TIMES, ["its schedules and its test of the day go by several zones"], "")
    zone = zones.pop()
    expressions = tuple(str(schedule.properties.get("ScheduleExpression")) for schedule in pair.schedules)
    written = Written(expressions, None if zone.startswith("<") else zone, run.patterns)
    return Starts(job.id, written, (Target.EVENTBRIDGE,))


def _calls(pair: Pair) -> Iterator[VerdictPart]:
    if not tools.installed(tools.BOTOCORE):
        yield skipped(pair.job.id, "SDK call", "botocore is not installed", tools.BOTOCORE)
        return
    faults: list[str] = []
    for schedule in pair.schedules:
        request = request_of(schedule)
        if request is not None:
            faults += tools.call_faults(request.service, request.action, dict(request.members))
    yield judged(pair.job.id, "SDK call", faults, "botocore's model takes its parameters", tools.BOTOCORE)
