"""Flows by hand, plans that hold them, and what a shell does with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from migrator.artifacts import airflow
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import JobFlowPart, TaskPart
from migrator.plan.flow import flow_part
from migrator.plan.parts import PlaceOf
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, Sign
from tests.artifacts.making import host, planned

AND, OR = Sign.AND, Sign.OR


def run(name: str) -> Run:
    """Run a task."""
    return Run(name)


def chain(first: Flow, *rest: tuple[Sign, Flow]) -> AndOr:
    """Join parts by `&&` and `||`."""
    return AndOr(first, rest)


def order(*parts: Flow) -> InOrder:
    """Join parts by `;`."""
    return InOrder(parts)


def choice(condition: Flow, then: Flow, otherwise: Flow | None = None) -> Choice:
    """Make an `if`."""
    return Choice(condition, then, otherwise)


def beside(*parts: Flow, waits: bool) -> Beside:
    """Start parts by `&`."""
    return Beside(parts, waits)


def each(variable: str, items: tuple[str, ...], body: Flow) -> Each:
    """Make a `for`."""
    return Each(variable, items, body)


def negated(part: Flow) -> Negated:
    """Put a `!` before a part."""
    return Negated(part)


def task(name: str, command: str | None = None, **more: object) -> TaskPart:
    """Make a task of the job `job`."""
    return TaskPart(
        **{
            "name": name,
            "job": "job",
            "steps": (0,),
            "text": command or name,
            "origin": PlaceOf(path="crontab", line=1),
            "service": None,
            "wait": None,
            "branch": (),
            "retries": None,
            "timeout": None,
            "command": command,
        }
        | more
    )


def in_shell(flow: Flow, ends: Mapping[str, bool], ran: list[str]) -> bool:
    """Walk a flow as a shell does; say whether it succeeded, and note what ran."""
    match flow:
        case Run(name):
            ran.append(name)
            return ends[name]
        case InOrder(parts):
            return [in_shell(part, ends, ran) for part in parts][-1]
        case AndOr(first, rest):
            ok = in_shell(first, ends, ran)
            for sign, part in rest:
                ok = in_shell(part, ends, ran) if ok is (sign is AND) else ok
            return ok
        case Choice(condition, then, otherwise):
            if in_shell(condition, ends, ran):
                return in_shell(then, ends, ran)
            return otherwise is None or in_shell(otherwise, ends, ran)
        case Beside(parts, waits):
            last = [in_shell(part, ends, ran) for part in parts][-1]
            return waits or last
        case Negated(part):
            return not in_shell(part, ends, ran)
        case Each(_, items, body):
            return [in_shell(body, ends, ran) for _ in items][-1]


def plan_of(folder: Path, text: str, **asked: object) -> MigrationPlan:
    """Plan a crontab of one host, with all its jobs pinned to Airflow."""
    found = planned(folder, host(text), **asked)
    names = tuple((job.id, Target.AIRFLOW) for job in found.jobs)
    return planned(folder, host(text), **asked, targets=names)


def with_flow(plan: MigrationPlan, flow: Flow, tasks: tuple[TaskPart, ...]) -> MigrationPlan:
    """Give the only job of a plan a flow of tasks."""
    (cluster,) = plan.clusters
    (workflow,) = cluster.workflows
    (job,) = workflow.jobs
    mine = tuple(one.model_copy(update={"job": job}) for one in tasks)
    flows = (JobFlowPart(job=job, flow=flow_part(flow), why=""),)
    made = workflow.model_copy(update={"tasks": mine, "flows": flows})
    return plan.model_copy(update={"clusters": (cluster.model_copy(update={"workflows": (made,)}),)})


def files_of(plan: MigrationPlan) -> dict[str, str]:
    """Give the files for Airflow by path."""
    (make,) = airflow.pieces(plan)
    return {file.path: file.text for file in make()[0]}


def only_dag(plan: MigrationPlan) -> str:
    """Give the text of the only DAG."""
    (text,) = [text for path, text in files_of(plan).items() if path.endswith(".py")]
    return text
