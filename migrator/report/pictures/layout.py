"""Rows of a picture that fits a page: upstream above downstream, and no row wider than asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.report.pictures.scene import Line, Look, Picture

_ORDER = frozenset({Line.SURE, Line.UNSURE})


def levels(nodes: Iterable[str], ties: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Give each node the length of the longest path that leads to it; nodes on a cycle come after all others."""
    names = list(nodes)
    downstream, waiting_for = _neighbours(names, ties)
    level = dict.fromkeys(names, 0)
    ready = [name for name in names if not waiting_for[name]]
    for name in ready:
        for node in downstream[name]:
            level[node] = max(level[node], level[name] + 1)
            waiting_for[node] -= 1
            if not waiting_for[node]:
                ready.append(node)
    deepest = max((level[name] for name in ready), default=-1)
    return {name: level[name] if not waiting_for[name] else deepest + 1 for name in names}


def rows(picture: Picture, most: int) -> tuple[tuple[str, ...], ...]:
    """Place the nodes in rows of at most `most`, box after box, upstream above downstream."""
    others = {node.id for node in picture.nodes if node.look is Look.OTHER}
    ties = [
        (edge.upstream, edge.downstream)
        for edge in picture.edges
        # A job of another cluster is drawn near the one that it is tied to.
        if edge.line in _ORDER or edge.upstream in others or edge.downstream in others
    ]
    found: list[tuple[str, ...]] = []
    for group in _boxes(picture):
        members = set(group)
        inside = [tie for tie in ties if tie[0] in members and tie[1] in members]
        found.extend(_scheduled(group, inside, most) if inside else _even(group, most))
    return tuple(found)


def _neighbours(
    names: Iterable[str], ties: Iterable[tuple[str, str]]
) -> tuple[Mapping[str, list[str]], dict[str, int]]:
    downstream: defaultdict[str, list[str]] = defaultdict(list)
    waiting_for = dict.fromkeys(names, 0)
    for upstream, node in dict.fromkeys(ties):
        if upstream != node:
            downstream[upstream].append(node)
            waiting_for[node] += 1
    return downstream, waiting_for


def _boxes(picture: Picture) -> Iterator[list[str]]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for node in picture.nodes:
        members[node.box].append(node.id)
    order = [box.id for box in picture.boxes if box.id in members]
    yield from (members[box] for box in [*order, *(box for box in members if box not in order)])


def _even(names: Sequence[str], most: int) -> list[tuple[str, ...]]:
    count = -(-len(names) // most)
    size = -(-len(names) // count)
    return [tuple(names[start : start + size]) for start in range(0, len(names), size)]


def _scheduled(names: Sequence[str], ties: Sequence[tuple[str, str]], most: int) -> Iterator[tuple[str, ...]]:
    """Fill row after row with nodes whose upstream stands above, as Coffman and Graham do.

    A chain that has begun is gone on with before another begins, and of what is ready the longest way down goes first.
    """
    downstream, waiting_for = _neighbours(names, ties)
    height = levels(names, ((below, above) for above, below in ties))
    chain = _components(names, ties)
    place = {name: number for number, name in enumerate(names)}
    begun: set[str] = set()
    left = dict.fromkeys(names)
    while left:
        # Where only a cycle is left, its first node goes first.
        ready = [name for name in left if waiting_for[name] <= 0] or [next(iter(left))]
        ready.sort(key=lambda name: (chain[name] not in begun, place[chain[name]], -height[name], place[name]))
        row = ready[:most]
        for name in row:
            begun.add(chain[name])
            del left[name]
            for node in downstream[name]:
                waiting_for[node] -= 1
        yield tuple(row)


def _components(names: Sequence[str], ties: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in ties:
        joined[one].append(other)
        joined[other].append(one)
    first: dict[str, str] = {}
    for name in names:
        waiting = [name] if name not in first else []
        while waiting:
            found = waiting.pop()
            if found not in first:
                first[found] = name
                waiting.extend(joined[found])
    return first
