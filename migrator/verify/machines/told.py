"""What the states of a machine say beside their order: pauses, attempts, limits, hosts, and how they take an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.verify.documents import sending_faults
from migrator.verify.hosts import asked_hosts, host_faults
from migrator.verify.machines.definition import ASKING, Call, Machine, call_of, can_wait, scopes
from migrator.verify.stack import Stack
from migrator.verify.values import Value, as_list, table

_OF_SCOPES = frozenset({"Comment", "TimeoutSeconds", "StartAt", "States", "ProcessorConfig"})
_OF_STATES: Mapping[str, frozenset[str]] = {
    kind: frozenset(["Type", "Comment", *names.split()])
    for kind, names in {
        "Task": "Resource Parameters ResultSelector ResultPath TimeoutSeconds Retry Catch Next End",
        "Parallel": "Branches ResultSelector ResultPath Retry Catch Next End",
        "Map": "ItemsPath ItemSelector MaxConcurrency ItemProcessor ResultSelector ResultPath Retry Catch Next End",
        "Pass": "Result Parameters ResultPath Next End",
        "Wait": "Seconds Next End",
        "Choice": "Choices Default",
        "Fail": "Error Cause",
        "Succeed": "",
    }.items()
}
_LEAST_PAUSE, _LONGEST_PAUSE = 10, 60  # seconds between two looks
_FUNCTION = 900  # seconds; Lambda ends a function then
_DAY = 86_400
_RUNNING = frozenset({"Pending", "InProgress", "Delayed", "Cancelling"})
_FAILED = "CommandFailed"

States = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Told:
    """A machine in its template, with its tasks and jobs; `texts` has the job (its key) of each document.

    `task_of` gives the task of the plan that a call makes.
    """

    stack: Stack
    machine: Machine
    tasks: Sequence[TaskPart]
    jobs: Mapping[str, JobPart]
    texts: Mapping[str, tuple[str, str]]
    task_of: Callable[[Call, Value], TaskPart | None]

    def of_job(self, document: str) -> list[TaskPart]:
        """Give the tasks of the job whose command a document runs."""
        job = self.jobs.get(self.texts.get(document, ("", ""))[0])
        return [task for task in self.tasks if job is not None and task.job == job.id]


def told_faults(told: Told) -> Iterator[str]:
    """Say where a state does otherwise than the plan says, though it may come to the same in a run without trouble."""
    for scope, place in scopes(told.machine.definition):
        for member in sorted(scope.keys() - _OF_SCOPES):
            yield f"{place} says {member}"
        states = table(scope.get("States"))
        for name, value in states.items():
            state = table(value)
            for member in sorted(state.keys() - _OF_STATES.get(str(state.get("Type")), state.keys())):
                yield f"{name}: no state of a job says {member}"
            yield from (f"{name}: {fault}" for fault in _faults(told, state, states))
    yield from _limit_faults(told)


def _faults(told: Told, state: States, states: States) -> Iterator[str]:
    kind, call = state.get("Type"), call_of(state.get("Resource"))
    if kind == "Wait":
        yield from _pause_faults(told, state, states)
    elif kind == "Choice":
        yield from _answer_faults(state, states)
    elif kind == "Parallel":
        yield from _again_faults(told, state)
    elif call is not None and (call.service, call.action) == ("ssm", "sendCommand"):
        yield from _sending_faults(told, state, states)
    elif call is not None and not (call.sdk and call.action.startswith(ASKING)):
        yield from _call_faults(told, call, state)


def _pause_faults(told: Told, state: States, states: States) -> Iterator[str]:
    look = table(states.get(str(state.get("Next"))))
    call, seconds = call_of(look.get("Resource")), state.get("Seconds")
    if call is None or not (call.sdk and call.action.startswith(ASKING)):
        return
    if call.service == "s3":
        every = {task.waits_for.every for task in told.tasks if task.waits_for is not None}
        if seconds not in every:
            yield f"it looks every {seconds} s, and no job does"
    elif not isinstance(seconds, int) or not _LEAST_PAUSE <= seconds <= _LONGEST_PAUSE:
        yield f"it looks every {seconds} s, and the bill counts on {_LEAST_PAUSE} to {_LONGEST_PAUSE}"


def _answer_faults(state: States, states: States) -> Iterator[str]:
    """Say where another status than `Success` is one, or what still runs is not looked at again."""
    rules = [table(rule) for rule in as_list(state.get("Choices"))]
    asked = {status: rule for rule in rules for status in _statuses(rule)}
    if not _RUNNING & asked.keys():
        return
    for status in sorted(_RUNNING):
        again = table(states.get(str(asked.get(status, {}).get("Next"))))
        if again.get("Type") != "Wait":
            yield f"a command that is {status} is not looked at again"
    for status in sorted(asked.keys() - _RUNNING - {"Success"}):
        if status != "Failed" or "ResponseCode" not in str(asked[status]):
            yield f"a command that is {status} does not go where a failure goes"


def _statuses(given: States) -> Iterator[str]:
    if given.get("Variable") == "$.Seen.Status" and "StringEquals" in given:
        yield str(given["StringEquals"])
    for key in ("And", "Or"):
        for inner in as_list(given.get(key)):
            yield from _statuses(table(inner))


def _again_faults(told: Told, state: States) -> Iterator[str]:
    """Say where what may have been started is started again, or after another pause than the plan's."""
    sent = [one for branch in as_list(state.get("Branches")) for one in _sent(table(branch))]
    for entry in map(table, as_list(state.get("Retry"))):
        if entry.get("ErrorEquals") != [_FAILED]:
            yield "it is tried again though its command may still run"
        yield from _delay_faults(entry, [task for document in sent for task in told.of_job(document)])


