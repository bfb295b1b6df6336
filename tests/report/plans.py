"""Plans made by hand, for tests of what reads a plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from migrator.commands.facts import StepKind
from migrator.graph.types import DependencyKind, Lag, RelationKind
from migrator.model import Dialect, ScheduleKind, Target
from migrator.plan import MigrationPlan
from migrator.plan.account import Counts, FindingPart, LedgerPart, SecretPart, UnreadPart
from migrator.plan.clusters import (
    ChangePart,
    ClusterPart,
    EstimatePart,
    FlipPart,
    HazardPart,
    LinePart,
    MetricsPart,
    ReasonPart,
    RecommendationPart,
    RejectedPart,
)
from migrator.plan.document import AlternativePart, ChosenPart, PortfolioPart, QuestionPart, WavePart
from migrator.plan.jobs import DependencyPart, JobPart, RelationPart, ReplicaPart, SchedulePart, StepPart, UnitPart
from migrator.plan.names import file_names
from migrator.plan.parts import PlaceOf, Proof, RangePart
from migrator.plan.portfolio import total


def job(name: str, line: int = 1, words: str = "every day at 03:00", **changes: Any) -> JobPart:
    """Make a job of one step and one unit."""
    command = changes.pop("command", f"/opt/etl/{name}.sh")
    place = changes.pop("origin", PlaceOf(path="etc/crontab", line=line))
    fields: dict[str, Any] = {
        "id": name,
        "title": name,
        "origin": place,
        "host": "etl1",
        "replicas": (),
        "user": "etl",
        "owner": "data",
        "active": True,
        "inactive_kind": None,
        "inactive_why": None,
        "schedule": schedule(words),
        "command": command,
        "stdin": None,
        "steps": (StepPart(name=f"{name}.sh", text=command, kind=StepKind.SCRIPT, origin=place),),
        "units": (UnitPart(steps=(0,), why="the only step"),),
        "branches": 0,
        "reads": (),
        "writes": (),
        "locks": (),
        "services": (),
        "unclear": (),
        "effort": "small",
        "effort_why": (),
        "source": "system-crontab",
        "text": f"0 3 * * * etl {command}",
        "deletes": (),
        "waits": (),
        "traits": (),
    }
    return JobPart(**(fields | changes))


def schedule(words: str, **changes: Any) -> SchedulePart:
    """Make a daily schedule."""
    fields: dict[str, Any] = {
        "text": "0 3 * * *",
        "dialect": Dialect.DEBIAN,
        "timezone": "Europe/Riga",
        "kind": ScheduleKind.CRON,
        "in_words": words,
        "runs_per_month": 30.436875,
        "forms": {},
    }
    return SchedulePart(**(fields | changes))


def replicas(*hosts: str) -> tuple[ReplicaPart, ...]:
    """Put the same entry on other hosts."""
    return tuple(ReplicaPart(host=host, path=f"{host}/etc/crontab", line=3) for host in hosts)


def proof(text: str = "load < /srv/a.sql", line: int = 4, says: str = "reads /srv/a.sql") -> Proof:
    """Make a piece of evidence."""
    return Proof(path="opt/etl/load.sh", line=line, text=text, says=says)


def needs(upstream: str, downstream: str, kind: str = "file", confidence: float = 0.95, lag: str = "none") -> Any:
    """Make a dependency with two pieces of evidence."""
    return DependencyPart(
        upstream=upstream,
        downstream=downstream,
        kind=DependencyKind(kind),
        lag=Lag(lag),
        confidence=confidence,
        evidence=(proof(f"{upstream} > /srv/a.sql", 3, "writes /srv/a.sql"), proof(f"{downstream} < /srv/a.sql")),
    )


def tied(upstream: str, downstream: str, kind: str = "lock", confidence: float = 1.0) -> RelationPart:
    """Make a relation."""
    return RelationPart(
        upstream=upstream,
        downstream=downstream,
        kind=RelationKind(kind),
        lag=Lag.NONE,
        confidence=confidence,
        evidence=(proof("flock /run/etl.lock", 2, "takes /run/etl.lock"),),
    )


def money(low: float, high: float | None = None) -> RangePart:
    """Make an amount or a range."""
    return RangePart(low=low, high=low if high is None else high)


def estimate(fixed: RangePart | None, usage: RangePart | None, depends_on: str = "run times") -> EstimatePart:
    """Make a bill of one fixed line and one usage line; None is unknown."""
    source = "AWS price list, us-east-1, 2026-08-01"

    def line(name: str, amount: RangePart | None, is_fixed: bool) -> LinePart:
        return LinePart(
            name=name,
            unit="month",
            quantity=money(1) if amount else None,
            price=amount.high if amount else 0.08,
            monthly=amount,
            fixed=is_fixed,
            assumption="720 hours a month",
            depends_on="" if amount else depends_on,
            source=source,
        )

    return EstimatePart(
        monthly=total([fixed, usage]),
        fixed=fixed,
        usage=usage,
        lines=(line("environment", fixed, True), line("runs", usage, False)),
    )


def hazard(name: str, severity: str = "silent", slug: str = "clock-change") -> HazardPart:
    """Make a hazard of a job."""
    return HazardPart(
        id=slug,
        severity=severity,
        job=name,
        text="02:30 does not exist on the night when the clock goes forward; cron runs the job at 03:00",
        remedy="move it to 03:30 or give the schedule a zone without clock changes",
        evidence=(proof("30 2 * * * /opt/etl/a.sh", 7, "its hour is skipped once a year"),),
    )


def recommendation(target: Target, **changes: Any) -> RecommendationPart:
    """Recommend a target, with a bill for each."""
    zero = money(0)
    fields: dict[str, Any] = {
        "target": target,
        "undecided": None,
        "pinned": False,
        "runner_up": Target.RETAIN if target is not Target.RETAIN else Target.EVENTBRIDGE,
        "reasons": (
            ReasonPart(
                rule="lone-job",
                target=target,
                weight=3,
                text="no other job reads what it writes or writes what it reads",
                evidence=(proof("0 3 * * * etl /opt/etl/a.sh", 1, ""),),
            ),
            ReasonPart(rule="own-host", target=target, weight=-1, text="it calls a program of the host", evidence=()),
        ),
        "rejected": (RejectedPart(target=Target.MWAA, why="one job needs no environment"),),
        "estimates": {
            Target.EVENTBRIDGE: estimate(zero, money(0, 0.004)),
            Target.STEP_FUNCTIONS: estimate(zero, money(0.75, 3.65)),
            Target.AIRFLOW: estimate(money(36.42, 106.68), zero),
            Target.MWAA: estimate(money(211.7, 357.7), None),
            Target.RETAIN: estimate(zero, zero),
        },
        "flips": (
            FlipPart(
                when="the host is retired", to=Target.EVENTBRIDGE, change=ChangePart(key="aws.compute", value="ecs")
            ),
        ),
        "notes": (),
    }
    return RecommendationPart(**(fields | changes))


def cluster(
    title: str, jobs: Sequence[str], target: Target = Target.EVENTBRIDGE, dependencies: int = 0, **changes: Any
) -> ClusterPart:
    """Make a cluster of jobs that have one unit each."""
    count = len(jobs)
    fields: dict[str, Any] = {
        "id": f"c-{title}",
        "title": title,
        "jobs": tuple(jobs),
        "workflows": (),
        "metrics": MetricsPart(
            jobs=count,
            steps=count,
            units=count,
            dependencies=dependencies,
            branches=0,
            depth=min(count, dependencies + 1),
            width=1,
            fan_in=1,
            fan_out=1,
            runs_per_month=30.44 * count,
        ),
        "recommendation": recommendation(target),
        "hazards": (),
        "owners": ("data",),
        "cyclic": False,
        "file_name": "",
        "shape": f"{target}; {count} jobs",
    }
    fields |= changes
    if not fields["file_name"]:
        (fields["file_name"],) = file_names([(fields["id"], title)]).values()
    return ClusterPart(**fields)


def ledger(path: str = "etc/crontab", jobs: int = 3, **changes: Any) -> LedgerPart:
    """Make a file's account that reconciles."""
    fields: dict[str, Any] = {
        "path": path,
        "format": "system-crontab",
        "dialect": Dialect.DEBIAN,
        "host": "etl1",
        "jobs": jobs,
        "assignments": 1,
        "comments": 2,
        "blank": 1,
        "disabled": 0,
        "unread": 0,
    }
    fields |= changes
    fields.setdefault("lines", sum(fields[key] for key in _SUMMANDS))
    return LedgerPart(**fields)


