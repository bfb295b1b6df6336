"""Make a large graph small enough to look at: jobs that stand alike are drawn as one box."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from migrator.report.pictures.layout import levels
from migrator.report.pictures.scene import Edge, Line, Node, Picture

_ROUNDS = 8


def collapsed(picture: Picture, most: int) -> Picture:
    """Draw at most `most` boxes: first jobs with the same neighbours together, then chains, at last whole levels."""
    home = {node.id: node.id for node in picture.nodes}
    for number in range(_ROUNDS):
        if len(set(home.values())) <= most:
            break
        alike = _chains if number % 2 else _neighbours
        home = _merged(home, alike(home, picture.edges))
    return _redrawn(picture, home) if len(set(home.values())) <= most else by_levels(picture, most)


def by_levels(picture: Picture, most: int) -> Picture:
    """Draw each level as one box; levels beyond `most` are folded evenly."""
    names = [node.id for node in picture.nodes]
    level = levels(names, ((edge.upstream, edge.downstream) for edge in picture.edges))
    deepest = max(level.values())
    home = _first_of(names, lambda name: level[name] * most // (deepest + 1) if deepest >= most else level[name])
    return _redrawn(picture, home)


_Home = dict[str, str]


def _first_of(names: Iterable[str], key: Callable[[str], Hashable]) -> _Home:
    first: dict[Hashable, str] = {}
    return {name: first.setdefault(key(name), name) for name in names}


def _merged(home: _Home, keys: dict[str, Hashable]) -> _Home:
    first = _first_of(dict.fromkeys(home.values()), lambda name: keys[name])
    return {name: first[representative] for name, representative in home.items()}


def _ties(home: _Home, edges: Iterable[Edge]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    upstream: dict[str, set[str]] = defaultdict(set)
    downstream: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        above, below = home[edge.upstream], home[edge.downstream]
        if above != below:
            downstream[above].add(below)
            upstream[below].add(above)
    return upstream, downstream


def _neighbours(home: _Home, edges: Iterable[Edge]) -> dict[str, Hashable]:
    upstream, downstream = _ties(home, edges)
    return {name: (frozenset(upstream[name]), frozenset(downstream[name])) for name in set(home.values())}


def _chains(home: _Home, edges: Iterable[Edge]) -> dict[str, Hashable]:
    upstream, downstream = _ties(home, edges)
    keys: dict[str, Hashable] = {}
    for name in dict.fromkeys(home.values()):
        head, seen = name, {name}
        # Walk up while there is one way only; `seen` ends a walk round a ring.
        while len(upstream[head]) == 1:
            (above,) = upstream[head]
            if len(downstream[above]) != 1 or above in seen:
                break
            if above in keys:
                head = str(keys[above])
                break
            head = above
            seen.add(head)
        keys.update(dict.fromkeys(seen, head))
    return keys


def _redrawn(picture: Picture, home: _Home) -> Picture:
    members: defaultdict[str, list[Node]] = defaultdict(list)
    for node in picture.nodes:
        members[home[node.id]].append(node)
    nodes = tuple(_together(name, group) for name, group in members.items())
    counted: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in picture.edges:
        pair = (home[edge.upstream], home[edge.downstream])
        if pair[0] != pair[1]:
            counted[pair].append(edge)
    edges = tuple(_bundle(pair, bundle) for pair, bundle in counted.items())
    note = f"{len(picture.nodes):,} jobs are drawn as {len(nodes):,} boxes: jobs that stand alike share one"
    return Picture(picture.title, nodes, edges, picture.boxes, note)


def _together(name: str, group: list[Node]) -> Node:
    if len(group) == 1:
        return group[0]
    first, last = group[0].lines[0], group[-1].lines[0]
    return Node(name, (f"{len(group):,} jobs", first, "…", last), group[0].target, box=group[0].box)


def _bundle(pair: tuple[str, str], bundle: list[Edge]) -> Edge:
    if len(bundle) == 1:
        edge = bundle[0]
        return Edge(*pair, edge.label, edge.line)
    line = Line.SURE if any(edge.line is Line.SURE for edge in bundle) else bundle[0].line
    return Edge(*pair, f"{len(bundle):,} ties", line)
