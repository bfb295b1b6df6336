"""A DAG before it is written: its nodes, what runs each, when it starts, what it shares with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from migrator.artifacts.airflow.compiling import Compiler, End, Kind, Start
from migrator.artifacts.airflow.documents import Document
from migrator.artifacts.airflow.nodes import ALL_SUCCESS, NONE_FAILED, Node
from migrator.artifacts.airflow.python_text import names
from migrator.artifacts.airflow.work import Work
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.jobs import shared_form
from migrator.model import Target
from migrator.plan.clusters import InflowPart, WorkflowPart
from migrator.plan.jobs import FormPart, JobPart
from migrator.plan.names import job_key

GATE = "on_its_days"
RESERVED = frozenset({"dag", "task", "datetime", "timedelta", "timezone", "zoneinfo", GATE})
_HASH_LENGTH = 8
MOST_TASKS = 2000  # Airflow gives a file half a minute (`dagbag_import_timeout`)
TOO_MANY = f"its workflow has more than {MOST_TASKS:,} tasks, more than one DAG is good for"


@dataclass(slots=True)
class Draft:
    """A workflow as a DAG. `nodes` come in an order in which each follows those before it.

    `ends` has the node that each job ends in; `works` and `documents` are by the id of a node; `given` are the jobs
    whose data other workflows wait for, `inflows` what this one takes from DAGs of the same target.
    """

    workflow: WorkflowPart
    works: Sequence[Work]
    form: FormPart
    nodes: Sequence[Node]
    work_of: Mapping[str, Work]
    documents: Mapping[str, Document]
    ends: Mapping[str, str]
    given: frozenset[str]
    inflows: tuple[InflowPart, ...] = ()
    pools: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Give the id of the DAG, which is the name of its file."""
        return job_key(self.workflow.id)


def draft(workflow: WorkflowPart, works: Sequence[Work], target: Target, given: frozenset[str]) -> Draft:
    """Compile a workflow; raise CannotBeSaidError where it has no schedule or its jobs wait for each other."""
    form = shared_form([work.job for work in works], target)
    if sum(len(work.tasks) for work in works) > MOST_TASKS:
        raise CannotBeSaidError(TOO_MANY)
    before = _before(works, workflow.job_order)
    ordered = _ordered(works, before)
    labels = _labels(works)
    name = names(RESERVED)
    tasks = {task: part for work in works for task, part in work.tasks.items()}
    compiler = Compiler(tasks, lambda wanted: name(labels.get(wanted, wanted)))
    ends: dict[str, End] = {}
    work_of: dict[str, Work] = {}
    for work in ordered:
        count = len(compiler.nodes)
        start = _start([ends[job] for job in before[work.job.id]], gated=form.guard_days is not None)
        # An asset is told of by a task that succeeds; one that is skipped tells nobody.
        ends[work.job.id] = compiler.job(work.flow, start, plain=work.job.id in given)
        work_of |= {node.id: work for node in compiler.nodes[count:]}
    documents = {
        node.id: Document(_document_name(work, node, node.task.name), work.job, node.task, work.hosts)
        for node in compiler.nodes
        if node.task is not None and (work := work_of[node.id]).operators[node.task.name] is None
    }
    last = {job: end.last[0] for job, end in ends.items()}
    return Draft(workflow, ordered, form, compiler.nodes, work_of, documents, last, given & last.keys())


def _start(ends: Sequence[End], *, gated: bool) -> Start:
    """Begin when all jobs before have succeeded; at the top a test of the day may stand before everything."""
    if not ends:
        return Start((GATE,), sure=True) if gated else Start(sure=True)
    after = tuple(dict.fromkeys(name for end in ends for name in end.last))
    rule = NONE_FAILED if any(end.kind is Kind.HANDLED for end in ends) else ALL_SUCCESS
    return Start(after, rule)


def _before(works: Sequence[Work], order: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    before: dict[str, list[str]] = {work.job.id: [] for work in works}
    for up, down in order:
        if up in before and down in before:
            before[down].append(up)
    return before


def _ordered(works: Sequence[Work], before: Mapping[str, Sequence[str]]) -> list[Work]:
    places = {work.job.id: place for place, work in enumerate(works)}
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError as error:
        msg = "its jobs wait for each other in a circle"
        raise CannotBeSaidError(msg) from error
    done: list[Work] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=places.__getitem__)
        done += [works[places[name]] for name in ready]
        sorter.done(*ready)
    return done


def _labels(works: Sequence[Work]) -> dict[str, str]:
    """Say what each task should be called: the job, the part of it, or both where that is needed."""
    labels: dict[str, str] = {}
    for work in works:
        base = _base(work.job)
        for name in work.tasks:
            part = name.removeprefix(work.job.id).lstrip(".-")
            alone = len(work.tasks) == 1 or not part
            labels[name] = base if alone else part if len(works) == 1 else f"{base}__{part}"
    return labels


def _base(job: JobPart) -> str:
    head, _, tail = job.id.rpartition("-")
    made_up = len(tail) == _HASH_LENGTH and all(sign in "0123456789abcdef" for sign in tail)
    return head if head and made_up else job.id


def _document_name(work: Work, node: Node, name: str) -> str:
    key = job_key(work.job.id)
    number = list(work.tasks).index(name) + 1
    # A document's name has at most 128 characters, the stack's among them.
    return key if len(work.tasks) == 1 else f"{key}-{number}-{node.id.replace('_', '-')[:24].strip('-')}"
