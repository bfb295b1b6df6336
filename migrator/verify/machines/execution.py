"""A run of a state machine in which nothing is called: what would be called is asked of `Services`.

Follows the Amazon States Language: input and output of each state, Retry and Catch, Choice, Parallel and Map. Branches
are gone through one after the other; what comes before what is kept in frontiers, as in a shell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from migrator.verify.machines.data import DataError, filled, holds, looked_up, put
from migrator.verify.machines.definition import ASKING, Call, call_of
from migrator.verify.values import Value, table

_MOST_STATES = 20_000
_UNCATCHABLE = frozenset({"States.DataLimitExceeded", "States.Runtime"})


class MachineError(ValueError):
    """A machine that cannot be followed: a clause."""


class StateError(Exception):
    """An error of a state, as Retry and Catch know it by its name; `frontier` is what was run before it."""

    def __init__(self, name: str, frontier: frozenset[int]) -> None:
        super().__init__(name)
        self.name, self.frontier = name, frontier


class Services(Protocol):
    """What the machine's calls reach."""

    def call(self, call: Call, given: Value, frontier: frozenset[int]) -> tuple[Value, frozenset[int]]:
        """Give a call's result and the frontier behind it; raise StateError where it fails."""

    def slept(self, seconds: Value, frontier: frozenset[int]) -> frozenset[int]:
        """Give the frontier behind a Wait that is a command's."""

    def begin(self) -> object:
        """Remember what was taken down so far."""

    def again(self, begun: object) -> None:
        """Forget what was taken down since: it is tried again."""


