"""Which task of the plan an operator does, and whether it says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.verify.cloud_call import request_faults
from migrator.verify.command_words import NotPlainError
from migrator.verify.dags.calls import OPERATORS, plain, request_of
from migrator.verify.dags.reading import Dag, DagTask
from migrator.verify.dags.values import texts_in

SSM = "SsmRunCommandOperator"
_ONE = re.compile(r"--count[ =]1(?:\s|$)")
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")
_LITERAL_TEMPLATE = re.compile(r"\{\{ '((?:\\.|[^'\\])*)' \}\}")
_VARIABLE = re.compile(r"\{\{ var\.value\.[a-z0-9_]+ \}\}")
_MARKERS = re.compile(r"\{[{%#]")


def template_faults(dag: Dag) -> Iterator[str]:
    """Say where Jinja would make something of a text that is not a Variable or a literal."""
    for task in dag.tasks.values():
        for text in texts_in(dict(task.arguments)):
            rest = _VARIABLE.sub("", _LITERAL_TEMPLATE.sub("", text))
            if _MARKERS.search(rest):
                yield f"{task.id}: Jinja acts on {rest[:60]!r}"
            if text.endswith((".sh", ".bash")) and task.operator in ("BashOperator", "SSHOperator"):
                yield f"{task.id}: a command that ends so is taken for a template's file"


def assigned(
    dag: Dag, tasks: Sequence[TaskPart], jobs: Mapping[str, JobPart]
) -> tuple[dict[str, tuple[JobPart, TaskPart]], list[str]]:
    """Give the plan's task of each operator that calls a service or waits, and the operators that have none."""
    found: dict[str, tuple[JobPart, TaskPart]] = {}
    faults: list[str] = []
    left = [task for task in tasks if task.job in jobs and (task.call is not None or task.wait is not None)]
    for one in dag.tasks.values():
        if one.operator not in OPERATORS and not one.operator.endswith("Sensor"):
            continue
        waits = one.operator.endswith("Sensor")
        named = (task for task in left if waits or _named(one, task))
        match = next((task for task in named if _does(one, task, jobs[task.job], dag)), None)
        if match is None:
            faults.append(f"{one.id} ({one.operator}) says no call of a job, or says it otherwise")
            continue
        left.remove(match)
        found[one.id] = (jobs[match.job], match)
    return found, faults


def _named(one: DagTask, task: TaskPart) -> bool:
    """Say whether a task of the plan is the one that an operator is called after, or names what the operator names."""
    base = _NOT_A_NAME.sub("_", task.name).strip("_").lower()
    called = _NOT_A_NAME.sub("_", task.name.removeprefix(task.job).lstrip(".-") or task.name).strip("_").lower()
    name = task.call.name if task.call is not None else None
    return one.id in (base, called) or name in {plain(text) for text in texts_in(dict(one.arguments))}


def _does(one: DagTask, task: TaskPart, job: JobPart, dag: Dag) -> bool:
    if one.operator.endswith("Sensor"):
        asked = task.waits_for.listing if task.waits_for is not None else None
        return asked is not None and _says(one, f"s3://{asked.bucket}/{asked.prefix}*{asked.ending}")
    written = request_of(one, dag.told)
    if written is None or task.call is None:
        return False
    command = (task.command or job.command) if job.command.strip() else ""
    try:
        return set(request_faults(task, command, written)) <= _left_out(written.service, command)
    except NotPlainError:
        return False


def _says(one: DagTask, address: str) -> bool:
    return plain(str(one.arguments.get("bucket_key"))) == address and one.arguments.get("wildcard_match") is True


def _left_out(service: str, command: str) -> set[str]:
    """Give what an operator needs not say: a name that is taken for ninety days, one task, an event that rules hear."""
    if service == "ecs" and not _ONE.search(command):
        return set()
    return {"sfn": {"name is missing"}, "ecs": {"count is missing"}, "redshiftdata": {"with-event is missing"}}.get(
        service, set()
    )
