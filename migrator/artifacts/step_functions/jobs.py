"""The order of a workflow's jobs as states: a job starts when all jobs before it have succeeded.

Jobs without order run side by side. In layers a job's branch first asks whether all jobs before it succeeded. A job
that failed stops those behind it and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from migrator.artifacts.parts.cloudformation import Json
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.flows import parallel
from migrator.artifacts.step_functions.scope import Scope, State, Ways
from migrator.workflows.arrangement import Arrangement, Layers, Series, Together, before_each, names_in

Adder = Callable[[Scope, str, Ways], str]
"""Adds the states of a job; gives the name of the first."""

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Jobs:
    """Compiles jobs in order. `before` has the jobs that each waits for, all of them, in topological order of keys."""

    before: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    run: Adder

    def add(self, scope: Scope, jobs: Arrangement, ways: Ways, depth: int = 0) -> str:
        """Add the states of some jobs; give the name of the first."""
        if depth > _DEEPEST:
            msg = "the order of its jobs is nested too deep"
            raise CannotBeSaidError(msg)
        match jobs:
            case str():
                return self.run(scope, jobs, ways)
            case Series():
                entry = ways.ok
                for part in reversed(jobs.parts):
                    entry = self.add(scope, part, Ways(entry, ways.bad, ways.lost), depth + 1)
                return entry
            case Together():
                branches = [self._branch(scope, part, depth) for part in jobs.parts]
                return self._together(scope, branches, ways)
            case Layers():
                return self._layers(scope, jobs, ways)
        assert_never(jobs)

    def _branch(self, scope: Scope, jobs: Arrangement, depth: int) -> State:
        last = max(names_in(jobs), key=list(self.before).index)
        return job_branch(scope, self.labels[last], lambda inside, ways: self.add(inside, jobs, ways, depth + 1))

    def _together(self, scope: Scope, branches: list[State], ways: Ways) -> str:
        kept = "Jobs"
        places = [f"$.{kept}.Succeeded[{number}]" for number in range(len(branches))]
        judged = all_succeeded(scope, places, ways)
        return parallel(scope, scope.names.give("Side by side"), branches, f"$.{kept}", judged)

    def _layers(self, scope: Scope, jobs: Layers, ways: Ways) -> str:
        places = {
            job: f"$.Layer{depth}.Succeeded[{n}]"
            for depth, layer in enumerate(jobs.layers, start=1)
            for n, job in enumerate(layer)
        }
        entry = all_succeeded(scope, list(places.values()), ways).ok
        for number, layer in reversed(list(enumerate(jobs.layers, start=1))):
            branches = [
                self._after(
                    scope, job, [places[one] for one in self.before if one in places and one in self.before[job]]
                )
                for job in layer
            ]
            name = scope.names.give(f"Layer {number}")
            entry = parallel(scope, name, branches, f"$.Layer{number}", Ways(entry, ways.bad, ways.lost))
        return entry

    def _after(self, scope: Scope, job: str, places: Sequence[str]) -> State:
        def add(inside: Scope, ways: Ways) -> str:
            entry = self.run(inside, job, ways)
            return all_succeeded(inside, places, Ways(entry, ways.bad, ways.lost)).ok if places else entry

        return job_branch(scope, self.labels[job], add)


def all_succeeded(scope: Scope, places: Sequence[str], ways: Ways) -> Ways:
    """Add a Choice that goes on where all of these succeeded."""
    asked: list[dict[str, Json]] = [{"Variable": place, "BooleanEquals": True} for place in places]
    rule: dict[str, Json] = {"And": asked} if len(asked) > 1 else asked[0]
    name = scope.names.give("Did all succeed")
    scope.add(name, {"Type": "Choice", "Choices": [rule | {"Next": ways.ok}], "Default": ways.bad})
    return Ways(name, name, ways.lost)


def job_branch(scope: Scope, label: str, add: Callable[[Scope, Ways], str]) -> State:
    """Give a branch of jobs: it hands back whether all succeeded, and its failure stops no other branch."""
    inside = scope.inner()
    give = scope.names.give
    ok = inside.add(give(f"{label} succeeded"), {"Type": "Pass", "Result": {"Succeeded": True}, "End": True})
    bad = inside.add(give(f"{label} failed"), {"Type": "Pass", "Result": {"Succeeded": False}, "End": True})
    return inside.closed(add(inside, Ways(ok, bad, bad)))


def in_order(jobs: Sequence[str], order: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Give for each job all those before it; raise CannotBeSaidError where the order goes in a circle."""
    before = before_each(jobs, order)
    if before is None:
        msg = "its jobs wait for each other in a circle"
        raise CannotBeSaidError(msg)
    return before