_SUMMANDS = ("jobs", "assignments", "comments", "blank", "disabled", "unread")


def portfolio(clusters: Sequence[ClusterPart], **changes: Any) -> PortfolioPart:
    """Sum the clusters' bills."""
    chosen = {}
    for target in Target:
        members = [c for c in clusters if c.recommendation.target is target]
        if members:
            chosen[target] = ChosenPart(
                clusters=len(members),
                jobs=sum(len(c.jobs) for c in members),
                monthly=total(_bill(c, target) for c in members),
            )
    fields: dict[str, Any] = {
        "chosen": chosen,
        "alternatives": (
            AlternativePart(name="everything on one MWAA", monthly=money(357.7, 401), why_not="2 engineers, one chain"),
        ),
        "monthly": total(part.monthly for part in chosen.values()),
        "known": money(0),
        "unknown": 0,
        "now": money(0),
        "shared": {},
        "environments": (),
    }
    return PortfolioPart(**(fields | changes))


def _bill(one: ClusterPart, target: Target) -> RangePart | None:
    estimate = one.recommendation.estimates.get(target)
    return estimate.monthly if estimate else None


def plan(
    jobs: Sequence[JobPart],
    clusters: Sequence[ClusterPart],
    dependencies: Sequence[DependencyPart] = (),
    relations: Sequence[RelationPart] = (),
    **changes: Any,
) -> MigrationPlan:
    """Join parts to a plan with right counts."""
    rows = changes.pop("ledger", (ledger(jobs=len(jobs)),))
    fields: dict[str, Any] = {
        "ledger": rows,
        "unread": (),
        "findings": (),
        "jobs": tuple(jobs),
        "dependencies": tuple(dependencies),
        "relations": tuple(relations),
        "hubs": (),
        "cycles": (),
        "clusters": tuple(clusters),
        "portfolio": portfolio(clusters),
        "secrets": (),
        "questions": (),
        "waves": (),
        "prices": "AWS price list of 2026-08-01, us-east-1",
    }
    fields |= changes
    return MigrationPlan(counts=counts(fields), **fields)


