"""Values of the stages, made by hand, for tests of what assembles them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from migrator.advice.types import Advice, Effort, Flip, Hazard, Recommendation, Rejected
from migrator.clusters.types import Cluster, Metrics
from migrator.commands.facts import CommandFacts, Step, StepKind, Unit
from migrator.costs.types import CostLine, Estimate
from migrator.inventory.types import Inventory, LedgerRow, Secret, UnreadLine
from migrator.model import (
    Access,
    Dialect,
    Evidence,
    Finding,
    Job,
    JobId,
    Mode,
    Origin,
    Range,
    Reason,
    Resource,
    ResourceKind,
    Schedule,
    ScheduleKind,
    Severity,
    Target,
)
from migrator.schedules import cron


def span(low: str, high: str | None = None) -> Range:
    """Make a range of decimals."""
    return Range(Decimal(low), Decimal(high if high is not None else low))


def schedule(text: str = "15 6 * * *", **changes: Any) -> Schedule:
    """Read five fields as Debian does."""
    found = cron.read(text, Dialect.DEBIAN)
    assert isinstance(found, Schedule)
    fields = {"kind": found.kind, "text": text, "dialect": Dialect.DEBIAN, "fields": found.fields, "timezone": None}
    return Schedule(**(fields | changes))


def job(name: str, line: int = 1, **changes: Any) -> Job:
    """Make a job."""
    fields: dict[str, Any] = {
        "id": JobId(name),
        "title": name,
        "origin": Origin("etc/crontab", line),
        "source": "system-crontab",
        "text": f"15 6 * * * etl {name}",
        "host": "etl1",
        "user": "etl",
        "owner": "data",
        "schedule": schedule(timezone="Europe/Riga"),
        "command": name,
    }
    return Job(**(fields | changes))


def facts(name: str, accesses: Sequence[Access] = (), **changes: Any) -> CommandFacts:
    """Make the facts of a command of one step."""
    step = Step(name, name, StepKind.PROGRAM, Origin("etc/crontab", 1), name, accesses=tuple(accesses))
    fields: dict[str, Any] = {"job": JobId(name), "steps": (step,), "units": (Unit((0,), "the only step"),)}
    return CommandFacts(**(fields | changes))


def access(
    name: str, mode: Mode, kind: ResourceKind = ResourceKind.FILE, host: str | None = "etl1", **more: Any
) -> Access:
    """Make a touch of a resource."""
    owner = host if kind is ResourceKind.FILE else None
    return Access(Resource(kind, name, owner), mode, Origin("etc/crontab", 1), f"> {name}", **more)


def evidence(line: int = 3) -> Evidence:
    """Make a piece of evidence."""
    return Evidence(Origin("opt/load.sh", line), "load < /srv/a", "reads /srv/a")


def cluster(name: str, jobs: Sequence[str], **changes: Any) -> Cluster:
    """Make a cluster of jobs of one unit each."""
    count = len(jobs)
    metrics = Metrics(count, count, count, count - 1, 0, count, 1, 1, 1, span("30.5"))
    fields: dict[str, Any] = {
        "id": name,
        "title": name,
        "jobs": tuple(JobId(job) for job in jobs),
        "dependencies": (),
        "metrics": metrics,
    }
    return Cluster(**(fields | changes))


def line(quantity: Range | None = None, price: str = "1", fixed: bool = False) -> CostLine:
    """Make a line of a bill; no quantity is an unknown one."""
    return CostLine("runs", "run", quantity, Decimal(price), "AWS, 2026-08-01", fixed=fixed, depends_on="durations")


def estimate(target: Target, *lines: CostLine) -> Estimate:
    """Make a bill."""
    return Estimate(target, lines or (line(span("0")),))


def recommendation(name: str, target: Target = Target.EVENTBRIDGE, **changes: Any) -> Recommendation:
    """Recommend a target."""
    fields: dict[str, Any] = {
        "cluster": name,
        "target": target,
        "runner_up": Target.RETAIN,
        "reasons": (Reason(target, 3, "it stands alone", (evidence(),), "lone-job"),),
        "rejected": (Rejected(Target.MWAA, "one job"),),
        "estimates": tuple(estimate(other) for other in (Target.RETAIN, target)),
        "flips": (Flip("the host goes", Target.EVENTBRIDGE, "aws.compute", "ecs"),),
    }
    return Recommendation(**(fields | changes))


def hazard(name: str, severity: Severity = Severity.SILENT) -> Hazard:
    """Make a hazard of a job."""
    return Hazard("clock-change", severity, JobId(name), "an hour is skipped", "move it", (evidence(),))


def advice(*answers: Recommendation, **changes: Any) -> Advice:
    """Make advice without anything over the portfolio."""
    fields: dict[str, Any] = {"recommendations": answers, "shared": (), "alternatives": (), "questions": ()}
    return Advice(**(fields | changes))


def effort(name: str) -> Effort:
    """Call a job's move small."""
    return Effort(JobId(name), "small", ("one unit",))


def inventory(*jobs: Job, **changes: Any) -> Inventory:
    """Make an inventory of one file whose lines are the jobs and an unread one."""
    path = "etc/crontab"
    rows = (LedgerRow(path, "system-crontab", Dialect.DEBIAN, "etl1", len(jobs) + 1, len(jobs), 0, 0, 0, 0, 1),)
    fields: dict[str, Any] = {
        "jobs": jobs,
        "ledger": rows,
        "unread": (UnreadLine(Origin(path, 99), "61 * * * * x", "61 is no minute", "use 0–59"),),
        "findings": (Finding(Origin(path, 2), "percent", "% begins standard input", "write \\%", Severity.SILENT),),
        "secrets": (Secret(Origin(path, 3), "password"),),
    }
    return Inventory(**(fields | changes))


REBOOT = Schedule(ScheduleKind.REBOOT, "@reboot", Dialect.DEBIAN)
