"""What a DAG and its operators are told beside their work: pauses, limits, attempts, hosts, pools, data, versions.

What is not named here could end, delay or repeat a task otherwise than cron or the plan does, so it is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.plan.clusters import TaskPart, WorkflowPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import job_key
from migrator.verify.dags.calls import AMAZON, OPERATORS, request_of
from migrator.verify.dags.operators import SSM
from migrator.verify.dags.reading import GATE, Dag, DagTask
from migrator.verify.dags.values import Called, Value
from migrator.verify.documents import sending_faults
from migrator.verify.hosts import host_faults, host_of
from migrator.verify.native import call_needs, follows
from migrator.verify.stack import Resource
from migrator.verify.values import as_list, table

_OF_DAGS = frozenset(
    {"dag_id", "description", "doc_md", "schedule", "start_date", "catchup", "is_paused_upon_creation", "default_args"}
) | {"tags", "max_active_runs", "max_active_tasks"}
_OF_ALL = frozenset({"task_id", "trigger_rule", "retries", "retry_delay", "pool", "outlets"})
_EMPTY, _SENSOR = "EmptyOperator", "S3KeySensor"
_MODULES = {
    SSM: f"{AMAZON}.operators.ssm",
    _SENSOR: f"{AMAZON}.sensors.s3",
    _EMPTY: "airflow.providers.standard.operators.empty",
} | {name: operator.module for name, operator in OPERATORS.items()}
_OF_SSM = frozenset({"document_name", "run_command_kwargs", "waiter_delay", "waiter_max_attempts"})
_OF_SENSORS = frozenset({"bucket_key", "wildcard_match", "poke_interval", "timeout", "mode", "region_name"})
_ALWAYS: Mapping[str, Value] = {
    "stop_job_run_on_kill": True,
    "deferrable": True,
    "botocore_config": {"read_timeout": 900, "retries": {"total_max_attempts": 1}},
}
_HERE = "arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:"
# What the operator does behind the sending (provider's `operators/ssm.py`, `waiters/ssm.json`).
_LOOKING = ("ssm:GetCommandInvocation", "ssm:ListCommandInvocations")
_WEEK, _LONGEST = 604_800, 172_800  # seconds
_LEAST_PAUSE, _LONGEST_PAUSE = 10, 300  # seconds between two looks
_VARIABLE = re.compile(r"\{\{ var\.value\.([a-z0-9_]+) \}\}")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_REGION = re.compile(r"(?:--region[= ]|AWS_(?:DEFAULT_)?REGION=)['\"]?([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Told:
    """A DAG beside its workflow. `called` and `sent` have job and task or document of what calls and what runs.

    `shared` are the locks that jobs of other DAGs take, `wanted` the jobs whose data other workflows take; `allowed`
    has the actions that Airflow's own role may do, each with what.
    """

    dag: Dag
    workflow: WorkflowPart
    called: Mapping[str, tuple[JobPart, TaskPart]]
    sent: Mapping[str, tuple[JobPart, Resource, str]]
    shared: frozenset[str]
    wanted: frozenset[str]
    allowed: frozenset[tuple[str, str]]


def argument_faults(told: Told) -> Iterator[str]:
    """Say what a DAG or a task is told that no job needs, or otherwise than the plan says."""
    dag = told.dag
    for name in sorted(dag.arguments.keys() - _OF_DAGS):
        yield f"the DAG is told {name}, which no job needs"
    most = dag.arguments.get("max_active_tasks")
    if most is not None and most != sum(task.operator not in (_EMPTY, GATE) for task in dag.tasks.values()):
        yield "not all of its tasks may run at once"
    if dag.timetable is not None and dag.timetable.named.keys() - {"timezone"}:
        yield "its timetable is told more than expressions and a zone"
    yield from _data_faults(told)
    for task in dag.tasks.values():
        if task.operator != GATE:
            yield from (f"{task.id}: {fault}" for fault in _faults(told, task))


def _faults(told: Told, task: DagTask) -> Iterator[str]:
    if task.module != _MODULES.get(task.operator):
        yield f"{task.operator} comes from {task.module}"
    if task.id in told.sent:
        yield from _command_faults(told, task)
    elif task.id in told.called and task.operator == _SENSOR:
        yield from _sensor_faults(*told.called[task.id], task)
    elif task.id in told.called:
        yield from _call_faults(*told.called[task.id], task)
        yield from _leave_faults(told, task)
    elif task.operator == _EMPTY:
        yield from _unknown(task, frozenset())
    job = told.sent[task.id][0] if task.id in told.sent else told.called[task.id][0] if task.id in told.called else None
    if job is not None:
        yield from _pool_faults(told, task, job)


def _unknown(task: DagTask, own: frozenset[str]) -> Iterator[str]:
    for name in sorted(task.arguments.keys() - _OF_ALL - own):
        yield f"it is told {name}, which no job needs"


def _pool_faults(told: Told, task: DagTask, job: JobPart) -> Iterator[str]:
    pool, locks = task.arguments.get("pool"), told.shared.intersection(job.locks)
    if locks and pool is None:
        yield f"jobs of other DAGs take {min(locks)} too, and no pool keeps them apart"
    if pool is not None and (not locks or pool not in told.dag.pools):
        yield f"nobody is asked to make the pool {pool}, or nothing needs it"


def _command_faults(told: Told, task: DagTask) -> Iterator[str]:
    job, document, file = told.sent[task.id]
    yield from _unknown(task, _OF_SSM)
    yield from _delay_faults(task, [one for one in told.workflow.tasks if one.job == job.id])
    sent = task.arguments.get("run_command_kwargs")
    sent = sent if isinstance(sent, dict) else {}
    yield from sending_faults("it", {"TimeoutSeconds": None} | {name: _number(one) for name, one in sent.items()})
    hosts = [host_of(_told(told.dag, one)) for one in _items(sent.get("InstanceIds"))]
    yield from host_faults(job, hosts, "its command")
    yield from _sending_leave_faults(told, document)
    stack = _told(told.dag, str(task.arguments.get("document_name")).partition(" }}-")[0] + " }}")
    if stack != f"the name of the stack made of {file}":
        yield f"its document stands in {file}, and it asks for {stack or 'another stack'}"
    step = table(next(iter(as_list(table(document.properties.get("Content")).get("mainSteps"))), None))
    limit = str(table(step.get("inputs")).get("timeoutSeconds"))
    yield from _looking_faults(task, int(limit) if limit.isdecimal() else _LONGEST)


def _told(dag: Dag, template: Value) -> str:
    match = _VARIABLE.fullmatch(str(template))
    return dag.told.get(match[1], "") if match else ""


def _items(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list) else ()


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _looking_faults(task: DagTask, limit: int) -> Iterator[str]:
    delay, attempts = (_number(task.arguments.get(name)) for name in ("waiter_delay", "waiter_max_attempts"))
    if delay is None or attempts is None or not _LEAST_PAUSE <= delay <= _LONGEST_PAUSE:
        yield "it looks too often, too rarely, or as often as the provider likes"
    elif delay * attempts < limit:
        yield f"nobody looks at it after {delay * attempts} s, and it may take {limit}"


def _sensor_faults(job: JobPart, part: TaskPart, task: DagTask) -> Iterator[str]:
    yield from _unknown(task, _OF_SENSORS)
    wait = part.waits_for
    if wait is None:
        return
    wanted = {"mode": "reschedule", "retries": 0, "poke_interval": wait.every}
    wanted["timeout"] = wait.timeout if wait.timeout is not None else _WEEK
    for name, value in wanted.items():
        if task.arguments.get(name) != value:
            yield f"its {name} is {task.arguments.get(name)}, and not {value}"
    yield from _region_faults(job, part, task)


def _call_faults(job: JobPart, part: TaskPart, task: DagTask) -> Iterator[str]:
    operator = OPERATORS[task.operator]
    yield from _unknown(task, operator.own | operator.members.keys() | {"execution_timeout", "region_name"})
    yield from _delay_faults(task, [part])
    for name, value in _ALWAYS.items():
        if name in task.arguments and task.arguments[name] != value:
            yield f"its {name} is not what all such have"
    if operator.service == "lambda" and "botocore_config" not in task.arguments:
        yield "it gives up on an answer after a minute, and calls once more"
    waits = task.arguments.get("wait_for_completion", True)
    if not job.command.strip() and waits is not True:
        yield "nobody waits for its end, and the manifest's job is all of it"
    if waits is True and "waiter_delay" in operator.own:
        yield from _looking_faults(task, part.timeout or _LONGEST)
    if _seconds(task.arguments.get("execution_timeout")) != part.timeout:
        yield f"its limit is another than the plan's, {part.timeout or 'none'}"
    yield from _region_faults(job, part, task)


def _sending_leave_faults(told: Told, document: Resource) -> Iterator[str]:
    """Say what Airflow's role may not do with a document: send it somewhere, and see what becomes of that."""
    if ("ssm:SendCommand", f"{_HERE}document/<{document.name}>") not in told.allowed:
        yield f"Airflow's role may not send {document.name}"
    for action in _LOOKING:
        if (action, "*") not in told.allowed:
            yield f"Airflow's role may not do {action}"


