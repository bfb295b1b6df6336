"""Whether the sources still say what the plan was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.plan import MigrationPlan
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import JobPart
from migrator.verify.verdicts import judged

CHECK = "source"


def against_sources(plan: MigrationPlan, fresh: MigrationPlan) -> tuple[VerdictPart, ...]:
    """Compare the jobs that files were written for with those that a new reading of the sources finds."""
    found = {job.id: job for job in fresh.jobs}
    written = sorted({name for artifact in plan.artifacts for name in artifact.jobs})
    jobs = {job.id: job for job in plan.jobs}
    return tuple(
        judged(name, CHECK, list(_faults(jobs[name], found)), "the sources still say the same")
        for name in written
        if name in jobs
    )


def _faults(job: JobPart, found: Mapping[str, JobPart]) -> Iterator[str]:
    fresh = found.get(job.id)
    if fresh is None:
        yield "the sources do not have it any more"
        return
    yield from _zone_faults(job.schedule.timezone, fresh.schedule.timezone)
    for name, old, new in (
        ("schedule", job.schedule.text, fresh.schedule.text),
        ("dialect", job.schedule.dialect, fresh.schedule.dialect),
        ("user", job.user, fresh.user),
        ("shell", job.shell, fresh.shell),
        ("command", job.command, fresh.command),
        ("standard input", job.stdin, fresh.stdin),
        ("settings", _settings(job), _settings(fresh)),
        ("hosts", _hosts(job), _hosts(fresh)),
    ):
        if old != new:
            yield f"its {name} has changed"
    if not fresh.active:
        yield f"cron does not run it any more: {fresh.inactive_why}"


def _zone_faults(old: str | None, new: str | None) -> Iterator[str]:
    """Tell a zone that only an option named from one that a file now names otherwise."""
    if old == new:
        return
    if new is None:
        yield f"no file names its zone, which the plan has as {old}: give the options of the plan again, `--tz` first"
    else:
        yield f"its zone has changed from {old or 'none'} to {new}"


def _settings(job: JobPart) -> list[tuple[str, str]]:
    return [(setting.name, setting.value) for setting in job.settings]


def _hosts(job: JobPart) -> list[str | None]:
    return [job.host, *sorted(replica.host for replica in job.replicas)]
