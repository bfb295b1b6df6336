"""Pictures of the plan: what is drawn, as text for Graphviz and Mermaid, and the programs that draw it."""

from migrator.report.pictures.dot import dot_text
from migrator.report.pictures.draw import Drawn, draw
from migrator.report.pictures.jobs import Known, cluster_picture, in_order, whole_picture
from migrator.report.pictures.mermaid import mermaid_text
from migrator.report.pictures.overview import overview_picture
from migrator.report.pictures.renderers import Renderer, RenderError, find_renderer
from migrator.report.pictures.scene import Edge, Node, Picture
from migrator.report.pictures.thin import MOST_EDGES, thinned

__all__ = [
    "MOST_EDGES",
    "Drawn",
    "Edge",
    "Known",
    "Node",
    "Picture",
    "RenderError",
    "Renderer",
    "cluster_picture",
    "dot_text",
    "draw",
    "find_renderer",
    "in_order",
    "mermaid_text",
    "overview_picture",
    "thinned",
    "whole_picture",
]
