"""How jobs that wait for each other are put together: one after the other, side by side, or in layers.

A job starts when all jobs before it have succeeded. What can be parted into a series or into independent sets is; the
rest stands in layers, each job in the one behind the last of those that it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Series:
    """Each part starts when all of the one before has succeeded."""

    parts: tuple[Arrangement, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """No part waits for another."""

    parts: tuple[Arrangement, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """Each layer starts when the one before has ended; a job in it runs if all those that it waits for succeeded."""

    layers: tuple[tuple[str, ...], ...]


Arrangement: TypeAlias = "str | Series | Together | Layers"


def names_in(arrangement: Arrangement) -> Iterator[str]:
    """Name the jobs of an arrangement."""
    if isinstance(arrangement, str):
        yield arrangement
    elif isinstance(arrangement, Layers):
        for layer in arrangement.layers:
            yield from layer
    else:
        for part in arrangement.parts:
            yield from names_in(part)


def before_each(jobs: Sequence[str], order: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]] | None:
    """Give for each job all those before it, near or far; keys in an order in which each comes after those.

    None where the order goes in a circle.
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
            return None
        for job in ready:
            before[job] = frozenset(direct[job]).union(*(before[one] for one in direct[job]))
        left = [job for job in left if job not in before]
    return before


def arranged(before: Mapping[str, frozenset[str]]) -> Arrangement:
    """Put jobs together; `before` is what `before_each` gives, of one job at least."""
    return _arranged(list(before), before)


def layered(jobs: Sequence[str], order: Iterable[tuple[str, str]]) -> Layers:
    """Put jobs into layers alone, in time linear in their number and order; those on a circle come last."""
    behind: dict[str, list[str]] = {job: [] for job in jobs}
    waits = dict.fromkeys(jobs, 0)
    for former, latter in set(order):
        if former in behind and latter in behind:
            behind[former].append(latter)
            waits[latter] += 1
    found: list[tuple[str, ...]] = []
    ready = [job for job in jobs if not waits[job]]
    while ready:
        found.append(tuple(sorted(ready)))
        for job in ready:
            for latter in behind[job]:
                waits[latter] -= 1
        ready = sorted({latter for job in ready for latter in behind[job] if not waits[latter]})
    placed = {job for layer in found for job in layer}
    left = tuple(job for job in jobs if job not in placed)
    return Layers((*found, left) if left else tuple(found))


def _arranged(jobs: Sequence[str], before: Mapping[str, frozenset[str]]) -> Arrangement:
    if len(jobs) == 1:
        return jobs[0]
    if len(series := _series(jobs, before)) > 1:
        return Series(tuple(_arranged(some, before) for some in series))
    if len(sets := _independent(jobs, before)) > 1:
        return Together(tuple(_arranged(some, before) for some in sets))
    return _layers(jobs, before)


def _series(jobs: Sequence[str], before: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Cut where everything behind waits for everything before."""
    parts: list[list[str]] = [[]]
    for place, job in enumerate(jobs):
        former = frozenset(jobs[:place])
        if place and all(former <= before[later] for later in jobs[place:]):
            parts.append([])
        parts[-1].append(job)
    return parts


def _independent(jobs: Sequence[str], before: Mapping[str, frozenset[str]]) -> list[list[str]]:
    sets: list[list[str]] = []
    for job in jobs:
        tied = [some for some in sets if before[job] & set(some)]
        merged = [*(one for some in tied for one in some), job]
        sets = [*(some for some in sets if some not in tied), merged]
    return [sorted(some, key=jobs.index) for some in sets]


def _layers(jobs: Sequence[str], before: Mapping[str, frozenset[str]]) -> Layers:
    depths: dict[str, int] = {}
    for job in jobs:
        depths[job] = max((depths[former] + 1 for former in before[job] if former in depths), default=0)
    deepest = max(depths.values())
    return Layers(tuple(tuple(job for job in jobs if depths[job] == depth) for depth in range(deepest + 1)))
