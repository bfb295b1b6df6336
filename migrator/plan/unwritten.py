"""What a plan says of jobs that no file was written for: nothing is seen to that a file would have seen to."""

from collections.abc import Collection

from migrator.plan.clusters import ClusterPart
from migrator.plan.document import LeftOutPart, MigrationPlan


def without_files(document: MigrationPlan, left_out: tuple[LeftOutPart, ...]) -> MigrationPlan:
    """List the jobs without a file, and take back that a file sees to their hazards."""
    startless = {part.job for part in left_out}
    if not any(_claims(cluster, startless) for cluster in document.clusters):
        return document.model_copy(update={"left_out": left_out})
    clusters = tuple(
        _taken_back(cluster, startless) if _claims(cluster, startless) else cluster for cluster in document.clusters
    )
    silent = sum(hazard.silent for cluster in clusters for hazard in cluster.hazards)
    counts = document.counts.model_copy(update={"silent_hazards": silent})
    return document.model_copy(update={"left_out": left_out, "clusters": clusters, "counts": counts})


def _claims(cluster: ClusterPart, startless: Collection[str]) -> bool:
    return any(hazard.carried and hazard.job in startless for hazard in cluster.hazards)


def _taken_back(cluster: ClusterPart, startless: Collection[str]) -> ClusterPart:
    hazards = tuple(
        hazard.model_copy(update={"carried": False}) if hazard.job in startless else hazard
        for hazard in cluster.hazards
    )
    return cluster.model_copy(update={"hazards": hazards})
