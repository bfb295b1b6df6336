"""The flow of a job's tasks as states, each with what the shell does after its success and after its failure.

A flow is compiled from its end: a part is given the states that it goes on to (`Ways`), so `;` is one state for both
ways, `&&` and `||` are one each, and no status has to be kept. Where the shell forgets which way it came, so does the
machine. Parts of a Parallel and rounds of a Map end by themselves and hand back whether they succeeded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from migrator.artifacts.parts.cloudformation import Json, described
from migrator.artifacts.parts.document import ROUND
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.run_command import lost_state
from migrator.artifacts.step_functions.scope import CAUGHT, Scope, State, Ways
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, Sign

Runner = Callable[[Scope, str, Ways, "tuple[Each, ...]"], str]
"""Adds the states of a named task, which lies in some loops; gives the name of the first."""

STATUSES: dict[str, Json] = {"Succeeded.$": "$[*].Succeeded"}
"""What is kept of the answers of branches or rounds."""

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Flows:
    """Compiles the flow of one job: `label` names it in states, `run` adds a task. `loops` are those around it."""

    label: str
    run: Runner
    loops: tuple[Each, ...] = ()

    def add(self, scope: Scope, flow: Flow, ways: Ways, depth: int = 0) -> str:
        """Add the states of a flow; give the name of the first. Raise CannotBeSaidError where it is nested too deep."""
        if depth > _DEEPEST:
            msg = f"its commands are nested more than {_DEEPEST} deep"
            raise CannotBeSaidError(msg)
        below = depth + 1
        match flow:
            case Run():
                return self.run(scope, flow.task, ways, self.loops)
            case InOrder():
                return self._in_order(scope, flow, ways, below)
            case AndOr():
                return self._and_or(scope, flow, ways, below)
            case Choice():
                otherwise = ways.ok if flow.otherwise is None else self.add(scope, flow.otherwise, ways, below)
                then = self.add(scope, flow.then, ways, below)
                return self.add(scope, flow.condition, Ways(then, otherwise, ways.lost), below)
            case Beside():
                return self._beside(scope, flow, ways, below)
            case Each():
                return self._each(scope, flow, ways, below)
            case Negated():
                return self.add(scope, flow.part, Ways(ways.bad, ways.ok, ways.lost), below)
        assert_never(flow)

    def _in_order(self, scope: Scope, flow: InOrder, ways: Ways, depth: int) -> str:
        *earlier, last = flow.parts
        entry = self.add(scope, last, ways, depth)
        for part in reversed(earlier):
            entry = self.add(scope, part, Ways(entry, entry, ways.lost), depth)
        return entry

    def _and_or(self, scope: Scope, flow: AndOr, ways: Ways, depth: int) -> str:
        # From the end: where a success goes on to is the next part behind `&&`, a failure's the next behind `||`.
        ok, bad = ways.ok, ways.bad
        for sign, part in reversed(flow.rest):
            entry = self.add(scope, part, Ways(ok, bad, ways.lost), depth)
            if sign is Sign.AND:
                ok = entry
            else:
                bad = entry
        return self.add(scope, flow.first, Ways(ok, bad, ways.lost), depth)

    def _beside(self, scope: Scope, flow: Beside, ways: Ways, depth: int) -> str:
        name = scope.names.give(f"At once in {self.label}")
        branches = [branch(scope, self.label, partial(self._inside, part, depth)) for part in flow.parts]
        bad = ways.ok if flow.waits else ways.bad
        place = f"$.Parts.Succeeded[{len(flow.parts) - 1}]"
        return parallel(
            scope, name, branches, "$.Parts", by_status(scope, self.label, place, Ways(ways.ok, bad, ways.lost))
        )

    def _each(self, scope: Scope, flow: Each, ways: Ways, depth: int) -> str:
        if not flow.items:
            return ways.ok
        give, inner = scope.names.give, replace(self, loops=(*self.loops, flow))
        items, name = give(f"Rounds of {self.label}"), give(f"Each round of {self.label}")
        judged = by_status(scope, self.label, f"$.Rounds.Succeeded[{len(flow.items) - 1}]", ways)
        body = branch(scope, self.label, partial(inner._inside, flow.body, depth))
        selected: dict[str, Json] = {f"{ROUND}{n}.$": f"$.{ROUND}{n}" for n in range(1, len(inner.loops))}
        scope.add(
            name,
            {
                "Type": "Map",
                "Comment": described(f"for {flow.variable} in {' '.join(flow.items)}")[:200],
                "ItemsPath": "$.Items",
                "ItemSelector": selected | {f"{ROUND}{len(inner.loops)}.$": "$$.Map.Item.Value"},
                "MaxConcurrency": 1,
                "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, **body},
                "ResultSelector": dict(STATUSES),
                "ResultPath": "$.Rounds",
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.lost}],
                "Next": judged.ok,
            },
        )
        rounds = [str(number) for number in range(1, len(flow.items) + 1)]
        return scope.add(items, {"Type": "Pass", "Result": rounds, "ResultPath": "$.Items", "Next": name})

    def _inside(self, part: Flow, depth: int, scope: Scope, ways: Ways) -> str:
        return self.add(scope, part, ways, depth)


def branch(scope: Scope, label: str, add: Callable[[Scope, Ways], str]) -> State:
    """Give a branch that ends by itself and hands back `Succeeded`; one of which nobody knows what it does fails."""
    inside = scope.inner()
    give = scope.names.give
    ok = inside.add(give(f"{label} succeeded"), {"Type": "Pass", "Result": {"Succeeded": True}, "End": True})
    bad = inside.add(give(f"{label} failed"), {"Type": "Pass", "Result": {"Succeeded": False}, "End": True})
    lost = inside.add(give(f"{label} is lost"), lost_state(label))
    return inside.closed(add(inside, Ways(ok, bad, lost)))


def parallel(scope: Scope, name: str, branches: list[State], kept: str, ways: Ways) -> str:
    """Add a Parallel of branches that hand back whether they succeeded: `Succeeded[n]` of the place `kept`."""
    return scope.add(
        name,
        {
            "Type": "Parallel",
            "Branches": list(branches),
            "ResultSelector": dict(STATUSES),
            "ResultPath": kept,
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": CAUGHT, "Next": ways.lost}],
            "Next": ways.ok,
        },
    )


def by_status(scope: Scope, label: str, place: str, ways: Ways) -> Ways:
    """Give the ways after a part that handed back its status: a Choice decides, where there is anything to decide."""
    if ways.ok == ways.bad:
        return ways
    name = scope.add(
        scope.names.give(f"How did {label} end"),
        {
            "Type": "Choice",
            "Choices": [{"Variable": place, "BooleanEquals": True, "Next": ways.ok}],
            "Default": ways.bad,
        },
    )
    return Ways(name, name, ways.lost)
