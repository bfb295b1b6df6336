"""Which task of the plan an operator does, and whether it says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.verify.dags.reading import Dag, DagTask
from migrator.verify.dags.values import Value, texts_in
from migrator.verify.values import scalars

SSM = "SsmRunCommandOperator"
_CALLS = {
    "AthenaOperator": ("athena", "start-query-execution"),
    "BatchOperator": ("batch", "submit-job"),
    "CodeBuildStartBuildOperator": ("codebuild", "start-build"),
    "EcsRunTaskOperator": ("ecs", "run-task"),
    "EmrAddStepsOperator": ("emr", "add-steps"),
    "GlueJobOperator": ("glue", "start-job-run"),
    "LambdaInvokeFunctionOperator": ("lambda", "invoke"),
    "RedshiftDataOperator": ("redshift-data", "execute-statement"),
    "SnsPublishOperator": ("sns", "publish"),
    "SqsPublishOperator": ("sqs", "send-message"),
    "StepFunctionStartExecutionOperator": ("stepfunctions", "start-execution"),
}
_SERVICES = {"step-functions": "stepfunctions", "sfn": "stepfunctions", "redshift": "redshift-data"}
# Options of the CLI that change nothing of the call, or that the operator says by its own arguments.
_ASIDE = frozenset({"region", "query", "output", "color", "cli-binary-format", "no-cli-pager", "name", "count"}) | {
    "launch-type",
    "invocation-type",
    "release",
}
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")
_PIECES = re.compile(r"[^\s{}\[\],=\"':/]+")
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


def plain(text: str) -> str:
    """Give what Jinja makes of a text whose templates are literals."""
    return _LITERAL_TEMPLATE.sub(lambda match: match[1].encode().decode("unicode_escape"), text)


def assigned(
    dag: Dag, tasks: Sequence[TaskPart], jobs: Mapping[str, JobPart]
) -> tuple[dict[str, tuple[JobPart, TaskPart]], list[str]]:
    """Give the plan's task of each operator that calls a service or waits, and the operators that have none."""
    found: dict[str, tuple[JobPart, TaskPart]] = {}
    faults: list[str] = []
    left = [task for task in tasks if task.job in jobs and (task.call is not None or task.wait is not None)]
    for one in dag.tasks.values():
        if one.operator not in _CALLS and not one.operator.endswith("Sensor"):
            continue
        waits = one.operator.endswith("Sensor")
        match = next((task for task in left if (waits or _named(one, task)) and _does(one, task)), None)
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


def _does(one: DagTask, task: TaskPart) -> bool:
    given = [plain(text) for text in texts_in(dict(one.arguments))]
    if one.operator.endswith("Sensor"):
        asked = task.waits_for.listing if task.waits_for is not None else None
        return asked is not None and f"s3://{asked.bucket}/{asked.prefix}*{asked.ending}" in given
    call = task.call
    if call is None or (_SERVICES.get(call.service, call.service), call.action) != _CALLS[one.operator]:
        return False
    pieces = {piece for text in given for piece in _PIECES.findall(text)}
    pieces |= {str(each).lower() for each in scalars(dict(one.arguments)) if isinstance(each, (int, float))}
    pieces |= {piece for key in _keys(dict(one.arguments)) for piece in _PIECES.findall(key)}
    wanted = {piece for name, text in call.arguments if name not in _ASIDE for piece in _PIECES.findall(text)}
    return all(piece in pieces or piece.lower() in pieces or _capital(piece) in pieces for piece in wanted)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _keys(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)
