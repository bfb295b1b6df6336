"""Small manifests, and the plan of them: what the decision guide's statements and readings look like as jobs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from migrator import pipeline
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart

Job = dict[str, object]
ZONE = "America/New_York"


def planned(
    folder: Path,
    jobs: Sequence[Job] = (),
    *,
    crontab: str = "",
    settings: str = "",
    scripts: Mapping[str, str] | None = None,
) -> MigrationPlan:
    """Plan jobs of a manifest and lines of a crontab, with settings given as TOML and scripts by their name."""
    if jobs:
        defaults = {"timezone": ZONE, "host": "etl1", "user": "etl"}
        text = json.dumps({"version": 1, "defaults": defaults, "jobs": list(jobs)})
        (folder / "jobs.json").write_text(text, encoding="utf-8")
    if crontab:
        (folder / "crontab").write_text(crontab, encoding="utf-8")
    for name, text in (scripts or {}).items():
        (folder / "opt").mkdir(exist_ok=True)
        (folder / "opt" / f"{name}.sh").write_text(text, encoding="utf-8")
    (folder / "migrator.toml").write_text(settings, encoding="utf-8")
    return pipeline.make_plan(pipeline.survey(pipeline.Request((str(folder),), timezone=ZONE)))


def call(service: str, name: str, *needs: str, at: str | None = None, **more: object) -> Job:
    """Make a job that calls a service."""
    job: Job = {"id": name, "call": {"service": service, "name": name}, "depends_on": list(needs), **more}
    return job | ({"schedule": at} if at else {})


def glue(name: str, *needs: str, at: str | None = None, **more: object) -> Job:
    """Make a job that calls Glue."""
    return call("glue", name, *needs, at=at, **more)


def command(name: str, *needs: str, at: str | None = None, **more: object) -> Job:
    """Make a job that runs a program of its own."""
    job: Job = {"id": name, "command": f"/opt/bin/{name} --run", "depends_on": list(needs), **more}
    return job | ({"schedule": at} if at else {})


def chain(count: int, make: Callable[..., Job] = command, name: str = "j", **more: object) -> list[Job]:
    """Make jobs of which each needs the one before."""
    first = make(f"{name}0", at="15 4 * * *", **more)
    return [first, *(make(f"{name}{n}", f"{name}{n - 1}", **more) for n in range(1, count))]


def branching(count: int, name: str = "b", make: Callable[..., Job] = command, **more: object) -> list[Job]:
    """Make a DAG: one job, then all others beside one another, then one that needs them all."""
    middle = [make(f"{name}-m{n}", f"{name}-first", **more) for n in range(count - 2)]
    last = make(f"{name}-last", *[str(job["id"]) for job in middle], **more)
    return [make(f"{name}-first", at="15 4 * * *", **more), *middle, last]


def rules(cluster: ClusterPart, target: Target) -> set[str]:
    """Give the rules that speak for a target."""
    return {reason.rule for reason in cluster.recommendation.reasons if reason.target is target and reason.weight > 0}


def why_not(cluster: ClusterPart) -> dict[Target, str]:
    """Give the reason against each target that was not chosen."""
    return {item.target: item.why for item in cluster.recommendation.rejected}