@dataclass(slots=True)
class Execution:
    """One run. `context` is the context object. `states` counts those entered, looks at commands included."""

    services: Services
    context: Value
    states: int = 0
    entered: list[str] = field(default_factory=list)

    def run(self, definition: Mapping[str, Value], given: Value) -> tuple[bool, frozenset[int]]:
        """Run a machine; say whether it succeeded, and give what its end comes after. Raise MachineError."""
        try:
            _, frontier = self._scope(definition, given, frozenset())
        except StateError as error:
            if error.name in _UNCATCHABLE:
                msg = f"it breaks at {self.entered[-1]}"
                raise MachineError(msg) from error
            return False, error.frontier
        except DataError as error:
            msg = f"at {self.entered[-1]}: {error}"
            raise MachineError(msg) from error
        except RecursionError:
            msg = "it is nested too deep"
            raise MachineError(msg) from None
        return True, frontier

    def _scope(self, scope: Mapping[str, Value], data: Value, frontier: frozenset[int]) -> tuple[Value, frozenset[int]]:
        states = scope.get("States")
        name: Value = scope.get("StartAt")
        while True:
            state = states.get(str(name)) if isinstance(states, dict) else None
            if not isinstance(states, dict) or not isinstance(state, dict):
                msg = f"it goes on to {name}, which is not there"
                raise MachineError(msg)
            self.states += 1
            self.entered.append(str(name))
            if self.states > _MOST_STATES:
                msg = "it has no end"
                raise MachineError(msg)
            kind = state.get("Type")
            if kind == "Succeed":
                return data, frontier
            if kind == "Fail":
                raise StateError(str(state.get("Error", "States.TaskFailed")), frontier)
            if kind == "Choice":
                name = self._chosen(state, data, frontier)
                continue
            if kind == "Wait" and not _before_a_look(state, states):
                frontier = self.services.slept(state.get("Seconds"), frontier)
            following, data, frontier = self._tried(state, data, frontier)
            if following is None:
                return data, frontier
            name = following

    def _chosen(self, state: Mapping[str, Value], data: Value, frontier: frozenset[int]) -> Value:
        choices = state.get("Choices")
        for rule in choices if isinstance(choices, list) else []:
            if isinstance(rule, dict) and holds(rule, data, self.context):
                return rule.get("Next")
        if "Default" not in state:
            raise StateError("States.NoChoiceMatched", frontier)
        return state["Default"]

    def _tried(
        self, state: Mapping[str, Value], data: Value, frontier: frozenset[int]
    ) -> tuple[Value, Value, frozenset[int]]:
        """Run a state, again where its Retry says so; give the state behind it, its output and the frontier."""
        retries: dict[int, int] = {}
        while True:
            begun = self.services.begin()
            try:
                result, ended = self._result(state, data, frontier)
            except StateError as error:
                if self._again(state, error, retries):
                    self.services.again(begun)
                    continue
                catcher = _catching(state.get("Catch"), error)
                if catcher is None:
                    raise
                told: Value = {"Error": error.name, "Cause": ""}
                return catcher.get("Next"), put(catcher.get("ResultPath", "$"), told, data), error.frontier
            else:
                output = put(state.get("ResultPath", "$"), result, data)
                return (None if state.get("End") is True else state.get("Next")), output, ended

    def _again(self, state: Mapping[str, Value], error: StateError, retries: dict[int, int]) -> bool:
        entries = state.get("Retry")
        for place, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict) and _names(entry, error):
                most = entry.get("MaxAttempts", 3)
                retries[place] = retries.get(place, 0) + 1
                return isinstance(most, int) and retries[place] <= most
        return False

    def _result(
        self, state: Mapping[str, Value], data: Value, frontier: frozenset[int]
    ) -> tuple[Value, frozenset[int]]:
        path = str(state.get("InputPath", "$"))
        given = looked_up(path, data, self.context)
        if "Parameters" in state and state.get("Type") != "Map":
            given = filled(state["Parameters"], given, self.context)
        match state.get("Type"):
            case "Pass":
                return state.get("Result", given), frontier
            case "Wait":
                return given, frontier
            case "Task":
                call = call_of(state.get("Resource"))
                if call is None:
                    msg = f"{state.get('Resource')} is no integration"
                    raise MachineError(msg)
                result, frontier = self.services.call(call, given, frontier)
            case "Parallel":
                result, frontier = self._parallel(state, given, frontier)
            case "Map":
                result, frontier = self._map(state, given, frontier)
            case other:
                msg = f"the type {other} is not read"
                raise MachineError(msg)
        if "ResultSelector" in state:
            result = filled(state["ResultSelector"], result, self.context)
        return result, frontier

    def _parallel(
        self, state: Mapping[str, Value], data: Value, frontier: frozenset[int]
    ) -> tuple[Value, frozenset[int]]:
        branches = state.get("Branches")
        given = [table(branch) for branch in branches] if isinstance(branches, list) else []
        results: list[Value] = []
        ended = frontier
        for branch in given:
            try:
                result, behind = self._scope(branch, data, frontier)
            except StateError as error:
                if len(given) > 1:
                    msg = f"{error.name} in one branch stops those beside it"
                    raise MachineError(msg) from error
                raise
            results.append(result)
            ended |= behind
        return results, ended

    def _map(self, state: Mapping[str, Value], data: Value, frontier: frozenset[int]) -> tuple[Value, frozenset[int]]:
        items = self._items(state, data)
        processor = state.get("ItemProcessor") or state.get("Iterator")
        selector = state.get("ItemSelector") or state.get("Parameters")
        one_by_one = state.get("MaxConcurrency") == 1
        results: list[Value] = []
        ended = frontier
        kept = self.context
        for index, item in enumerate(items):
            given = item
            place: Value = {"Index": index, "Value": item}
            self.context = {**table(kept), "Map": {"Item": place}}
            if selector is not None:
                given = filled(selector, data, self.context)
            try:
                result, behind = self._scope(table(processor), given, ended if one_by_one else frontier)
            finally:
                self.context = kept
            results.append(result)
            ended = behind if one_by_one else ended | behind
        return results, ended

    def _items(self, state: Mapping[str, Value], data: Value) -> Sequence[Value]:
        items = state.get("Items")
        if items is None:
            items = looked_up(str(state.get("ItemsPath", "$")), data, self.context)
        if not isinstance(items, list):
            msg = "a Map goes over what is no list"
            raise MachineError(msg)
        return items


def _before_a_look(state: Mapping[str, Value], states: Mapping[str, Value]) -> bool:
    """Say whether a Wait only lets time pass before something is asked for."""
    following = states.get(str(state.get("Next")))
    call = call_of(table(following).get("Resource"))
    return call is not None and call.sdk and call.action.startswith(ASKING)


def _catching(entries: Value, error: StateError) -> Mapping[str, Value] | None:
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and _names(entry, error):
            return entry
    return None


def _names(entry: Mapping[str, Value], error: StateError) -> bool:
    errors = entry.get("ErrorEquals")
    named = errors if isinstance(errors, list) else []
    if "States.TaskFailed" in named and error.name != "States.Timeout" and not error.name.startswith("States."):
        return True
    return error.name in named or ("States.ALL" in named and error.name not in _UNCATCHABLE)
