"""The same line in several files of one place: a crontab beside its backup, its template or what is installed.

No file says which of them runs. Each is a table by itself: what its lines have of each other, those of the copy have of
their own, and three copies of a line make no crowd.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from migrator.graph.meetings import Flow
from migrator.model import Job, JobId

Copies = Mapping[JobId, tuple[JobId, ...]]


def copies(jobs: Iterable[Job]) -> Copies:
    """Give the jobs that stand in several files, each with all of its kind, the first by name first."""
    groups: defaultdict[tuple[str, str, str | None, str | None], list[Job]] = defaultdict(list)
    for job in jobs:
        # Two hosts run a line each; one that is not known has one table of a user.
        if job.host is None:
            groups[job.schedule.text, job.command, job.stdin, job.user].append(job)
    return {
        job.id: tuple(sorted(other.id for other in group))
        for group in groups.values()
        if len(group) > 1 and len({job.origin.path for job in group}) > 1
        for job in group
    }


def within_files(flows: Sequence[Flow], jobs: Mapping[JobId, Job], same: Copies) -> tuple[Flow, ...]:
    """Leave out flows into another file than the writer's where one of both jobs stands beside the other as well."""
    if not same:
        return tuple(flows)

    def beside(one: JobId, other: JobId) -> bool:
        path = jobs[one].origin.path
        return any(jobs[copy].origin.path == path for copy in same.get(other, ()))

    return tuple(
        flow
        for flow in flows
        if jobs[flow.former.job].origin.path == jobs[flow.latter.job].origin.path
        or not (beside(flow.former.job, flow.latter.job) or beside(flow.latter.job, flow.former.job))
    )
