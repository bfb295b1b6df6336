"""Jobs that belong together, and what can be counted of them."""

from migrator.clusters.grouping import group, main_job
from migrator.clusters.shape import Shape, shape
from migrator.clusters.starts import effective_schedules, runs_per_month
from migrator.clusters.types import Cluster, Metrics

__all__ = [
    "Cluster",
    "Metrics",
    "Shape",
    "effective_schedules",
    "group",
    "main_job",
    "runs_per_month",
    "shape",
]
