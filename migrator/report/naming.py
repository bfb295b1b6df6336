"""Find what a person names: a job or a cluster, by id, title or file."""

import difflib
from typing import TypeVar

from migrator.model import MigratorError
from migrator.plan import MigrationPlan, cut
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart

_MOST_SUGGESTED = 5
_LONGEST = 60
_Found = TypeVar("_Found", JobPart, ClusterPart)


class UnknownNameError(MigratorError):
    """A name that no job or cluster has, or that several have."""

    exit_code = 2


def find_job(plan: MigrationPlan, name: str) -> JobPart | None:
    """Give the job of this id, else the only one of this title; raise UnknownNameError where several have it."""
    for job in plan.jobs:
        if job.id == name:
            return job
    return _only([job for job in plan.jobs if job.title == name], name)


def find_cluster(plan: MigrationPlan, name: str) -> ClusterPart | None:
    """Give the cluster of this id or file name, else the only one of this title, else the one that has this job."""
    for cluster in plan.clusters:
        if name in (cluster.id, cluster.file_name):
            return cluster
    titled = _only([c for c in plan.clusters if c.title == name], name)
    if titled is not None:
        return titled
    job = find_job(plan, name)
    return next((c for c in plan.clusters if job is not None and job.id in c.jobs), None)


def unknown_name(plan: MigrationPlan, name: str) -> UnknownNameError:
    """Say that nothing has this name, and which names come near."""
    known = sorted({*(job.title for job in plan.jobs), *(cluster.title for cluster in plan.clusters)})
    lowered = name.casefold()
    near = [title for title in known if lowered in title.casefold() or title.casefold() in lowered]
    near += [title for title in difflib.get_close_matches(name[:_LONGEST], known, _MOST_SUGGESTED) if title not in near]
    shown = ", ".join(cut(title, _LONGEST) for title in (near or known)[:_MOST_SUGGESTED])
    remedy = f"did you mean {shown}?" if near else f"there are {shown} …" if shown else "the plan has no job"
    return UnknownNameError(cut(name, _LONGEST), "no job or cluster has this name", remedy)


def _only(found: list[_Found], name: str) -> _Found | None:
    if len(found) > 1:
        ids = ", ".join(cut(one.id, _LONGEST) for one in found[:_MOST_SUGGESTED])
        raise UnknownNameError(cut(name, _LONGEST), f"{len(found)} have this name", f"give an id: {ids}")
    return found[0] if found else None
