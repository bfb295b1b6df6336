"""Fewer lines in a crowded picture: what follows from other lines need not be drawn."""

from collections import defaultdict
from dataclasses import replace

from migrator.report.pictures.collapse import by_levels, collapsed
from migrator.report.pictures.layout import levels
from migrator.report.pictures.scene import Edge, Line, Picture

MOST_EDGES = 120
_CROWDED = 60
_ORDER = frozenset({Line.SURE, Line.UNSURE})


def fitted(picture: Picture, most: int) -> Picture:
    """Draw at most `most` boxes and about a hundred lines; the note says what was drawn together or left out."""
    if len(picture.nodes) > most:
        picture = collapsed(picture, most)
    picture = thinned(picture)
    return picture if len(picture.edges) <= MOST_EDGES else thinned(by_levels(picture, most))


def thinned(picture: Picture) -> Picture:
    """Leave out dependencies that follow from others, in a picture of more than sixty lines."""
    if len(picture.edges) <= _CROWDED:
        return picture
    implied = _implied(picture)
    kept = tuple(edge for edge in picture.edges if (edge.upstream, edge.downstream) not in implied)
    left_out = len(picture.edges) - len(kept)
    if not left_out:
        return picture
    note = f"{left_out:,} dependencies that follow from others are not drawn"
    return replace(picture, edges=kept, note="; ".join(text for text in (picture.note, note) if text))


def _implied(picture: Picture) -> set[tuple[str, str]]:
    """Find the lines beside which a longer way leads to the same place; lines on or behind a circle are kept."""
    names = [node.id for node in picture.nodes]
    ties = [_pair(edge) for edge in picture.edges if edge.line in _ORDER and edge.upstream != edge.downstream]
    level = levels(names, ties)
    downstream: defaultdict[str, set[str]] = defaultdict(set)
    for upstream, node in ties:
        if level[upstream] < level[node]:
            downstream[upstream].add(node)
    reached: dict[str, set[str]] = {}
    for name in sorted(names, key=lambda name: -level[name]):
        reached[name] = downstream[name].union(*(reached[node] for node in downstream[name]))
    return {
        (name, node)
        for name in names
        for node in downstream[name]
        if any(node in reached[other] for other in downstream[name])
    }


def _pair(edge: Edge) -> tuple[str, str]:
    return edge.upstream, edge.downstream
