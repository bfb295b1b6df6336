"""The order of a workflow's jobs as states: a job starts when all jobs before it have succeeded.

Jobs without order run side by side. What can be parted into a series or into independent sets is; the rest runs in
layers, in which a job's branch first asks whether all jobs before it succeeded. A job that failed stops those behind
it and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.artifacts.parts.cloudformation import Json
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.step_functions.flows import parallel
from migrator.artifacts.step_functions.scope import Scope, State, Ways

Adder = Callable[[Scope, str, Ways], str]
"""Adds the states of a job; gives the name of the first."""

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Jobs:
    """Compiles jobs in order. `before` has the jobs that each waits for, all of them, in topological order of keys."""

    before: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    run: Adder

    def add(self, scope: Scope, jobs: Sequence[str], ways: Ways, depth: int = 0) -> str:
        """Add the states of some jobs, given in topological order; give the name of the first."""
        if depth > _DEEPEST:
            msg = "the order of its jobs is nested too deep"
            raise CannotBeSaidError(msg)
        if len(jobs) == 1:
            return self.run(scope, jobs[0], ways)
        if len(series := self._series(jobs)) > 1:
            entry = ways.ok
            for some in reversed(series):
                entry = self.add(scope, some, Ways(entry, ways.bad, ways.lost), depth + 1)
            return entry
        if len(sets := self._independent(jobs)) > 1:
            branches = [self._branch(scope, some, depth) for some in sets]
            return self._together(scope, branches, ways)
        return self._layers(scope, jobs, ways)

    def _series(self, jobs: Sequence[str]) -> list[list[str]]:
        """Cut where everything behind waits for everything before."""
        parts: list[list[str]] = [[]]
        for place, job in enumerate(jobs):
            former = frozenset(jobs[:place])
            if place and all(former <= self.before[later] for later in jobs[place:]):
                parts.append([])
            parts[-1].append(job)
        return parts

    def _independent(self, jobs: Sequence[str]) -> list[list[str]]:
        sets: list[list[str]] = []
        for job in jobs:
            tied = [some for some in sets if self.before[job] & set(some)]
            merged = [*(one for some in tied for one in some), job]
            sets = [*(some for some in sets if some not in tied), merged]
        return [sorted(some, key=jobs.index) for some in sets]

    def _branch(self, scope: Scope, jobs: Sequence[str], depth: int) -> State:
        return job_branch(scope, self.labels[jobs[-1]], lambda inside, ways: self.add(inside, jobs, ways, depth + 1))

    def _together(self, scope: Scope, branches: list[State], ways: Ways) -> str:
        kept = "Jobs"
        places = [f"$.{kept}.Succeeded[{number}]" for number in range(len(branches))]
        judged = all_succeeded(scope, places, ways)
        return parallel(scope, scope.names.give("Side by side"), branches, f"$.{kept}", judged)

    def _layers(self, scope: Scope, jobs: Sequence[str], ways: Ways) -> str:
        depths: dict[str, int] = {}
        for job in jobs:
            depths[job] = max((depths[former] + 1 for former in self.before[job] if former in depths), default=0)
        layers = [[job for job in jobs if depths[job] == depth] for depth in range(max(depths.values()) + 1)]
        places = {
            job: f"$.Layer{depth + 1}.Succeeded[{n}]"
            for depth, layer in enumerate(layers)
            for n, job in enumerate(layer)
        }
        entry = all_succeeded(scope, list(places.values()), ways).ok
        for number, layer in reversed(list(enumerate(layers, start=1))):
            branches = [
                self._after(scope, job, [places[one] for one in jobs if one in self.before[job]]) for job in layer
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
    """Give for each job all those before it, near or far; keys in an order in which each comes after those.

    Raise CannotBeSaidError where the order goes in a circle.
    """
    direct: dict[str, set[str]] = {job: set() for job in jobs}
    for former, latter in order:
        if former in direct and latter in direct:
            direct[latter].add(former)
    before: dict[str, frozenset[str]] = {}
    left = list(jobs)
    while left:
        ready = [job for job in left if direct[job] <= before.keys()]
        if not ready:
            msg = "its jobs wait for each other in a circle"
            raise CannotBeSaidError(msg)
        for job in ready:
            before[job] = frozenset(direct[job]).union(*(before[one] for one in direct[job]))
        left = [job for job in left if job not in before]
    return before