def counts(fields: Mapping[str, Any]) -> Counts:
    """Count a plan's parts."""
    hazards = [found for c in fields["clusters"] for found in c.hazards]
    jobs = fields["jobs"]
    return Counts(
        files=len(fields["ledger"]),
        hosts=len({j.host for j in jobs} | {r.host for j in jobs for r in j.replicas}),
        lines=sum(row.lines for row in fields["ledger"]),
        jobs=len(jobs),
        active=sum(j.active for j in jobs),
        replicas=sum(len(j.replicas) for j in jobs),
        steps=sum(len(j.steps) for j in jobs),
        units=sum(len(j.units) for j in jobs),
        dependencies=len(fields["dependencies"]),
        relations=len(fields["relations"]),
        clusters=len(fields["clusters"]),
        undecided=sum(c.recommendation.undecided is not None for c in fields["clusters"]),
        disabled=sum(row.disabled for row in fields["ledger"]),
        unread=len(fields["unread"]),
        hazards=len(hazards),
        silent_hazards=sum(h.severity == "silent" for h in hazards),
        secrets=len(fields["secrets"]),
        questions=len(fields["questions"]),
    )


def small_plan() -> MigrationPlan:
    """Give a chain of four jobs, two on their own, a watchdog that stays, an inactive one and all kinds of news."""
    chain = ("extract-orders", "load-orders", "build-report", "mail-report")
    jobs = [
        job("extract-orders", 4, "at 06:15 every day", writes=("/srv/orders.csv",)),
        job("load-orders", 5, "at 06:45 every day", reads=("/srv/orders.csv",), writes=("table:dw.orders",)),
        job("build-report", 6, "at 07:00 on Monday to Friday", reads=("table:dw.orders",), branches=2),
        job("mail-report", 7, "at 07:30 on Monday to Friday", unclear=("mail.sh is not among the files read",)),
        job("backup", 9, "at 02:30 every day", owner=None, replicas=replicas("web1", "web2")),
        job("sync-photos", 10, "at 5, 25 and 45 minutes past every hour", host="web1"),
        job("watch-nginx", 11, "every 5 minutes"),
        job(
            "old-cleanup",
            12,
            "at 04:00 on the 1st of the month",
            active=False,
            inactive_kind="no-newline",
            inactive_why="the file does not end in a newline",
        ),
    ]
    clusters = [
        cluster("extract-orders", chain, Target.STEP_FUNCTIONS, 4, hazards=(hazard("load-orders"),)),
        cluster("backup", ["backup"], hazards=(hazard("backup", "loud", "local-files"),)),
        cluster("sync-photos", ["sync-photos"]),
        cluster("old-cleanup", ["old-cleanup"]),
        cluster("watch-nginx", ["watch-nginx"], Target.RETAIN),
    ]
    return plan(
        jobs,
        clusters,
        [
            needs("extract-orders", "load-orders"),
            needs("load-orders", "build-report", "table", 0.7),
            needs("build-report", "mail-report", "starts"),
            needs("mail-report", "extract-orders", "file", 0.9, "previous-run"),
        ],
        [tied("backup", "load-orders"), tied("old-cleanup", "build-report", "cleanup", 0.5)],
        ledger=(ledger(jobs=8, unread=1, disabled=2), ledger("etc/cron.d/web", 0, host="web1", comments=4)),
        unread=(
            UnreadPart(
                path="etc/crontab", line=14, text="61 * * * * root /x", reason="61 is no minute", remedy="use 0–59"
            ),
        ),
        findings=(
            FindingPart(
                path="etc/crontab",
                line=9,
                kind="percent",
                text="everything after % is standard input",
                remedy="write \\%",
                severity="silent",
            ),
        ),
        secrets=(SecretPart(path="etc/crontab", line=9, kind="password"),),
        questions=(
            QuestionPart(
                id="zones",
                about=("etl1",),
                text="Which time zone does cron use on etl1?",
                settles="the minutes at which 7 jobs must fire",
            ),
        ),
        waves=(
            WavePart(number=1, clusters=("c-backup", "c-sync-photos"), after=(), why="jobs on their own"),
            WavePart(number=2, clusters=("c-extract-orders",), after=(1,), why="chains for Step Functions"),
        ),
    )


def lattice(width: int, depth: int, target: Target = Target.AIRFLOW) -> MigrationPlan:
    """Give one cluster of `depth` levels of `width` jobs, each fed by the one above and its neighbour."""
    names = [[f"stage-{level}-part-{place}" for place in range(width)] for level in range(depth)]
    ties = [
        needs(names[level][place], names[level + 1][other], confidence=0.7 if place % 3 == 0 else 0.95)
        for level in range(depth - 1)
        for place in range(width)
        for other in {place, (place + 1) % width}
    ]
    flat = [name for level in names for name in level]
    return plan([job(name) for name in flat], [cluster("lattice", flat, target, len(ties))], ties)
