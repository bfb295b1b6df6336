"""Names in an order in which each stands behind those before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter


def in_order(before: Mapping[str, Sequence[str]]) -> list[str]:
    """Sort names by those before each, all that are free together as they stand.

    What waits for itself has no order, and comes last, as it stands.
    """
    places = {name: place for place, name in enumerate(before)}
    sorter = TopologicalSorter({name: [one for one in those if one in places] for name, those in before.items()})
    with suppress(CycleError):  # what stands before a circle can be had nevertheless
        sorter.prepare()
    found: list[str] = []
    while ready := sorted(sorter.get_ready(), key=places.__getitem__):
        found += ready
        sorter.done(*ready)
    done = set(found)
    return found + [name for name in before if name not in done]
