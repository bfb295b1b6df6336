"""Pictures as DOT text. User text stands in quoted plain labels only, never in HTML labels, names or attributes."""

from collections.abc import Iterator
from itertools import pairwise

from migrator.model import Target
from migrator.plan import visible
from migrator.report.pictures.colours import COLOURS, GREY, INK, PAPER
from migrator.report.pictures.layout import rows
from migrator.report.pictures.scene import Box, Edge, Line, Look, Node, Picture

_FONT = "Helvetica"
_EDGE_STYLES = {
    Line.SURE: f'style=solid, color="{INK}"',
    Line.UNSURE: f'style=dashed, color="{INK}"',
    Line.PREVIOUS: f'style=solid, color="{INK}", arrowhead=empty, constraint=false',
    Line.RELATION: f'style=dotted, color="{GREY}", fontcolor="{GREY}", arrowhead=none, constraint=false, penwidth=1.5',
}


def dot_text(picture: Picture, per_row: int = 4) -> str:
    """Write a picture as DOT, at most `per_row` nodes beside each other, with a legend of what occurs in it."""
    numbers = {node.id: f"n{number}" for number, node in enumerate(picture.nodes, start=1)}
    lines = ["digraph plan {", *_defaults()]
    boxed = {box.id: [node for node in picture.nodes if node.box == box.id] for box in picture.boxes}
    for number, box in enumerate(picture.boxes, start=1):
        lines.extend(_box(box, number, [_node(node, numbers[node.id]) for node in boxed[box.id]]))
    lines.extend(f"  {_node(node, numbers[node.id])}" for node in picture.nodes if node.box not in boxed)
    lines.extend(_rows(picture, numbers, per_row))
    lines.extend(f"  {_edge(edge, numbers)}" for edge in picture.edges)
    lines.extend(_legend(picture, numbers, per_row))
    return "\n".join([*lines, "}", ""])


def quoted(text: str) -> str:
    r"""Quote a text for DOT: `"` and `\` escaped, so that neither `\N` nor `\l` means anything; one printable line.

    `&` is escaped too, because Graphviz reads `&lt;` in a label as an entity.
    """
    escaped = visible(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _label(lines: tuple[str, ...]) -> str:
    return '"' + "\\n".join(quoted(line)[1:-1] for line in lines) + '"'


def _defaults() -> Iterator[str]:
    yield (
        f'  graph [rankdir=TB, newrank=true, fontname="{_FONT}", fontsize=11, fontcolor="{INK}", '
        'nodesep=0.22, ranksep=0.42, pad=0.15, bgcolor="' + PAPER + '"];'
    )
    yield (
        f'  node [shape=box, style="rounded,filled", fontname="{_FONT}", fontsize=11, fontcolor="{INK}", '
        'margin="0.11,0.07", height=0.4, penwidth=1.4];'
    )
    yield f'  edge [fontname="{_FONT}", fontsize=10, fontcolor="{INK}", arrowsize=0.7];'


def _box(box: Box, number: int, nodes: list[str]) -> Iterator[str]:
    border = COLOURS[box.target].border
    yield f"  subgraph cluster_{number} {{"
    yield f'    label={quoted(box.label)}; labeljust=l; style=rounded; color="{border}"; margin=12;'
    yield from (f"    {node}" for node in nodes)
    yield "  }"


def _node(node: Node, name: str) -> str:
    colours = COLOURS[node.target]
    style, fill, border = "rounded,filled", colours.fill, colours.border
    if node.look is Look.INACTIVE:
        style, fill = "rounded,filled,dashed", PAPER
    elif node.look is Look.OTHER:
        style, fill, border = "rounded,filled", PAPER, GREY
    return f'{name} [label={_label(node.lines)}, style="{style}", fillcolor="{fill}", color="{border}"];'


def _rows(picture: Picture, numbers: dict[str, str], per_row: int) -> Iterator[str]:
    placed = rows(picture, per_row)
    for row in placed:
        if len(row) > 1:
            yield f"  {{ rank=same; {' '.join(numbers[name] + ';' for name in row)} }}"
    for above, below in pairwise(placed):
        yield f"  {numbers[above[0]]} -> {numbers[below[0]]} [style=invis, weight=0];"


def _edge(edge: Edge, numbers: dict[str, str]) -> str:
    label = f" label={quoted(' ' + edge.label + ' ')}," if edge.label else ""
    return f"{numbers[edge.upstream]} -> {numbers[edge.downstream]} [{label.strip()} {_EDGE_STYLES[edge.line]}];"


def _legend(picture: Picture, numbers: dict[str, str], per_row: int) -> Iterator[str]:
    lines = [line for line in Line if any(edge.line is line for edge in picture.edges)]
    looks = [look for look in Look if look is not Look.ACTIVE and any(node.look is look for node in picture.nodes)]
    boxed = {box.target for box in picture.boxes}
    targets = [t for t in Target if t not in boxed and any(_coloured(node, t) for node in picture.nodes)]
    if not lines and not looks and not targets:
        return
    yield "  subgraph cluster_legend {"
    yield f'    label="Legend"; labeljust=l; style=rounded; color="{GREY}"; fontsize=10; margin=6;'
    yield '    node [fontsize=10, height=0.25, margin="0.08,0.04", penwidth=1.2];'
    names: list[str] = []
    for number, target in enumerate(targets, start=1):
        names.append(f"t{number}")
        yield f"    {_node(Node(target, (target.label,), target), names[-1])}"
    for number, look in enumerate(looks, start=1):
        names.append(f"k{number}")
        yield f"    {_node(Node(look, (look.value,), Target.RETAIN, look), names[-1])}"
    for number, line in enumerate(lines, start=1):
        names.append(f"b{number}")
        style = _EDGE_STYLES[line].replace(", constraint=false", "")
        yield f'    a{number} [shape=point, style=invis, width=0.02, label=""];'
        yield f'    b{number} [shape=plaintext, style="", label={quoted(line.value)}];'
        yield f"    a{number} -> b{number} [{style}, minlen=1];"
        yield f"    {{ rank=same; a{number}; b{number}; }}"
    yield from _legend_rows(names)
    yield "  }"
    lowest = rows(picture, per_row)[-1][0]
    yield f"  {numbers[lowest]} -> {names[0]} [style=invis, weight=0];"


def _legend_rows(names: list[str]) -> Iterator[str]:
    per_row = 3
    chunks = [names[start : start + per_row] for start in range(0, len(names), per_row)]
    for chunk in chunks:
        yield f"    {{ rank=same; {' '.join(name + ';' for name in chunk)} }}"
    for above, below in pairwise(chunks):
        yield f"    {above[0]} -> {below[0]} [style=invis, weight=0];"


def _coloured(node: Node, target: Target) -> bool:
    return node.target is target and node.look is not Look.OTHER
