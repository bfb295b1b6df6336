"""Doubtful ties by the part of the portfolio that they concern, and what becomes of its clusters in each world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from migrator.advice.regrouping import DoubtfulTie, Group
from migrator.advice.standing import Standing
from migrator.advice.turning import tie_question
from migrator.advice.worlds import WORLDS, spread
from migrator.graph.types import Dependency
from migrator.model.frozen import frozen

# So many jobs are grouped again over all worlds.
_MOST_REGROUPED = 60_000


@frozen
class Regrouped:
    """Clusters that ties join or part, and the groups that their jobs form then."""

    clusters: tuple[str, ...]
    groups: tuple[Group, ...]


class Quarters:
    """Doubtful ties by the clusters that they may bring together, and in which worlds each is the other way round."""

    def __init__(self, standing: Standing, ties: Sequence[DoubtfulTie]) -> None:
        self._standing = standing
        self._made: dict[tuple[int, ...], Regrouped] = {}
        self._worlds = [frozenset(_turning(tie)) for tie in ties]
        self._every = ties
        self._used: list[tuple[int, ...]] = []
        spent = 0
        for quarter in self._quarters():
            states = {self._state(quarter, world) for world in range(WORLDS)} - {()}
            spent += sum(len(standing.cases[name].jobs) for state in states for name in self._clusters(state))
            if spent > _MOST_REGROUPED:
                break
            self._used.append(quarter)
            self._made.update((state, self._regrouped(state)) for state in sorted(states))

    @property
    def ties(self) -> int:
        """Count the ties that are turned; what lies beyond the limit is left as the plan has it."""
        return sum(len(quarter) for quarter in self._used)

    def groups(self, world: int) -> list[Regrouped]:
        """Give what is grouped again in a world."""
        states = (self._state(quarter, world) for quarter in self._used)
        return [self._made[state] for state in states if state]

    def _quarters(self) -> list[tuple[int, ...]]:
        """Gather the ties that have clusters in common, directly or by others."""
        parent: dict[str, str] = {}

        def root(name: str) -> str:
            while parent.setdefault(name, name) != name:
                parent[name] = parent[parent[name]]
                name = parent[name]
            return name

        ends = [self._clusters((index,)) for index in range(len(self._every))]
        for names in ends:
            for other in names[1:]:
                parent[root(other)] = root(names[0])
        found: defaultdict[str, list[int]] = defaultdict(list)
        for index, names in enumerate(ends):
            found[root(names[0])].append(index)
        return [tuple(members) for members in found.values()]

    def _state(self, quarter: Iterable[int], world: int) -> tuple[int, ...]:
        return tuple(index for index in quarter if world in self._worlds[index])

    def _clusters(self, state: Iterable[int]) -> tuple[str, ...]:
        home = self._standing.home
        ends = (end for index in state for end in (self._every[index].upstream, self._every[index].downstream))
        return tuple(sorted({home[end] for end in ends}))

    def _regrouped(self, state: tuple[int, ...]) -> Regrouped:
        names = self._clusters(state)
        return Regrouped(names, self._standing.turned(names, [self._every[index] for index in state]))


def _turning(tie: DoubtfulTie) -> Iterator[int]:
    """Give the worlds in which a tie is the other way round: it is real in as many as its confidence says."""
    real = round(tie.confidence * WORLDS)
    taken = isinstance(tie, Dependency)
    # By its ends alone: a tie keeps its worlds when its confidence moves it over the threshold.
    for world, unreal in enumerate(spread(tie_question(tie), (real, WORLDS - real))):
        if bool(unreal) is taken:
            yield world