def _leave_faults(told: Told, task: DagTask) -> Iterator[str]:
    """Say what Airflow's role may not do and should: the call, with what it names; a Variable may be anything."""
    written = request_of(task, told.dag.told)
    for action, name in call_needs(written) if written is not None else ():
        there = [resource for one, resource in told.allowed if one == action]
        plain = name.removesuffix(":*")
        if not any("<" in plain or f":{one.removesuffix(':*')}".endswith((f":{plain}", f"/{plain}")) for one in there):
            yield f"Airflow's role may not do {action} with {plain}"
    waits = written is not None and task.arguments.get("wait_for_completion", True) is True
    for action in sorted(follows(written)) if waits and written is not None else ():
        if not any(one == action for one, _ in told.allowed):
            yield f"Airflow's role may not do {action}, so nobody knows when the call has ended"


def _region_faults(job: JobPart, part: TaskPart, task: DagTask) -> Iterator[str]:
    given = task.arguments.get("region_name")
    said = {setting.value for setting in job.settings if setting.name in _REGIONS}
    said |= set(_REGION.findall(part.command or job.command))
    said |= {value for name, value in (part.call.arguments if part.call else ()) if name == "region"}
    if given is not None and given not in said:
        yield f"it calls the region {given}, which its job does not name"


def _delay_faults(task: DagTask, parts: Sequence[TaskPart]) -> Iterator[str]:
    delays = {part.retry_delay for part in parts if part.retries} | (
        {None} if "retries" not in task.arguments else set()
    )
    if _seconds(task.arguments.get("retry_delay")) not in delays:
        yield f"it is tried again after another pause than {sorted(str(one) for one in delays)}"


def _seconds(value: Value) -> Value:
    if isinstance(value, Called) and value.name == "timedelta" and not value.positional:
        return value.named.get("seconds") if value.named.keys() == {"seconds"} else -1
    return None if value is None else -1


def _data_faults(told: Told) -> Iterator[str]:
    """Check the data that ties DAGs: the names on both sides are those of the jobs that make it."""
    taken = {job_key(one.upstream) for one in told.workflow.inflows if not one.previous_run}
    data = told.dag.constants.get("DATA")
    if data is not None and {_asset(one) for one in _items(data)} != taken:
        yield f"it takes other data than {', '.join(sorted(taken))} give"
    given = [_asset(one) for task in told.dag.tasks.values() for one in _items(task.arguments.get("outlets"))]
    wanted = sorted(job_key(name) for name in told.wanted.intersection(told.workflow.jobs))
    if sorted(map(str, given)) != wanted:
        yield f"it tells of other data than that of {', '.join(wanted) or 'nobody'}"


def _asset(value: Value) -> Value:
    return value.positional[0] if isinstance(value, Called) and value.name == "Asset" and value.positional else None
