"""Jobs, facts and cases made by hand, small enough to read in a test."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from migrator.advice import Case, advise
from migrator.advice.types import Advice, Recommendation
from migrator.clusters.types import Cluster, Metrics
from migrator.commands.day_guard import job_day_guard
from migrator.commands.facts import CommandFacts, Join, Step, StepKind, Trait, TraitFound, Unit
from migrator.costs import packaged_prices
from migrator.graph.types import Dependency, DependencyKind, Lag
from migrator.model import (
    Dialect,
    Evidence,
    Job,
    JobId,
    Origin,
    Range,
    Schedule,
    ScheduleKind,
    ServiceCall,
)
from migrator.schedules.compare import compare_all
from migrator.schedules.cron import read
from migrator.settings import Settings
from migrator.workflows.types import After, Inflow, Task, TaskOrder, Workflow

PRICES = packaged_prices()


def clock(text: str = "15 4 * * *", zone: str | None = None, dialect: Dialect = Dialect.DEBIAN) -> Schedule:
    """Read five fields as cron does."""
    schedule = read(text, dialect, zone)
    assert isinstance(schedule, Schedule), schedule
    return schedule


def started_by(kind: ScheduleKind) -> Schedule:
    """Make a schedule without a clock."""
    return Schedule(kind, f"@{kind}", Dialect.DEBIAN, event="s3://b/" if kind is ScheduleKind.EVENT else None)


def job(name: str = "a", schedule: Schedule | None = None, command: str = "/opt/run", **more: object) -> Job:
    """Make a job on line 1 of its own file."""
    when = schedule or clock()
    return Job(
        id=JobId(name),
        title=more.pop("title", f"{name}.sh"),  # type: ignore[arg-type]
        origin=Origin(f"tab-{name}", 1),
        source=more.pop("source", "crontab"),  # type: ignore[arg-type]
        text=f"{when.text} {command}",
        host=more.pop("host", "etl1"),  # type: ignore[arg-type]
        user=more.pop("user", None),  # type: ignore[arg-type]
        owner=more.pop("owner", None),  # type: ignore[arg-type]
        schedule=when,
        command=command,
        **more,  # type: ignore[arg-type]
    )


def step(name: str = "run", kind: StepKind = StepKind.PROGRAM, service: str | None = None, **more: object) -> Step:
    """Make a step; with a service it is a call of it."""
    call = ServiceCall(service, "start", name) if service else None
    text = more.pop("text", name)
    origin = more.pop("origin", Origin("script", 2))
    program = more.pop("program", name)
    return Step(name, text, StepKind.CLOUD if service else kind, origin, program, call=call, **more)  # type: ignore[arg-type]


def facts(
    of: Job, steps: Sequence[Step] = (), units: int | None = None, traits: Iterable[Trait] = (), **more: object
) -> CommandFacts:
    """Make facts: one unit a step, or all steps in one unit."""
    steps = tuple(steps) or (step(),)
    grouped = tuple(Unit((n,), "own") for n in range(len(steps)))
    if units == 1:
        grouped = (Unit(tuple(range(len(steps))), "share state"),)
    found = tuple(TraitFound(trait, Evidence(of.origin, of.text, trait.value)) for trait in traits)
    return CommandFacts(of.id, steps, grouped, traits=found, **more)  # type: ignore[arg-type]


def depends(up: Job, down: Job, lag: Lag = Lag.NONE, kind: DependencyKind = DependencyKind.FILE) -> Dependency:
    """Tie two jobs."""
    return Dependency(up.id, down.id, kind, lag, 0.9, (Evidence(down.origin, down.text, f"reads what {up.id} wrote"),))


def tasks_of(of: Job, found: CommandFacts, **more: object) -> tuple[Task, ...]:
    """Make a task a unit."""
    return tuple(
        Task(
            f"{of.id}-{n}",
            of.id,
            unit.steps,
            found.steps[unit.steps[0]].text,
            of.origin,
            call=found.steps[unit.steps[0]].call,
            **more,
        )  # type: ignore[arg-type]
        for n, unit in enumerate(found.units)
    )


def case(
    *members: tuple[Job, CommandFacts],
    ties: Sequence[Dependency] = (),
    name: str = "c1",
    runs: int | None = 30,
    relations: Sequence[object] = (),
    inflows: Sequence[Inflow] = (),
    cyclic: bool = False,
) -> Case:
    """Make a case: a workflow a schedule, each job's units in a line, dependencies as order."""
    jobs = tuple(member for member, _ in members)
    table = {found.job: found for _, found in members}
    cluster = Cluster(
        name, f"{name} title", tuple(item.id for item in jobs), tuple(ties), _metrics(jobs, table, ties), cyclic
    )
    flows: list[Workflow] = []
    for number, text in enumerate(dict.fromkeys(item.schedule.text for item in jobs)):
        here = [item for item in jobs if item.schedule.text == text]
        tasks = {item.id: tasks_of(item, table[item.id]) for item in here}
        order = [TaskOrder(a.name, b.name, After.SUCCESS) for line in tasks.values() for a, b in pairwise(line)]
        order += [
            TaskOrder(tasks[tie.upstream][-1].name, tasks[tie.downstream][0].name, After.SUCCESS)
            for tie in ties
            if tie.lag is Lag.NONE and tie.upstream in tasks and tie.downstream in tasks
        ]
        flows.append(
            Workflow(
                id=f"{name}-{number}",
                title=f"{name} flow {number}",
                schedule=here[0].schedule,
                jobs=tuple(item.id for item in here),
                tasks=tuple(task for line in tasks.values() for task in line),
                order=tuple(order),
                inflows=tuple(
                    inflow for inflow in inflows if inflow.task in {t.name for line in tasks.values() for t in line}
                ),
                runs_per_month=Range(Decimal(runs), Decimal(runs)) if runs is not None else None,
                replicas=1 + max(len(item.replicas) for item in here),
                job_order=tuple((tie.upstream, tie.downstream) for tie in ties if tie.lag is Lag.NONE),
            )
        )
    proofs = {item.id: compare_all(item.schedule, job_day_guard(item)) for item in jobs}
    return Case(cluster, jobs, table, tuple(flows), tuple(relations), proofs)  # type: ignore[arg-type]


