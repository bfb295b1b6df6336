"""Names that people can tell apart: a title that several have gets the place of its entry."""

from collections import Counter

from migrator.plan import MigrationPlan


def cluster_titles(plan: MigrationPlan) -> dict[str, str]:
    """Give each cluster's title by id; the place of its first job tells clusters of one title apart."""
    places = {job.id: job.origin for job in plan.jobs}
    times = Counter(cluster.title for cluster in plan.clusters)
    return {
        cluster.id: f"{cluster.title} ({places[cluster.jobs[0]]})" if times[cluster.title] > 1 else cluster.title
        for cluster in plan.clusters
    }


def job_titles(plan: MigrationPlan) -> dict[str, str]:
    """Give each job's title by id; its place tells jobs of one title apart."""
    times = Counter(job.title for job in plan.jobs)
    return {job.id: f"{job.title} ({job.origin})" if times[job.title] > 1 else job.title for job in plan.jobs}
