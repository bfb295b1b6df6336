"""The verdicts on the DAGs that were written, for each job of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.model import ScheduleKind, Target
from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key
from migrator.verify.commands import setting_faults
from migrator.verify.dags.arguments import Told, argument_faults
from migrator.verify.dags.operators import SSM, assigned, template_faults
from migrator.verify.dags.reading import GATE, Dag, DagTask
from migrator.verify.dags.scheduling import run_dag
from migrator.verify.dags.values import Called, DagError, Value
from migrator.verify.documents import content_faults
from migrator.verify.replaced import page_faults, replaced_faults
from migrator.verify.scheduler import script_of
from migrator.verify.script import Run, ScriptError, read_script
from migrator.verify.stack import DOCUMENT, Resource, Stack
from migrator.verify.starts import Written, start_faults
from migrator.verify.traces import NotComparableError, Outcomes, Recorder, Trace
from migrator.verify.verdicts import judged, skipped
from migrator.verify.wanted import Wanted, command_of, compared, normal, shell_of, text_of

ORDER = "steps and order"
_DOCUMENT = re.compile(r"\{\{ var\.value\.[a-z0-9_]+ \}\}-([a-zA-Z0-9_.-]+)")
_WRITTEN, _AIRFLOW = "the written schedule", "Airflow"
_TIMETABLES = ("CronTriggerTimetable", "MultipleCronTriggerTimetable")


@dataclass(frozen=True, slots=True)
class DagOf:
    """A DAG beside the workflow that it is for. `documents` are those of the templates beside it, `target` whose.

    `files` has the template of each document, `shared` the locks that jobs of other DAGs take, `wanted` the jobs whose
    data other workflows take, `allowed` what Airflow's own role may do, and with what.
    """

    path: str
    dag: Dag
    workflow: WorkflowPart
    jobs: Mapping[str, JobPart]
    documents: Mapping[str, Resource]
    target: Target
    files: Mapping[str, str]
    shared: frozenset[str]
    wanted: frozenset[str]
    allowed: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Read:
    """What each task runs: the job and its command; the faults of commands by job."""

    work: dict[str, tuple[JobPart, str]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)
    called: Mapping[str, tuple[JobPart, TaskPart]] = field(default_factory=dict)
    sent: dict[str, tuple[JobPart, Resource, str]] = field(default_factory=dict)


def dag_verdicts(given: DagOf) -> Iterator[VerdictPart]:
    """Check a DAG for each of its jobs."""
    read = _work(given)
    static = [*_dag_faults(given), *template_faults(given.dag)]
    static += argument_faults(
        Told(given.dag, given.workflow, read.called, read.sent, given.shared, given.wanted, given.allowed)
    )
    order, holds, unknown = _order(given, read)
    for job in given.jobs.values():
        yield judged(job.id, "DAG", static, "paused at first, no catching up, nothing that a template would change")
        commands = [*read.general, *read.faults.get(job.id, [])]
        yield judged(job.id, "command", commands, "the same user, shell and environment in each document")
        if unknown:
            yield skipped(job.id, ORDER, f"it cannot be compared: {unknown}")
        else:
            yield judged(job.id, ORDER, order, holds)
        yield _starts(job, given)


def _dag_faults(given: DagOf) -> Iterator[str]:
    arguments = given.dag.arguments
    if arguments.get("catchup") is not False:
        yield "it catches up on all starts since its start date"
    if arguments.get("is_paused_upon_creation") is not True:
        yield "it is on as soon as Airflow reads it"
    if arguments.get("start_date") is None:
        yield "it has no start date"
    defaults = arguments.get("default_args")
    if isinstance(defaults, dict) and defaults.get("retries", 0) != 0:
        yield "each of its tasks is tried again"
    if isinstance(defaults, dict) and defaults.keys() - {"retries", "owner"}:
        yield "its default arguments change its tasks"
    if any(job.locks for job in given.jobs.values()) and arguments.get("max_active_runs") != 1:
        yield "cron's lock keeps two runs apart, and nothing does here"
    for task in _before_gate(given.dag):
        yield f"{task} does not wait for the test of the day"
    yield from replaced_faults(given.dag.head, given.jobs.values())
    yield from page_faults(str(arguments.get("doc_md", "")), given.jobs.values())
    if given.dag.timetable is None and any(job.schedule.kind is ScheduleKind.CRON for job in given.jobs.values()):
        yield "it has no timetable"


def _before_gate(dag: Dag) -> list[str]:
    """Name the tasks that a test of the day does not keep from running."""
    behind = {name for name, task in dag.tasks.items() if task.operator == GATE}
    if not behind:
        return []
    waiting = [task for task in dag.tasks.values() if task.operator != GATE]
    while found := [task for task in waiting if behind.intersection(task.upstream)]:
        behind |= {task.id for task in found}
        waiting = [task for task in waiting if task.id not in behind]
    return sorted(task.id for task in waiting)


def documents_of(stacks: Iterable[Stack]) -> dict[str, Resource]:
    """Give the documents of templates by the end of their names, behind the stack's."""
    return {
        str(resource.properties.get("Name")).removeprefix("<AWS::StackName>-"): resource
        for stack in stacks
        for resource in stack.of_kind(DOCUMENT)
    }


