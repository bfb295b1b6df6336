"""Rows of a picture that fits a page: a level of the graph that is too wide is broken into several rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from migrator.report.pictures.scene import Line, Picture


def levels(nodes: Iterable[str], ties: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Give each node the length of the longest path that leads to it; nodes on a cycle come after all others."""
    names = list(nodes)
    downstream: defaultdict[str, list[str]] = defaultdict(list)
    waiting_for = dict.fromkeys(names, 0)
    for upstream, node in sorted(set(ties)):
        if upstream != node:
            downstream[upstream].append(node)
            waiting_for[node] += 1
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
    order = [(edge.upstream, edge.downstream) for edge in picture.edges if edge.line in (Line.SURE, Line.UNSURE)]
    level = levels((node.id for node in picture.nodes), order)
    found: list[tuple[str, ...]] = []
    for group in _boxes(picture):
        by_level: defaultdict[int, list[str]] = defaultdict(list)
        for name in group:
            by_level[level[name]].append(name)
        for _, names in sorted(by_level.items()):
            found.extend(_even(names, most))
    return tuple(found)


def _boxes(picture: Picture) -> Iterable[list[str]]:
    members: Mapping[str, list[str]] = defaultdict(list)
    for node in picture.nodes:
        members[node.box].append(node.id)
    order = [box.id for box in picture.boxes if box.id in members]
    return (members[box] for box in [*order, *(box for box in members if box not in order)])


def _even(names: Sequence[str], most: int) -> list[tuple[str, ...]]:
    count = -(-len(names) // most)
    size = -(-len(names) // count)
    return [tuple(names[start : start + size]) for start in range(0, len(names), size)]
