"""Pictures as Mermaid text. In user text every character that Mermaid could read as its own becomes an entity code."""

import re
from collections.abc import Iterator

from migrator.model import Target
from migrator.plan import visible
from migrator.report.pictures.colours import COLOURS, GREY, INK, PAPER
from migrator.report.pictures.scene import Edge, Line, Look, Node, Picture
from migrator.report.pictures.wrap import wrapped

# `%%{init}%%` is looked for anywhere, `"` ends a label, `#` begins an entity, a backtick begins a markdown string.
_UNSAFE = re.compile(r"[^\w .,:/()+=@-]", re.ASCII)
_WIDTH = 32
_ARROWS = {Line.SURE: "-->", Line.UNSURE: "-.->", Line.PREVIOUS: "--o", Line.RELATION: "-.-"}


def mermaid_text(picture: Picture) -> str:
    """Write a picture as a Mermaid flowchart."""
    numbers = {node.id: f"n{number}" for number, node in enumerate(picture.nodes, start=1)}
    lines = ["flowchart TD"]
    boxed = {box.id for box in picture.boxes}
    for number, box in enumerate(picture.boxes, start=1):
        lines.append(f'  subgraph g{number}["{escaped(box.label)}"]')
        lines.extend(f"    {_node(node, numbers)}" for node in picture.nodes if node.box == box.id)
        lines.append("  end")
    lines.extend(f"  {_node(node, numbers)}" for node in picture.nodes if node.box not in boxed)
    lines.extend(f"  {_edge(edge, numbers)}" for edge in picture.edges)
    lines.extend(f"  {line}" for line in _classes(picture, numbers))
    return "\n".join([*lines, ""])


def escaped(text: str) -> str:
    """Write a text for a quoted Mermaid label."""
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};" if ord(match[0]) < 128 else match[0], visible(text))


def _node(node: Node, numbers: dict[str, str]) -> str:
    lines = [line for text in node.lines for line in wrapped(text, _WIDTH)]
    return f'{numbers[node.id]}["{"<br/>".join(escaped(line) for line in lines)}"]'


def _edge(edge: Edge, numbers: dict[str, str]) -> str:
    label = f'|"{escaped(edge.label)}"|' if edge.label else ""
    return f"{numbers[edge.upstream]} {_ARROWS[edge.line]}{label} {numbers[edge.downstream]}"


def _classes(picture: Picture, numbers: dict[str, str]) -> Iterator[str]:
    for target in Target:
        members = [numbers[n.id] for n in picture.nodes if n.target is target and n.look is Look.ACTIVE]
        if members:
            colours = COLOURS[target]
            name = target.value.replace("-", "")
            yield f"classDef {name} fill:{colours.fill},stroke:{colours.border},color:{INK}"
            yield f"class {','.join(members)} {name}"
    for look, dashes in ((Look.INACTIVE, ",stroke-dasharray:5 3"), (Look.OTHER, "")):
        members = [numbers[n.id] for n in picture.nodes if n.look is look]
        if members:
            yield f"classDef {look.name.lower()} fill:{PAPER},stroke:{GREY},color:{INK}{dashes}"
            yield f"class {','.join(members)} {look.name.lower()}"
