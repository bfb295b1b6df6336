"""Draw a picture so that it fits a page."""

import re
from dataclasses import dataclass

from migrator.report.pictures.dot import dot_text
from migrator.report.pictures.renderers import Renderer
from migrator.report.pictures.scene import Picture

_WIDEST = 690  # points; 920 px, a page's width on screen
_PER_ROW = (5, 4, 3, 2)
_WIDTH = re.compile(rb'<svg width="([\d.]+)pt"')


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in both forms."""

    svg: bytes
    png: bytes


def draw(picture: Picture, renderer: Renderer) -> Drawn:
    """Draw a picture, with fewer nodes in a row until it is no wider than a page."""
    dot, svg = "", b""
    for per_row in _PER_ROW:
        dot = dot_text(picture, per_row)
        svg = renderer.render(dot, "svg")
        if _width(svg) <= _WIDEST:
            break
    return Drawn(svg, renderer.render(dot, "png"))


def _width(svg: bytes) -> float:
    found = _WIDTH.search(svg)
    return float(found[1]) if found else 0.0
