"""What a picture shows, before any program draws it."""

from dataclasses import dataclass
from enum import StrEnum

from migrator.model import Target


class Line(StrEnum):
    """How an edge is drawn, and what the legend says of it."""

    SURE = "needs"
    UNSURE = "needs, confidence below 0.8"
    PREVIOUS = "needs the run before"
    RELATION = "tied, but no order"


class Look(StrEnum):
    """How a node is drawn beyond its target's colour."""

    ACTIVE = "active"
    INACTIVE = "cron does not run it"
    OTHER = "of another cluster"


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `lines` are user text, not yet wrapped or escaped; `box` names the frame that it stands in, if any."""

    id: str
    lines: tuple[str, ...]
    target: Target
    look: Look = Look.ACTIVE
    box: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from the node of `upstream` to that of `downstream`."""

    upstream: str
    downstream: str
    label: str
    line: Line = Line.SURE


@dataclass(frozen=True, slots=True)
class Box:
    """A frame around nodes."""

    id: str
    label: str
    target: Target


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes and edges in drawing order. `note` says what was left out or drawn together, for the report."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    boxes: tuple[Box, ...] = ()
    note: str = ""
