"""The definition of a state machine, and what can be said of it without running it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.verify.stack import Resource, Stack
from migrator.verify.values import Value, table

MACHINE = "AWS::StepFunctions::StateMachine"
_SUBSTITUTED = re.compile(r"\$\{([A-Za-z0-9_]+)\}")
_SDK = re.compile(r"arn:(?:aws|<AWS::Partition>):states:::aws-sdk:([a-z0-9]+):([a-zA-Z0-9]+)")
_OPTIMIZED = re.compile(
    r"arn:(?:aws|<AWS::Partition>):states:::([a-z-]+):([a-zA-Z]+)(?:\.(sync|sync:2|waitForTaskToken))?"
)
_TYPES = frozenset({"Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"})
_LONGEST_NAME = 80
ASKING = ("describe", "get", "batchGet", "list")
"""What actions begin with that ask how something goes."""
_INTEGRATIONS: Mapping[str, frozenset[str]] = {
    # Step Functions developer guide, «Integrating optimized services» (2026-10): action, and how it can be waited for.
    "athena": frozenset({"startQueryExecution", "startQueryExecution.sync", "stopQueryExecution"}),
    "batch": frozenset({"submitJob", "submitJob.sync"}),
    "codebuild": frozenset({"startBuild", "startBuild.sync", "stopBuild"}),
    "ecs": frozenset({"runTask", "runTask.sync", "runTask.waitForTaskToken"}),
    "elasticmapreduce": frozenset({"addStep", "addStep.sync", "createCluster", "createCluster.sync"}),
    "glue": frozenset({"startJobRun", "startJobRun.sync"}),
    "lambda": frozenset({"invoke", "invoke.waitForTaskToken"}),
    "sns": frozenset({"publish", "publish.waitForTaskToken"}),
    "sqs": frozenset({"sendMessage", "sendMessage.waitForTaskToken"}),
    "states": frozenset({"startExecution", "startExecution.sync", "startExecution.sync:2"}),
}
"""What optimized integrations there are, of those that a job can need."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine of a template, its references resolved as in all of the template. `jobs` are the jobs' keys."""

    name: str
    jobs: tuple[str, ...]
    definition: Mapping[str, Value]
    role: str
    unsubstituted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """What a Task's Resource names: a service, an action, whether of the SDK, and how the end is waited for."""

    service: str
    action: str
    sdk: bool
    waits: str = ""


def machines_of(stack: Stack) -> Iterator[tuple[Machine, Resource]]:
    """Give the machines of a template."""
    for resource in stack.of_kind(MACHINE):
        given = resource.properties
        values = given.get("DefinitionSubstitutions")
        reader = _Substituting(table(values))
        definition = reader.value(given.get("Definition"))
        jobs = resource.metadata.get("Jobs")
        yield (
            Machine(
                resource.name,
                tuple(str(job) for job in jobs) if isinstance(jobs, list) else (),
                table(definition),
                str(given.get("RoleArn")).removesuffix(".Arn>") + ">",
                tuple(sorted(reader.missing)),
            ),
            resource,
        )


@dataclass(slots=True)
class _Substituting:
    values: Mapping[str, Value]
    missing: set[str] = field(default_factory=set)

    def value(self, given: Value) -> Value:
        if isinstance(given, list):
            return [self.value(item) for item in given]
        if isinstance(given, dict):
            return {key: self.value(member) for key, member in given.items()}
        return _SUBSTITUTED.sub(self._one, given) if isinstance(given, str) else given

    def _one(self, match: re.Match[str]) -> str:
        if match[1] not in self.values:
            self.missing.add(match[1])
        return str(self.values.get(match[1], match[0]))


def call_of(resource: Value) -> Call | None:
    """Read a Resource; None where it is no integration that exists."""
    text = str(resource)
    if match := _SDK.fullmatch(text):
        return Call(match[1], match[2], sdk=True)
    match = _OPTIMIZED.fullmatch(text)
    if match is None or match[2] + (f".{match[3]}" if match[3] else "") not in _INTEGRATIONS.get(match[1], ()):
        return None
    return Call(match[1], match[2], sdk=False, waits=match[3] or "")


def can_wait(call: Call) -> bool:
    """Say whether an integration can wait for the end of what it starts."""
    return not call.sdk and f"{call.action}.sync" in _INTEGRATIONS.get(call.service, ())


def asked_services(states: Mapping[str, Value]) -> frozenset[str]:
    """Name the services that a machine asks how what it started has ended."""
    found = (
        call_of(state.get("Resource"))
        for scope, _ in scopes(states)
        for state in table(scope.get("States")).values()
        if isinstance(state, dict)
    )
    return frozenset(call.service for call in found if call is not None and call.sdk and call.action.startswith(ASKING))


