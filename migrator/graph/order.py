"""Order in a directed graph: strong components, cycles, levels, and edges that others imply. Nothing here recurses."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from typing import TypeVar

import networkx as nx

Node = TypeVar("Node", bound=str)
Edge = tuple[Node, Node]

# A knot of very many cycles is shown by its first ones.
_MOST_CYCLES = 50


def strong_components(nodes: Iterable[Node], edges: Iterable[Edge[Node]]) -> dict[Node, int]:
    """Give each node the number of its strong component; nodes on one cycle have one number."""
    graph: nx.DiGraph[Node] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return {node: number for number, group in enumerate(nx.strongly_connected_components(graph)) for node in group}


def cycles(edges: Iterable[Edge[Node]]) -> tuple[tuple[Node, ...], ...]:
    """Give closed walks, shortest through the smallest node of each knot first, until no cycle is left unseen.

    A walk starts at its smallest node, which is not repeated at the end.
    """
    every = list(edges)
    if _is_acyclic({node for edge in every for node in edge}, every):
        return ()
    found: list[tuple[Node, ...]] = []
    left = _inner(every)
    while left and len(found) < _MOST_CYCLES:
        start = min(min(edge) for edge in left)
        found.append(_shortest(start, left))
        left = _inner([edge for edge in left if start not in edge])
    return tuple(sorted(found))


def _inner(edges: list[Edge[Node]]) -> list[Edge[Node]]:
    group = strong_components(sorted({node for edge in edges for node in edge}), edges)
    return [edge for edge in edges if group[edge[0]] == group[edge[1]]]


def _shortest(start: Node, edges: list[Edge[Node]]) -> tuple[Node, ...]:
    following = _successors(edges)
    before: dict[Node, Node] = {}
    front = deque([start])
    while start not in before:
        node = front.popleft()
        for after in following.get(node, ()):
            if after not in before:
                before[after] = node
                front.append(after)
    walk = [before[start]]
    while walk[-1] != start:
        walk.append(before[walk[-1]])
    return tuple(reversed(walk))


def _successors(edges: Iterable[Edge[Node]]) -> dict[Node, list[Node]]:
    following: dict[Node, list[Node]] = {}
    for former, latter in sorted(set(edges)):
        following.setdefault(former, []).append(latter)
    return following


def levels(nodes: Iterable[Node], edges: Iterable[Edge[Node]]) -> dict[Node, int]:
    """Give each node the length of the longest chain that leads to it.

    Nodes on a cycle or behind one get none.
    """
    following = _successors(edges)
    waiting: dict[Node, int] = dict.fromkeys(sorted(nodes), 0)
    if not following:
        return waiting
    for latters in following.values():
        for latter in latters:
            waiting[latter] += 1
    level = {node: 0 for node, count in waiting.items() if count == 0}
    front = list(level)
    for node in front:
        after = level[node] + 1
        for latter in following.get(node, ()):
            if level.get(latter, 0) < after:
                level[latter] = after
            waiting[latter] -= 1
            if not waiting[latter]:
                front.append(latter)
    return {node: length for node, length in level.items() if waiting[node] == 0}


def _is_acyclic(nodes: Iterable[Node], edges: Iterable[Edge[Node]]) -> bool:
    """Say whether edges, each given once, close no loop: nodes that nothing leads to are taken away until none is."""
    waiting: dict[Node, int] = dict.fromkeys(nodes, 0)
    following: dict[Node, list[Node]] = {}
    for former, latter in edges:
        waiting[latter] += 1
        following.setdefault(former, []).append(latter)
    front = [node for node, count in waiting.items() if not count]
    for node in front:
        for latter in following.get(node, ()):
            waiting[latter] -= 1
            if not waiting[latter]:
                front.append(latter)
    return len(front) == len(waiting)


def reduced(edges: Iterable[Edge[Node]]) -> tuple[Edge[Node], ...]:
    """Leave out each edge of an acyclic graph that a longer walk implies; sorted.

    Only an edge between a node with several successors and one with several predecessors can be implied, so only such
    targets get a bit: a chain of any length costs nothing.
    """
    every = sorted(set(edges))
    predecessors = Counter(latter for _, latter in every)
    if len(predecessors) == len(every):
        return tuple(every)
    following = _successors(every)
    open_targets = {b for a, b in every if len(following[a]) > 1 and predecessors[b] > 1}
    if not open_targets:
        return tuple(every)
    bits = {node: 1 << number for number, node in enumerate(sorted(open_targets))}
    level = levels({node for edge in every for node in edge}, every)
    return tuple(sorted(set(every) - _implied(following, level, bits)))


def _implied(
    following: Mapping[Node, list[Node]], level: Mapping[Node, int], bits: Mapping[Node, int]
) -> set[Edge[Node]]:
    reach: dict[Node, int] = {}
    implied: set[Edge[Node]] = set()
    for node in sorted(level, key=lambda one: (-level[one], one)):
        seen = 0
        # Nearer levels first: what they reach shows which farther ones they imply.
        for latter in sorted(following.get(node, ()), key=lambda one: (level[one], one)):
            if seen & bits.get(latter, 0):
                implied.add((node, latter))
            seen |= reach[latter] | bits.get(latter, 0)
        reach[node] = seen
    return implied


def acyclic(nodes: Iterable[Node], firm: Iterable[Edge[Node]], loose: Iterable[Edge[Node]]) -> tuple[Edge[Node], ...]:
    """Give the edges that can stand in one order: `firm` ones off their own cycles, `loose` ones that close no loop."""
    firm, loose = set(firm), set(loose)
    union = sorted(firm | loose)
    if not union:
        return ()
    every = sorted(set(nodes))
    if _is_acyclic(every, union):
        return tuple(union)
    firm, loose = sorted(firm), sorted(loose)
    knots = strong_components(every, firm)
    loops = strong_components(every, union)
    kept = {edge for edge in firm if knots[edge[0]] != knots[edge[1]]}
    kept |= {edge for edge in loose if loops[edge[0]] != loops[edge[1]]}
    return tuple(sorted(kept))