def _metrics(jobs: Sequence[Job], table: dict[JobId, CommandFacts], ties: Sequence[Dependency]) -> Metrics:
    ups = [tie.upstream for tie in ties]
    downs = [tie.downstream for tie in ties]
    return Metrics(
        jobs=len(jobs),
        steps=sum(len(found.steps) for found in table.values()),
        units=sum(len(found.units) for found in table.values()),
        dependencies=len(ties),
        branches=0,
        depth=1,
        width=1,
        fan_in=max((downs.count(item.id) for item in jobs), default=0),
        fan_out=max((ups.count(item.id) for item in jobs), default=0),
        runs_per_month=None,
    )


def lone(
    name: str = "a",
    steps: Sequence[Step] = (),
    units: int | None = 1,
    traits: Iterable[Trait] = (),
    schedule: Schedule | None = None,
    cluster: str = "c1",
    found: dict[str, object] | None = None,
    runs: int | None = 30,
    **more: object,
) -> Case:
    """Make a case of one job."""
    only = job(name, schedule, **more)  # type: ignore[arg-type]
    return case((only, facts(only, steps, units, traits, **(found or {}))), name=cluster, runs=runs)  # type: ignore[arg-type]


def line(count: int, *, service: str | None = None, name: str = "c1", prefix: str = "", **more: object) -> Case:
    """Make a case of `count` jobs of one unit, each needing the one before."""
    jobs = [job(f"{prefix}{name}j{n:03}", **more) for n in range(count)]  # type: ignore[arg-type]
    members = [(item, facts(item, [step(f"s{n}", service=service)])) for n, item in enumerate(jobs)]
    ties = [depends(up, down) for up, down in pairwise(jobs)]
    return case(*members, ties=ties, name=name)


def fan(count: int, *, name: str = "c1", **more: object) -> Case:
    """Make a case of `count` jobs of one unit that branches: all but the last feed the last."""
    jobs = [job(f"{name}j{n:03}", **more) for n in range(count)]  # type: ignore[arg-type]
    members = [(item, facts(item)) for item in jobs]
    return case(*members, ties=[depends(up, jobs[-1]) for up in jobs[:-1]], name=name)


def settings(**tables: object) -> Settings:
    """Validate settings as the file would be."""
    return Settings.model_validate(tables)


def asked(*cases: Case, **tables: object) -> Advice:
    """Advise on cases with settings given as tables."""
    return advise(cases, settings(**tables), PRICES)


def answer(*cases: Case, **tables: object) -> Recommendation:
    """Give the recommendation for the first case."""
    found = asked(*cases, **tables)
    return next(item for item in found.recommendations if item.cluster == cases[0].cluster.id)


def changed(of: Case, **fields: object) -> Case:
    """Give the case with the first job changed."""
    first, *rest = of.jobs
    return replace(of, jobs=(replace(first, **fields), *rest))  # type: ignore[arg-type]


__all__ = [
    "PRICES",
    "Join",
    "answer",
    "asked",
    "case",
    "changed",
    "clock",
    "depends",
    "facts",
    "fan",
    "job",
    "line",
    "lone",
    "settings",
    "started_by",
    "step",
]
