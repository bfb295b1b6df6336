"""Cloud calls as operators of Airflow's Amazon provider (its «Operators» reference).

An operator takes over what `native` reads of a call; where it cannot take all of it, the command runs on its host.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from migrator.artifacts.airflow.operators import AMAZON, Operator, Variables
from migrator.artifacts.airflow.python_text import Value, unrendered
from migrator.artifacts.calls import Allowed, Asked, Call, Joined, Own, native
from migrator.artifacts.calls import Value as Said
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart

_LONGEST_RUN = 172_800  # seconds, where nothing says how long a job may take
_LOOKS = 60
_EMPTY = ""
_WAITS = "It waits for the end, and fails where that is a failure."
_STARTS = "It starts the job and goes on, as the command does: what follows asks only whether it could be started."


class _Taken:
    """The parameters of a call, taken one after the other; what is left in the end no operator says."""

    def __init__(self, call: Call, task: TaskPart, asked: Variables, *, followed: bool) -> None:
        self.call = call
        self.left = dict(call.parameters)
        self.waits = call.declared or not followed
        self.note = _WAITS if self.waits else _STARTS
        self.longest = task.timeout if task.timeout is not None else _LONGEST_RUN
        self._asked = asked
        self._about = task.name

    def take(self, *renamed: tuple[str, str]) -> list[tuple[str, Value]]:
        """Give those of the members that are there, under the operator's names."""
        return [(name, self.value(self.left.pop(member))) for member, name in renamed if member in self.left]

    def rest(self, name: str, known: Sequence[str]) -> list[tuple[str, Value]]:
        """Put members into one argument that is handed on as it is."""
        found = {member: self.value(self.left.pop(member)) for member in known if member in self.left}
        return [(name, found)] if found else []

    def value(self, said: Said) -> Value:
        """Write a value so that Airflow's templates give it back."""
        match said:
            case str():
                return unrendered(said, (".sql", ".json"))
            case Asked():
                return self.ask(said)
            case Joined(pieces=pieces):
                return self._joined(pieces)
            case Mapping():
                return {key: self.value(item) for key, item in said.items()}
            case tuple() | list():
                return [self.value(item) for item in said]
            case _:
                return said

    def ask(self, wanted: Asked) -> Value:
        """Ask for what no file says; what may be several is a Variable with commas."""
        name = f"{self._about}_{wanted.name}"
        template = self._asked.ask(name, wanted.what)
        return [template] if wanted.many else template

    def _joined(self, pieces: Sequence[str | Own | Asked]) -> str:
        """Give the name that an ARN of the own account ends in, where the service takes a name in place of it."""
        last = pieces[-1]
        if self.call.service in _BY_NAME and isinstance(last, str) and pieces[0] == "arn:":
            for kind in _BY_NAME[self.call.service]:
                if last.startswith(kind):
                    return unrendered(last.removeprefix(kind))
        name = last.rpartition("/")[2].rpartition(":")[2] if isinstance(last, str) else self._about
        what = "URL" if self.call.service == "sqs" else "ARN"
        return self._asked.ask(f"{what}_of_{name}", f"the {what} of {name}")

    def waiting(self, delay: str, attempts: str) -> list[tuple[str, Value]]:
        """Look as long as the job may take; by itself the provider gives up after 75 looks."""
        return [(delay, _LOOKS), (attempts, -(-self.longest // _LOOKS) + 5)] if self.waits else []


def operator_of(
    task: TaskPart, job: JobPart, asked: Variables, read: frozenset[str], *, followed: bool
) -> tuple[Operator, str | None]:
    """Give the operator of a task's call, and the call's region; `followed` as in `Call.state`.

    Raise CannotBeSaidError where no operator says all of it.
    """
    call = native(task, job, read)
    maker = _MAKERS.get((call.service, call.action))
    if maker is None:
        msg = f"the Amazon provider has no operator for {call.service} {call.action}"
        raise CannotBeSaidError(msg)
    trial = Variables()
    taken = _Taken(call, task, trial, followed=followed)
    module, name, arguments = maker(taken)
    if taken.left:
        msg = f"{name} has no argument for {min(taken.left)}"
        raise CannotBeSaidError(msg)
    for variable, what in trial.told.items():
        asked.told.setdefault(variable, what)
    # What is told of Scheduler and of a template's parameters holds for those files alone.
    kept = [note for note in call.notes if "Scheduler" not in note and "(parameter " not in note]
    note = " ".join([taken.note, *kept]).strip()
    return Operator(f"{AMAZON}.operators.{module}", name, tuple(arguments), note, _allowed(taken)), call.region


def _allowed(taken: _Taken) -> tuple[Allowed, ...]:
    """Give what the operator calls: what a state machine would, but for its rules; Glue's asks for the job first."""
    state = taken.call.job if taken.waits else taken.call.request
    found = [one for one in state.allowed if not one.actions[0].startswith("events:")]
    if taken.call.service == "glue":
        found.append(Allowed(("glue:GetJob",), found[0].resources))
    return tuple(found)


Made = tuple[str, str, list[tuple[str, Value]]]


def _glue(taken: _Taken) -> Made:
    arguments = taken.take(("JobName", "job_name"), ("Arguments", "script_args"))
    arguments += taken.rest("run_job_kwargs", _GLUE_RUN)
    arguments += [("wait_for_completion", taken.waits), *taken.waiting("waiter_delay", "waiter_max_attempts")]
    arguments += [("stop_job_run_on_kill", True)] if taken.waits else []
    return "glue", "GlueJobOperator", arguments


def _lambda(taken: _Taken) -> Made:
    payload = taken.left.pop("Payload", None)
    arguments = taken.take(("FunctionName", "function_name"), ("InvocationType", "invocation_type"))
    taken.left.pop("Qualifier", None)  # it is part of the function's name
    if payload:
        arguments.append(("payload", unrendered(json.dumps(payload))))
    # boto3 would give up on an answer after 60 s and ask once more; a function may take 15 minutes.
    arguments.append(("botocore_config", {"read_timeout": 900, "retries": {"total_max_attempts": 1}}))
    taken.note = "It fails where the function does; `aws lambda invoke` does not show that."
    return "lambda_function", "LambdaInvokeFunctionOperator", arguments


def _ecs(taken: _Taken) -> Made:
    if taken.left.get("Count", 1) != 1:
        return "ecs", "EcsRunTaskOperator", []
    taken.left.pop("Count", None)
    arguments = taken.take(("TaskDefinition", "task_definition"), ("Cluster", "cluster"))
    arguments.append(("overrides", _lowered(taken.value(taken.left.pop("Overrides", {})))))
    arguments += taken.take(("LaunchType", "launch_type"), ("Group", "group"), ("PlatformVersion", "platform_version"))
    if "NetworkConfiguration" in taken.left:
        arguments.append(("network_configuration", _lowered(taken.value(taken.left.pop("NetworkConfiguration")))))
    arguments += [("wait_for_completion", taken.waits)]
    return "ecs", "EcsRunTaskOperator", arguments


def _batch(taken: _Taken) -> Made:
    arguments = taken.take(("JobName", "job_name"), ("JobQueue", "job_queue"), ("JobDefinition", "job_definition"))
    for member, name in (("Parameters", "parameters"), ("ShareIdentifier", "share_identifier")):
        arguments += taken.take((member, name))
    for member, name in (("ContainerOverrides", "container_overrides"), ("RetryStrategy", "retry_strategy")):
        if member in taken.left:
            arguments.append((name, _lowered(taken.value(taken.left.pop(member)))))
    return "batch", "BatchOperator", [*arguments, ("wait_for_completion", taken.waits)]


def _machine(taken: _Taken) -> Made:
    arguments = taken.take(("StateMachineArn", "state_machine_arn"), ("Input", "state_machine_input"))
    taken.left.pop("Name", None)  # a name is taken for ninety days: the second run would fail
    if taken.waits:
        arguments += [("deferrable", True), *taken.waiting("waiter_delay", "waiter_max_attempts")]
    return "step_function", "StepFunctionStartExecutionOperator", arguments


def _sns(taken: _Taken) -> Made:
    taken.note = _EMPTY
    arguments = taken.take(("TopicArn", "target_arn"), ("TargetArn", "target_arn"), ("Message", "message"))
    arguments += taken.take(("Subject", "subject"), ("MessageGroupId", "message_group_id"))
    arguments += taken.take(("MessageDeduplicationId", "message_deduplication_id"))
    return "sns", "SnsPublishOperator", arguments


def _sqs(taken: _Taken) -> Made:
    taken.note = _EMPTY
    arguments = taken.take(("QueueUrl", "sqs_queue"), ("MessageBody", "message_content"))
    arguments += taken.take(("DelaySeconds", "delay_seconds"), ("MessageGroupId", "message_group_id"))
    arguments += taken.take(("MessageDeduplicationId", "message_deduplication_id"))
    return "sqs", "SqsPublishOperator", arguments


def _athena(taken: _Taken) -> Made:
    if not taken.waits:
        return "athena", "AthenaOperator", []  # it always waits
    arguments = taken.take(("QueryString", "query"), ("WorkGroup", "workgroup"))
    arguments += taken.take(("QueryExecutionContext", "query_execution_context"))
    arguments += taken.take(("ResultConfiguration", "result_configuration"))
    return "athena", "AthenaOperator", [*arguments, ("sleep_time", _LOOKS)]


def _emr(taken: _Taken) -> Made:
    arguments = taken.take(("JobFlowId", "job_flow_id"), ("Steps", "steps"))
    arguments += [("wait_for_completion", taken.waits), *taken.waiting("waiter_delay", "waiter_max_attempts")]
    return "emr", "EmrAddStepsOperator", arguments


def _redshift(taken: _Taken) -> Made:
    taken.left.pop("WithEvent", None)  # it is for a rule that hears of the end
    arguments = taken.take(("Sql", "sql"), ("Database", "database"), ("ClusterIdentifier", "cluster_identifier"))
    arguments += taken.take(("WorkgroupName", "workgroup_name"), ("DbUser", "db_user"), ("SecretArn", "secret_arn"))
    arguments += taken.take(("StatementName", "statement_name"))
    return "redshift_data", "RedshiftDataOperator", [*arguments, ("wait_for_completion", taken.waits)]


_GLUE_RUN = (
    "AllocatedCapacity", "Timeout", "MaxCapacity", "SecurityConfiguration", "WorkerType", "NumberOfWorkers",
    "ExecutionClass", "JobRunQueuingEnabled",
)  # fmt: skip
_BY_NAME = {
    "lambda": ("function:",),
    "batch": ("job-queue/", "job-definition/"),
    "ecs": ("cluster/", "task-definition/"),
}
_MAKERS: Mapping[tuple[str, str], Callable[[_Taken], Made]] = {
    ("glue", "startJobRun"): _glue,
    ("lambda", "invoke"): _lambda,
    ("ecs", "runTask"): _ecs,
    ("batch", "submitJob"): _batch,
    ("sfn", "startExecution"): _machine,
    ("sns", "publish"): _sns,
    ("sqs", "sendMessage"): _sqs,
    ("athena", "startQueryExecution"): _athena,
    ("emr", "addJobFlowSteps"): _emr,
    ("redshiftdata", "executeStatement"): _redshift,
}


def _lowered(value: Value) -> Value:
    """Write the members of a structure as boto3 does for ECS and Batch, whose APIs begin them in lower case."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: _lowered(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_lowered(item) for item in value]
    return value
