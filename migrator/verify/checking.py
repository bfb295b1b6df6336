"""All checks of what was written, a verdict for each job and check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.model import ScheduleKind, Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import WorkflowPart
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key
from migrator.verify import tools
from migrator.verify.commands import command_faults
from migrator.verify.dags.checks import DagOf, dag_verdicts
from migrator.verify.dags.consumer import dag_bag_verdicts
from migrator.verify.files import Files, read_files
from migrator.verify.machines.checks import MachineOf, machine_verdicts, owner
from migrator.verify.machines.consumer import consumer_verdicts
from migrator.verify.machines.definition import MACHINE, Machine, machines_of
from migrator.verify.native import is_native, native_faults, request_of
from migrator.verify.permissions import role_faults
from migrator.verify.scheduler import Pair, document_faults, schedule_faults, script_of
from migrator.verify.script import Run, ScriptError, read_script
from migrator.verify.stack import DOCUMENT, SCHEDULE, Resource, Stack
from migrator.verify.starts import Written, start_faults
from migrator.verify.verdicts import judged, skipped


def check(
    plan: MigrationPlan,
    folder: Path,
    most_linted: int | None = None,
    *,
    search_path: str | None = None,
    with_airflow: bool = False,
) -> tuple[VerdictPart, ...]:
    """Check the files that a plan lists, from the files; `folder` is the one that holds `plan.json`.

    Nothing is taken from the plan but its jobs and the list of files. cfn-lint is slow: after `most_linted` characters
    it looks at no other file, and the verdicts say so. `search_path` (as in PATH) is where programs are looked for.
    Airflow, which takes seconds to start, reads the DAGs where it is there and `with_airflow` says so.
    """
    files = read_files(plan, folder)
    linted = _Linting(most_linted)
    jobs = {job.id: job for job in plan.jobs}
    found = [
        judged(name, "parse", _unread(files, artifact.path), _kind_of(artifact.path))
        for artifact in plan.artifacts
        for name in artifact.jobs or ("",)
    ]
    for stack in files.stacks.values():
        found += _of_file(plan, stack, files, linted.said(stack))
    for name in _expected(plan, Target.EVENTBRIDGE):
        found += _of_job(jobs[name], files)
    found += _of_machines(plan, files)
    found += _of_dags(plan, files)
    found += consumer_verdicts(_machines(plan, files), search_path)
    found += dag_bag_verdicts(plan.artifacts, files.dags, folder, asked=with_airflow)
    return tuple(sorted(found, key=lambda verdict: (verdict.job, verdict.check)))


def _machines(plan: MigrationPlan, files: Files) -> list[tuple[Machine, list[str]]]:
    """Give the state machines of all files, each with the ids of its jobs."""
    keys = {job_key(job.id): job.id for job in plan.jobs}
    return [
        (machine, [keys[key] for key in machine.jobs if key in keys])
        for stack in files.stacks.values()
        for machine, _ in machines_of(stack)
    ]


def _of_machines(plan: MigrationPlan, files: Files) -> Iterator[VerdictPart]:
    """Check the state machines, and that each job that should be in one is in one."""
    jobs = {job.id: job for job in plan.jobs}
    keys = {job_key(name): job for name, job in jobs.items()}
    workflows: defaultdict[str, list[WorkflowPart]] = defaultdict(list)
    for workflow in (workflow for cluster in plan.clusters for workflow in cluster.workflows):
        for name in workflow.jobs:
            workflows[job_key(name)].append(workflow)
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for stack in files.stacks.values():
        for machine, resource in machines_of(stack):
            home = owner(machine, workflows.get(min(machine.jobs, default=""), ()))
            mine = {key: keys[key] for key in machine.jobs if key in keys}
            for job in mine.values():
                homes[job.id].append(stack.path)
            if home is not None:
                yield from machine_verdicts(MachineOf(stack, machine, resource, home, mine))
    for name in _expected(plan, Target.STEP_FUNCTIONS):
        said = files.homes.get(name, ())
        if any(path in files.unread for path in said):
            continue
        faults = [] if len(homes[name]) == 1 else [f"{len(homes[name])} state machines have it"]
        if not faults and list(said) != homes[name]:
            faults = ["it is not in the file that the plan names"]
        yield judged(name, "there once", faults, "one state machine has it")


def _kind_of(path: str) -> str:
    return f"{path} is {'a DAG' if path.endswith('.py') else 'a template' if path.endswith('.yaml') else 'a text'}"


def _of_dags(plan: MigrationPlan, files: Files) -> Iterator[VerdictPart]:
    """Check the DAGs, and that each job that should be in one is in one."""
    keys = {job_key(job.id): job for job in plan.jobs}
    of_artifact = {artifact.path: artifact for artifact in plan.artifacts}
    flows = {job_key(flow.id): flow for cluster in plan.clusters for flow in cluster.workflows}
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for path, dag in files.dags.items():
        artifact = of_artifact[path]
        workflow = flows.get(str(dag.arguments.get("dag_id")))
        mine = {name: keys[job_key(name)] for name in artifact.jobs if job_key(name) in keys}
        if workflow is None or not set(mine) <= set(workflow.jobs):
            for name in mine:
                yield judged(name, "DAG", [f"{path} is for no workflow of the plan"], "")
            continue
        for name in mine:
            homes[name].append(path)
        beside = [stack for other, stack in files.stacks.items() if of_artifact[other].target is artifact.target]
        yield from dag_verdicts(DagOf(path, dag, workflow, mine, beside, artifact.target))
    for target in (Target.AIRFLOW, Target.MWAA):
        for name in _expected(plan, target):
            if not any(path in files.unread for path in files.homes.get(name, ())):
                faults = [] if len(homes[name]) == 1 else [f"{len(homes[name])} DAGs have it"]
                yield judged(name, "there once", faults, "one DAG has it")


@dataclass(slots=True)
class _Linting:
    """cfn-lint, as long as there is time for it: `left` characters, None for all."""

    left: int | None

    def said(self, stack: Stack) -> tuple[str, ...] | str:
        """Give what it says about a template, or why it was not asked."""
        if not tools.installed(tools.CFN_LINT):
            return "cfn-lint is not installed"
        if self.left is not None:
            self.left -= len(stack.text)
            if self.left < 0:
                return "left to `migrator verify`, which has cfn-lint look at all files"
        return tools.cfn_lint(stack.text)


def _unread(files: Files, path: str) -> list[str]:
    return [f"{path}: {files.unread[path]}"] if path in files.unread else []


def _expected(plan: MigrationPlan, target: Target) -> list[str]:
    """List the jobs that must be in the files of a target: what goes there, but for what was left out with a reason."""
    active = {job.id for job in plan.jobs if job.active}
    left_out = {part.job for part in plan.left_out}
    return sorted(
        name
        for cluster in plan.clusters
        if cluster.recommendation.target is target
        for name in cluster.jobs
        if name in active and name not in left_out
    )


def _of_file(plan: MigrationPlan, stack: Stack, files: Files, linted: tuple[str, ...] | str) -> Iterator[VerdictPart]:
    """Check what belongs to no one job, and say it of each job in the file."""
    path = stack.path
    mine = next(artifact.jobs for artifact in plan.artifacts if artifact.path == path) or ("",)
    faults = [
        *stack.faults,
        *(f"the parameter {name} is not used" for name in sorted(stack.parameters.keys() - stack.used)),
        *(
            f"{name} is imported, and no template exports it"
            for name in sorted(stack.imports)
            if name.rpartition("-")[2] not in files.exported
        ),
        *role_faults(stack),
        *_strangers(mine, stack),
    ]
    for name in mine:
        yield judged(name, "references and roles", [f"{path}: {fault}" for fault in faults], f"those of {path} hold")
        if isinstance(linted, str):
            yield skipped(name, "cfn-lint", linted, tools.CFN_LINT)
        else:
            said = [f"{path}: {message}" for message in linted]
            yield judged(name, "cfn-lint", said, f"it finds nothing in {path}", tools.CFN_LINT)


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


def _of_job(job: JobPart, files: Files) -> Iterator[VerdictPart]:
    homes = files.homes.get(job.id, ())
    if any(path in files.unread for path in homes):
        return  # the verdict on the file says it
    pair, faults = _pair(job, homes, files)
    yield judged(job.id, "there once", faults, "one thing that runs it, and a schedule for each expression")
    if pair is None:
        return
    if pair.native:
        run, why = Run(), list(native_faults(job, pair.task, pair.schedules))
        yield judged(job.id, "schedule", list(schedule_faults(pair)), "off, complete, and its own")
        yield judged(job.id, "command", why, "the same call with the same arguments")
    else:
        run, why = _run(pair)
        yield judged(job.id, "schedule", [*schedule_faults(pair), *document_faults(pair)], "off, complete, and its own")
        yield judged(job.id, "command", why or list(command_faults(job, run)), "the same text, user and environment")
    yield _starts(pair, run)
    yield from _calls(pair)


def _pair(job: JobPart, homes: Sequence[str], files: Files) -> tuple[Pair | None, list[str]]:
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
    tasks = files.tasks.get(job.id, ())
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


def _starts(pair: Pair, run: Run) -> VerdictPart:
    job = pair.job
    if job.schedule.kind is not ScheduleKind.CRON:
        return skipped(job.id, "fire times", f"a schedule of the kind {job.schedule.kind} has no minutes of its own")
    zones = {str(schedule.properties.get("ScheduleExpressionTimezone")) for schedule in pair.schedules}
    if len(zones) > 1 or (run.zone is not None and run.zone not in zones):
        return judged(job.id, "fire times", ["its schedules and its test of the day go by several zones"], "")
    zone = zones.pop()
    expressions = tuple(str(schedule.properties.get("ScheduleExpression")) for schedule in pair.schedules)
    written = Written(expressions, None if zone.startswith("<") else zone, run.patterns)
    form = job.schedule.forms.get(Target.EVENTBRIDGE)
    faults, holds = start_faults(job.schedule, written, test_kept=bool(form and form.test_kept))
    return judged(job.id, "fire times", faults, holds)


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
