"""Circles among declared dependencies: strongly connected parts, found without recursion, circles not enumerated."""

from collections import deque
from collections.abc import Mapping, Sequence


def circles(successors: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Give one short circle for each part whose nodes depend on one another, sorted; its first node is the least."""
    return sorted(_shortest(min(part), part, successors) for part in _components(successors) if len(part) > 1)


def _components(successors: Mapping[str, Sequence[str]]) -> list[set[str]]:
    """Tarjan's algorithm with a stack of its own."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    parts: list[set[str]] = []
    for root in sorted(successors):
        if root in index:
            continue
        work = [(root, iter(successors[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, inner = work[-1]
            following = next(inner, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    parts.append(_popped(stack, on_stack, node))
            elif following not in index:
                index[following] = low[following] = len(index)
                stack.append(following)
                on_stack.add(following)
                work.append((following, iter(successors.get(following, ()))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return parts


def _popped(stack: list[str], on_stack: set[str], last: str) -> set[str]:
    part = set()
    while True:
        node = stack.pop()
        on_stack.discard(node)
        part.add(node)
        if node == last:
            return part


def _shortest(start: str, part: set[str], successors: Mapping[str, Sequence[str]]) -> list[str]:
    """Go from a node back to itself by the fewest steps inside its part."""
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in successors.get(node, ()):
            if following == start:
                path = [node]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return path[::-1]
            if following in part and following not in before:
                before[following] = node
                queue.append(following)
    return [start]
