"""`jobs.csv`: a row for each job. No cell begins like a formula, so no spreadsheet runs one."""

import csv
import io
import re
from collections.abc import Sequence
from functools import lru_cache

from migrator.plan import MigrationPlan, cut
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart
from migrator.report.money import bill
from migrator.report.words import when

HEADERS = (
    "id",
    "title",
    "owner",
    "host",
    "user",
    "other hosts",
    "file",
    "line",
    "active",
    "why inactive",
    "schedule",
    "in words",
    "time zone",
    "starts a month",
    "command",
    "steps",
    "units",
    "branches",
    "cluster",
    "jobs in cluster",
    "target",
    "decided",
    "cluster USD a month",
    "wave",
    "effort",
    "hazards",
    "unclear",
)
_LONGEST = 2000
# OWASP, «CSV Injection»: what begins with one of these is a formula for some spreadsheet. A blank before it, or a
# comma that a careless reader splits at, must not open the way either.
_FORMULA = re.compile(r"^[\s'\"]*[=+\-@|%]")
_AFTER_COMMA = re.compile(r"([,;\"])(?=\"?[=+@\-|%])")


def jobs_csv(plan: MigrationPlan) -> str:
    """Write the jobs as comma-separated values (RFC 4180, lines end in a line feed), in the plan's order."""
    homes = {name: cluster for cluster in plan.clusters for name in cluster.jobs}
    waves = {cluster: wave.number for wave in plan.waves for cluster in wave.clusters}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADERS)
    hazards: dict[str, set[str]] = {job.id: set() for job in plan.jobs}
    for hazard in (hazard for cluster in plan.clusters for hazard in cluster.hazards):
        if hazard.job in hazards:
            hazards[hazard.job].add(hazard.id)
    of_cluster = {cluster.id: _of_cluster(cluster, waves.get(cluster.id)) for cluster in plan.clusters}
    for job in plan.jobs:
        row = _row(job, of_cluster[homes[job.id].id], sorted(hazards[job.id]))
        writer.writerow([safe_cell(value) for value in row])
    return text.getvalue()


@lru_cache(1 << 16)
def safe_cell(value: str) -> str:
    """Make a value one visible line that no spreadsheet runs: an apostrophe goes before what looks like a formula."""
    shown = cut(value, _LONGEST)
    if "," in shown or ";" in shown or '"' in shown:
        shown = _AFTER_COMMA.sub(r"\1 ", shown)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _of_cluster(cluster: ClusterPart, wave: int | None) -> Sequence[str]:
    """Give what the rows of all its jobs have."""
    answer = cluster.recommendation
    decided = "open" if answer.undecided is not None else "pinned" if answer.pinned else "yes"
    return (
        cluster.title,
        str(cluster.metrics.jobs),
        answer.target.value,
        decided,
        bill(answer.estimates.get(answer.target)),
        "" if wave is None else str(wave),
    )


def _row(job: JobPart, of_cluster: Sequence[str], hazards: Sequence[str]) -> Sequence[str]:
    schedule = job.schedule
    return (
        job.id,
        job.title,
        job.owner or "",
        job.host or "",
        job.user or "",
        str(len(job.replicas)),
        job.origin.path,
        str(job.origin.line),
        "yes" if job.active else "no",
        job.inactive_why or "",
        schedule.text,
        when(schedule),
        schedule.timezone or "",
        "" if schedule.runs_per_month is None else f"{schedule.runs_per_month:.2f}",
        job.command,
        str(len(job.steps)),
        str(len(job.units)),
        str(job.branches),
        *of_cluster,
        job.effort or "",
        " ".join(hazards),
        "; ".join(job.unclear),
    )
