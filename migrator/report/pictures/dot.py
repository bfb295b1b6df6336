"""Pictures as DOT text. User text stands in quoted plain labels only, never in HTML labels, names or attributes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from migrator.model import Target
from migrator.plan import visible
from migrator.report.pictures.colours import COLOURS, GREY, INK, PAPER
from migrator.report.pictures.layout import rows
from migrator.report.pictures.scene import Box, Edge, Line, Look, Node, Picture
from migrator.report.pictures.wrap import wrapped

_FONT = "Helvetica"
_LEGEND_WIDTH = 40
_EDGE_STYLES = {
    Line.SURE: f'style=solid, color="{INK}"',
    Line.UNSURE: f'style=dashed, color="{INK}"',
    Line.PREVIOUS: f'style=solid, color="{INK}", arrowhead=empty, constraint=false',
    Line.RELATION: f'style=dotted, color="{GREY}", fontcolor="{GREY}", arrowhead=none, constraint=false, penwidth=1.5',
}


def dot_text(picture: Picture, per_row: int | None = 4, width: int = 27) -> str:
    """Write a picture as DOT with a legend of what occurs in it.

    At most `per_row` nodes stand beside each other, None for as many as there are; a node's lines have at most `width`
    characters.
    """
    numbers = {node.id: f"n{number}" for number, node in enumerate(picture.nodes, start=1)}
    lines = ["digraph plan {", *_defaults(picture)]
    boxed = {box.id: [node for node in picture.nodes if node.box == box.id] for box in picture.boxes}
    for number, box in enumerate(picture.boxes, start=1):
        lines.extend(_box(box, number, [_node(node, numbers[node.id], width) for node in boxed[box.id]]))
    lines.extend(f"  {_node(node, numbers[node.id], width)}" for node in picture.nodes if node.box not in boxed)
    placed = rows(picture, per_row) if per_row else ()
    lines.extend(_rows(placed, numbers))
    lines.extend(f"  {_edge(edge, numbers)}" for edge in picture.edges)
    legend, first = _legend(picture)
    lines.extend(legend)
    if placed and first:
        lines.append(f"  {numbers[placed[-1][0]]} -> {first} [style=invis, weight=0];")
    return "\n".join([*lines, "}", ""])


def quoted(text: str) -> str:
    r"""Quote a text for DOT: `"` and `\` escaped, so that neither `\N` nor `\l` means anything; one printable line.

    `&` is escaped too, because Graphviz reads `&lt;` in a label as an entity.
    """
    escaped = visible(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _label(texts: tuple[str, ...], width: int) -> str:
    lines = [line for text in texts for line in wrapped(text, width)]
    return '"' + "\\n".join(quoted(line)[1:-1] for line in lines) + '"'


def _defaults(picture: Picture) -> Iterator[str]:
    yield (
        f'  graph [rankdir=TB, newrank=true, fontname="{_FONT}", fontsize=11, fontcolor="{INK}", '
        f'nodesep=0.15, ranksep={0.42 if picture.edges else 0.22}, pad=0.15, bgcolor="{PAPER}"];'
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


def _node(node: Node, name: str, width: int) -> str:
    colours = COLOURS[node.target]
    style, fill, border = "rounded,filled", colours.fill, colours.border
    if node.look is Look.INACTIVE:
        style, fill = "rounded,filled,dashed", PAPER
    elif node.look is Look.OTHER:
        style, fill, border = "rounded,filled", PAPER, GREY
    return f'{name} [label={_label(node.lines, width)}, style="{style}", fillcolor="{fill}", color="{border}"];'


def _rows(placed: Sequence[Sequence[str]], numbers: dict[str, str]) -> Iterator[str]:
    for row in placed:
        if len(row) > 1:
            yield f"  {{ rank=same; {' '.join(numbers[name] + ';' for name in row)} }}"
    for above, below in pairwise(placed):
        yield f"  {numbers[above[0]]} -> {numbers[below[0]]} [style=invis, weight=0];"


def _edge(edge: Edge, numbers: dict[str, str]) -> str:
    label = f" label={quoted(' ' + edge.label + ' ')}," if edge.label else ""
    return f"{numbers[edge.upstream]} -> {numbers[edge.downstream]} [{label.strip()} {_EDGE_STYLES[edge.line]}];"


def _legend(picture: Picture) -> tuple[list[str], str]:
    """Write the legend, and name its first node; nothing where every node and edge speaks for itself."""
    keys = [*_target_keys(picture), *_look_keys(picture), *_line_keys(picture)]
    if not keys:
        return [], ""
    names = [name for name, _ in keys]
    lines = [
        "  subgraph cluster_legend {",
        f'    label="Legend"; labeljust=l; style=rounded; color="{GREY}"; fontsize=10; margin=6;',
        '    node [fontsize=10, height=0.25, margin="0.08,0.04", penwidth=1.2];',
        *(f"    {line}" for _, drawn in keys for line in drawn),
        *_legend_rows(names),
        "  }",
    ]
    return lines, names[0]


_Key = tuple[str, list[str]]


def _target_keys(picture: Picture) -> Iterator[_Key]:
    boxed = {box.target for box in picture.boxes}
    for number, target in enumerate(Target, start=1):
        if target not in boxed and any(n.target is target and n.look is not Look.OTHER for n in picture.nodes):
            yield f"t{number}", [_node(Node(target, (target.label,), target), f"t{number}", _LEGEND_WIDTH)]


def _look_keys(picture: Picture) -> Iterator[_Key]:
    for number, look in enumerate(Look, start=1):
        if look is not Look.ACTIVE and any(node.look is look for node in picture.nodes):
            sample = Node(look, (look.value,), Target.RETAIN, look)
            yield f"k{number}", [_node(sample, f"k{number}", _LEGEND_WIDTH)]


def _line_keys(picture: Picture) -> Iterator[_Key]:
    for number, line in enumerate(Line, start=1):
        if any(edge.line is line for edge in picture.edges):
            style = _EDGE_STYLES[line].replace(", constraint=false", "")
            yield (
                f"b{number}",
                [
                    f'a{number} [shape=point, style=invis, width=0.02, label=""];',
                    f'b{number} [shape=plaintext, style="", label={quoted(line.value)}];',
                    f"a{number} -> b{number} [{style}, minlen=1];",
                    f"{{ rank=same; a{number}; b{number}; }}",
                ],
            )


def _legend_rows(names: list[str]) -> Iterator[str]:
    per_row = 3
    chunks = [names[start : start + per_row] for start in range(0, len(names), per_row)]
    for chunk in chunks:
        yield f"    {{ rank=same; {' '.join(name + ';' for name in chunk)} }}"
    for above, below in pairwise(chunks):
        yield f"    {above[0]} -> {below[0]} [style=invis, weight=0];"