def _delay_faults(entry: States, tasks: Sequence[TaskPart]) -> Iterator[str]:
    wanted = {max(1, task.retry_delay or 1) for task in tasks}
    if entry.get("IntervalSeconds") not in wanted or entry.get("BackoffRate") != 1.0 or len(entry) != 4:
        yield f"it is tried again after {entry.get('IntervalSeconds')} s or ever later, the plan says {sorted(wanted)}"


def _sent(scope: States) -> Iterator[str]:
    for inner, _ in scopes(scope):
        for state in map(table, table(inner.get("States")).values()):
            name = table(state.get("Parameters")).get("DocumentName")
            if name is not None:
                yield str(name)


def _sending_faults(told: Told, state: States, states: States) -> Iterator[str]:
    if "Retry" in state:
        yield "a command is sent again though it may have been started"
    first = table(next(iter(as_list(state.get("Catch"))), None))
    lost = table(states.get(str(first.get("Next"))))
    if first.get("ErrorEquals") != ["States.Timeout"] or not _ends(lost):
        yield "it goes on where nobody knows whether the command was started"
    parameters = table(state.get("Parameters"))
    yield from sending_faults("it", parameters)
    job = told.jobs.get(told.texts.get(str(parameters.get("DocumentName")), ("", ""))[0])
    instances = parameters.get("InstanceIds")
    if job is None or not isinstance(instances, list):
        return
    yield from host_faults(job, asked_hosts(told.stack, instances), "its command")
    look = table(states.get(str(table(states.get(str(state.get("Next")))).get("Next"))))
    seen = table(look.get("Parameters")).get("InstanceId")
    if len(instances) == 1 and seen != instances[0]:
        yield "it is looked at on another host than it was sent to"


def _ends(state: States) -> bool:
    """Say whether a state ends its scope as a failure; a branch beside others says so in its result."""
    return state.get("Type") == "Fail" or (state.get("Result") == {"Succeeded": False} and state.get("End") is True)


def _call_faults(told: Told, call: Call, state: States) -> Iterator[str]:
    task = told.task_of(call, state.get("Parameters"))
    if task is None:
        return
    retries = [table(entry) for entry in as_list(state.get("Retry"))]
    attempts = sum(most if isinstance(most := entry.get("MaxAttempts"), int) else 3 for entry in retries)
    if attempts != (task.retries or 0):
        yield f"it is called again {attempts} times, the plan says {task.retries or 0}"
    for entry in retries:
        yield from _delay_faults(entry, [task])
    if not (task.command or "").strip() and can_wait(call) and not call.waits:
        yield "nobody waits for its end, and the manifest's job is all of it"
    seconds = state.get("TimeoutSeconds")
    least = _FUNCTION if call.service == "lambda" else (task.timeout or _DAY) if call.waits else 1
    if not isinstance(seconds, int) or seconds < least or (call.waits and task.timeout and seconds != task.timeout):
        yield f"it is ended after {seconds} s, the plan says {least}"


def _limit_faults(told: Told) -> Iterator[str]:
    """Say where a run is ended before the longest of its commands may be, as often as that is tried."""
    whole = told.machine.definition.get("TimeoutSeconds")
    limits = [0]
    for resource in told.stack.resources.values():
        if f"<{resource.name}>" in told.texts:
            tries = 1 + max((task.retries or 0 for task in told.of_job(f"<{resource.name}>")), default=0)
            step = table(next(iter(as_list(table(resource.properties.get("Content")).get("mainSteps"))), None))
            text = str(table(step.get("inputs")).get("timeoutSeconds"))
            limits.append(int(text) * tries if text.isdecimal() else 0)
    if isinstance(whole, int) and whole < max(limits):
        yield f"a run is ended after {whole} s, and one of its commands may take {max(limits)}"