def _work(given: DagOf) -> _Read:
    read = _Read()
    by_key = {job_key(job.id): job for job in given.jobs.values()}
    called, faults = assigned(given.dag, given.workflow.tasks, given.jobs)
    read.general += faults
    read.called = called
    for task in given.dag.tasks.values():
        if task.id in called:
            job, part = called[task.id]
            read.work[task.id] = (job, text_of(part, job))
        elif task.operator == SSM:
            name = _DOCUMENT.fullmatch(str(task.arguments.get("document_name")))
            found = given.documents.get(name[1]) if name else None
            job_or_none = by_key.get(found.job or "") if found else None
            if found is None or job_or_none is None:
                read.general.append(f"{task.id} sends {task.arguments.get('document_name')}, which no template has")
                continue
            _command(task, job_or_none, script_of(found), read)
            mine = [one for one in given.workflow.tasks if one.job == job_or_none.id]
            content = found.properties.get("Content")
            read.sent[task.id] = (job_or_none, found, given.files.get(name[1], "") if name else "")
            read.faults[job_or_none.id] += content_faults(f"the document of {task.id}", content, mine)
        elif task.operator not in ("EmptyOperator", GATE):
            read.general.append(f"{task.id} is a {task.operator}, which is not read")
    for task in given.dag.tasks.values():
        read.general += _task_faults(task)
    return read


def _command(task: DagTask, job: JobPart, script: str | None, read: _Read) -> None:
    faults = read.faults.setdefault(job.id, [])
    try:
        run = read_script(script or "")
    except ScriptError as error:
        faults.append(f"{task.id}: {error}")
        return
    faults += setting_faults(job, run)
    faults += _host_faults(task, job, run)
    read.work[task.id] = (job, command_of(run))


def _host_faults(task: DagTask, job: JobPart, run: Run) -> Iterator[str]:
    sent = task.arguments.get("run_command_kwargs")
    instances = sent.get("InstanceIds") if isinstance(sent, dict) else None
    hosts = len({job.host, *(replica.host for replica in job.replicas)})
    if not isinstance(instances, list) or len({str(one) for one in instances}) != hosts:
        yield f"{task.id} does not run on the {hosts} hosts that cron has the job on"
    if run.rounds:
        yield f"{task.id} has a document that is told the round of a loop, and tells none"
    if task.arguments.get("wait_for_completion", True) is not True or "fail_on_nonzero_exit" in task.arguments:
        yield f"{task.id} does not wait for its command, or takes its failure for a success"


def _task_faults(task: DagTask) -> Iterator[str]:
    """Check what each operator is told beside its work: ways to end otherwise than the command does."""
    for name in ("depends_on_past", "skip_on_exit_code", "soft_fail", "silent_fail", "wait_for_downstream"):
        if task.arguments.get(name):
            yield f"{task.id}: {name} ends it otherwise than its command"
    if task.operator == "EmptyOperator" and any(one in task.arguments for one in ("retries", "pool")):
        yield f"{task.id} does nothing, and is told more than when"


def _order(given: DagOf, read: _Read) -> tuple[list[str], str, str]:
    wanted = Wanted.of(given.workflow, given.jobs)
    try:
        faults, holds = compared(wanted, lambda outcomes: _trace(given.dag, read, outcomes))
    except NotComparableError as error:
        return [], "", str(error)
    except DagError as error:
        return [str(error)], "", ""
    faults += _retry_faults(given, read)
    return faults, holds, ""


def _trace(dag: Dag, read: _Read, outcomes: Outcomes) -> Trace:
    recorder = Recorder(outcomes)

    def work(task: DagTask, frontier: frozenset[int]) -> tuple[int, frozenset[int]]:
        if task.id not in read.work:
            return 0, frontier
        job, text = read.work[task.id]
        called = task.operator != SSM and not task.operator.endswith("Sensor")
        return shell_of(job, recorder, anywhere=called).run(text, frontier)

    succeeded, _ = run_dag(dag, work)
    return recorder.trace(int(not succeeded))


def _retry_faults(given: DagOf, read: _Read) -> Iterator[str]:
    for name, (job, text) in read.work.items():
        task = given.dag.tasks[name]
        wanted = _retries(job, text, given.workflow.tasks)
        found = task.arguments.get("retries", 0)
        if wanted is not None and found != wanted and not task.operator.endswith("Sensor"):
            yield f"{name} is tried again {found} times, the plan says {wanted}"


def _retries(job: JobPart, text: str, tasks: Sequence[TaskPart]) -> int | None:
    mine = [task for task in tasks if task.job == job.id]
    same = [task for task in mine if text_of(task, job) == text]
    if same:
        return same[0].retries or 0
    return max((task.retries or 0 for task in mine), default=0) if normal(job.command) == text else None


def _starts(job: JobPart, given: DagOf) -> VerdictPart:
    if job.schedule.kind is not ScheduleKind.CRON:
        return skipped(job.id, "fire times", f"a schedule of the kind {job.schedule.kind} has no minutes of its own")
    table = given.dag.timetable
    if table is None or table.name not in _TIMETABLES:
        return judged(job.id, "fire times", ["no timetable of cron expressions is there"], "")
    expressions = tuple(str(one) for one in table.positional)
    zone = _zone(table)
    written = Written(expressions, zone, None, days=given.dag.days, airflow=True)
    form = job.schedule.forms.get(given.target)
    if given.dag.days is not None and given.dag.gate_zone != zone:
        return judged(job.id, "fire times", ["its timetable and its test of the day go by two zones"], "")
    faults, holds = start_faults(job.schedule, written, test_kept=bool(form and form.test_kept))
    # What Airflow makes of an expression at a clock change, or at the begin of a month, the plan says beforehand.
    told = [fault for fault in faults if form and fault.replace(_WRITTEN, _AIRFLOW) in form.differences]
    left = [fault for fault in faults if fault not in told]
    return judged(job.id, "fire times", left, holds or f"the same minutes, but as the report tells: {'; '.join(told)}")


def _zone(table: Called) -> str | None:
    zone: Value = table.named.get("timezone", "UTC")
    return zone if isinstance(zone, str) and zone else None
