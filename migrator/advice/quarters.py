"""Doubtful ties by the part of the portfolio that they concern, and what becomes of its clusters in each world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress

from migrator.advice.regrouping import DoubtfulTie, Group
from migrator.advice.shape import MANY_UNITS
from migrator.advice.standing import Standing
from migrator.advice.turning import tie_question
from migrator.advice.worlds import WORLDS, spread
from migrator.graph.types import Dependency
from migrator.model.frozen import frozen

# So many jobs are grouped again over all worlds.
_MOST_REGROUPED = 60_000


@frozen
class Regrouped:
    """Clusters that ties join or part, and the groups that their jobs form then.

    `weighs` says that one of them, or one of the groups, has five units or more. Below that no environment is wanted
    and no need weighs: the groups are then the same in every world.
    """

    clusters: tuple[str, ...]
    groups: tuple[Group, ...]
    weighs: bool


@frozen
class Seen:
    """What is grouped again in some worlds, which are all alike in its ties."""

    worlds: tuple[int, ...]
    made: Regrouped


class Quarters:
    """Doubtful ties by the clusters that they may bring together, and in which worlds each is the other way round."""

    def __init__(self, standing: Standing, ties: Sequence[DoubtfulTie]) -> None:
        self._standing = standing
        self._turning = [_turning(tie) for tie in ties]
        self._every = ties
        self.seen: list[Seen] = []
        self.ties = 0
        spent = 0
        for quarter in self._quarters():
            states = self._states(quarter)
            spent += sum(len(standing.cases[name].jobs) for state in states for name in self._clusters(state))
            if spent > _MOST_REGROUPED:
                # What lies beyond the limit is left as the plan has it.
                break
            self.ties += len(quarter)
            self.seen += [Seen(tuple(worlds), self._regrouped(state)) for state, worlds in states.items()]

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

    def _states(self, quarter: Sequence[int]) -> dict[tuple[int, ...], list[int]]:
        """Give the worlds by the ties of a quarter that are turned in them, those without one left out."""
        found: dict[tuple[int, ...], list[int]] = {}
        for world, flags in enumerate(zip(*(self._turning[index] for index in quarter), strict=True)):
            if any(flags):
                found.setdefault(tuple(compress(quarter, flags)), []).append(world)
        return found

    def _clusters(self, state: Iterable[int]) -> tuple[str, ...]:
        home = self._standing.home
        ends = (end for index in state for end in (self._every[index].upstream, self._every[index].downstream))
        return tuple(sorted({home[end] for end in ends}))

    def _regrouped(self, state: tuple[int, ...]) -> Regrouped:
        names, standing = self._clusters(state), self._standing
        groups = standing.turned(names, [self._every[index] for index in state])
        shapes = [standing.shapes[name] for name in names] + [group.shape for group in groups]
        return Regrouped(names, groups, any(shape.units >= MANY_UNITS for shape in shapes))


def _turning(tie: DoubtfulTie) -> tuple[bool, ...]:
    """Say for each world whether a tie is the other way round: it is real in as many as its confidence says."""
    real = round(tie.confidence * WORLDS)
    taken = isinstance(tie, Dependency)
    # By its ends alone: a tie keeps its worlds when its confidence moves it over the threshold.
    return tuple([bool(unreal) is taken for unreal in spread(tie_question(tie), (real, WORLDS - real))])