def scopes(states: Mapping[str, Value]) -> Iterator[tuple[Mapping[str, Value], str]]:
    """Give each object with `States` in a definition, the outermost first, and where it stands."""
    waiting: list[tuple[Mapping[str, Value], str]] = [(states, "the machine")]
    while waiting:
        here, place = waiting.pop()
        yield here, place
        for name, state in table(here.get("States")).items():
            inner = table(state)
            branches = inner.get("Branches")
            found = branches if isinstance(branches, list) else [inner.get("ItemProcessor") or inner.get("Iterator")]
            waiting += [(one, name) for one in found if isinstance(one, dict)]


def machine_faults(machine: Machine) -> Iterator[str]:
    """Say what is wrong with a definition, whatever it does."""
    for name in machine.unsubstituted:
        yield f"${{{name}}} is not substituted"
    if not _positive(machine.definition.get("TimeoutSeconds")):
        yield "it has no TimeoutSeconds, so a run that hangs goes on for a year"
    names: set[str] = set()
    for scope, place in scopes(machine.definition):
        states = table(scope.get("States"))
        for name in states.keys() & names:
            yield f"two states are called {name}"
        names |= states.keys()
        yield from _scope_faults(scope, states, place)


def _scope_faults(scope: Mapping[str, Value], states: Mapping[str, Value], place: str) -> Iterator[str]:
    start = scope.get("StartAt")
    if start not in states:
        yield f"{place} starts at {start}, which is not there"
    reached: set[str] = set()
    waiting = [str(start)]
    while waiting:
        name = waiting.pop()
        if name in states and name not in reached:
            reached.add(name)
            waiting += following(table(states[name]))
    for name in states.keys() - reached:
        yield f"nothing leads to {name}"
    for name, state in states.items():
        for fault in _state_faults(table(state), states):
            yield f"{name}: {fault}"
        if len(name) > _LONGEST_NAME:
            yield f"the name {name[:20]}… is longer than {_LONGEST_NAME} characters"


def _state_faults(state: Mapping[str, Value], states: Mapping[str, Value]) -> Iterator[str]:
    kind = state.get("Type")
    if kind not in _TYPES:
        yield f"there is no state of the type {kind}"
    for name in following(state):
        if name not in states:
            yield f"it goes on to {name}, which is not there"
    ends = [key for key in ("Next", "End") if state.get(key)]
    if kind in ("Task", "Pass", "Wait", "Parallel", "Map") and len(ends) != 1:
        yield "it neither goes on nor ends" if not ends else "it goes on and ends"
    if kind == "Choice" and not state.get("Default"):
        yield "it has no Default, so an answer that no rule expects is an error"
    if kind == "Task":
        if call_of(state.get("Resource")) is None:
            yield f"{state.get('Resource')} is no integration"
        if not _positive(state.get("TimeoutSeconds")) and "TimeoutSecondsPath" not in state:
            yield "it has no TimeoutSeconds"
    if kind in ("Task", "Parallel", "Map"):
        yield from _error_faults(state)


def _error_faults(state: Mapping[str, Value]) -> Iterator[str]:
    """Check the order of errors: `States.ALL` stands alone and last, and what is caught before is not caught again."""
    for field_name in ("Retry", "Catch"):
        entries = state.get(field_name)
        seen: set[str] = set()
        for place, entry in enumerate(entries if isinstance(entries, list) else []):
            errors = table(entry).get("ErrorEquals")
            named = [str(one) for one in errors] if isinstance(errors, list) else []
            if not named:
                yield f"a {field_name} names no error"
            if "States.ALL" in named and (len(named) > 1 or place + 1 < len(entries or ())):  # type: ignore[arg-type]
                yield f"States.ALL does not stand alone and last in its {field_name}"
            for name in seen & set(named):
                yield f"{name} stands twice in its {field_name}"
            seen |= set(named)
    caught = state.get("Catch")
    last = table(caught[-1]).get("ErrorEquals") if isinstance(caught, list) and caught else None
    if last != ["States.ALL"]:
        yield "an error of it is not caught, so it stops jobs that do not depend on it"


def following(state: Mapping[str, Value]) -> list[str]:
    """Name the states that one may go on to."""
    found = [state.get("Next"), state.get("Default")]
    for key in ("Choices", "Catch"):
        entries = state.get(key)
        found += [table(entry).get("Next") for entry in (entries if isinstance(entries, list) else [])]
    return [name for name in found if isinstance(name, str)]


def _positive(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
