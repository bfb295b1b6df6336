"""Draw a picture so that it fits a page."""

import re
from dataclasses import dataclass

from migrator.report.pictures.dot import dot_text
from migrator.report.pictures.renderers import Renderer
from migrator.report.pictures.scene import Picture

_WIDEST = 690  # points; 920 px, a page's width on screen
_SHAPES = ((5, 27), (4, 27), (4, 22), (3, 27), (5, 18), (3, 18), (2, 18))  # nodes in a row, characters in a line
_SIZE = re.compile(rb'<svg width="([\d.]+)pt" height="([\d.]+)pt"')
_NEARLY = 1.08


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in both forms."""

    svg: bytes
    png: bytes


def draw(picture: Picture, renderer: Renderer) -> Drawn:
    """Draw a picture, with fewer and narrower nodes in a row until it fits a page, else as narrow as it gets.

    Of shapes that are nearly as narrow, the lowest is taken.
    """
    tried: list[tuple[float, float, str, bytes]] = []
    for per_row, width in _SHAPES:
        dot = dot_text(picture, per_row, width)
        svg = renderer.render(dot, "svg")
        tried.append((*_size(svg), dot, svg))
        if tried[-1][0] <= _WIDEST:
            break
    narrow = min(tried)[0] * _NEARLY if tried[-1][0] > _WIDEST else _WIDEST
    _, _, dot, svg = min((attempt for attempt in tried if attempt[0] <= narrow), key=lambda attempt: attempt[1])
    return Drawn(svg, renderer.render(dot, "png"))


def _size(svg: bytes) -> tuple[float, float]:
    found = _SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)
