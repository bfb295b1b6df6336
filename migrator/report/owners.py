"""Who owns the jobs of a cluster, without giving one job's owner the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart


def owners_in_words(
    clusters: Iterable[ClusterPart], jobs: Mapping[str, JobPart], named: Callable[[Sequence[str]], str]
) -> str:
    """Name the owners of the clusters' jobs, and of how many jobs where some have none; empty where nobody is named."""
    members = [jobs[name] for cluster in clusters for name in cluster.jobs if name in jobs]
    owners = sorted({job.owner for job in members if job.owner})
    if not owners:
        return ""
    owned = sum(job.owner is not None for job in members)
    part = f" ({owned:,} of {len(members):,} jobs)" if owned < len(members) else ""
    return named(owners) + part
