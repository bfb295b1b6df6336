"""Dependencies between jobs, each with its evidence and a confidence."""

from migrator.graph.assembly import build
from migrator.graph.resolution import GraphError
from migrator.graph.types import Dependency, DependencyKind, Hub, JobGraph, Lag, Relation, RelationKind, Safety

__all__ = [
    "Dependency",
    "DependencyKind",
    "GraphError",
    "Hub",
    "JobGraph",
    "Lag",
    "Relation",
    "RelationKind",
    "Safety",
    "build",
]
