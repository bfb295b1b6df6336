"""Jobs that belong together, and what can be counted of them."""

from migrator.clusters.grouping import Part, cluster_of, group, main_job, parts, title_of
from migrator.clusters.shape import Shape, shape
from migrator.clusters.starts import effective_schedules, runs_per_month
from migrator.clusters.types import Cluster, Metrics

__all__ = [
    "Cluster",
    "Metrics",
    "Part",
    "Shape",
    "cluster_of",
    "effective_schedules",
    "group",
    "main_job",
    "parts",
    "runs_per_month",
    "shape",
    "title_of",
]
