"""Time the advice on a portfolio of clusters made by hand of a seed, part by part.

A fifth of the clusters has five units or more: lines of commands and of service calls, forks and joins, schedules that
cross. A quarter has two to four, the rest one; some jobs belong to their host. One cluster in six has a doubtful tie.
Nothing is read from files, so that only grouping, workflows and advice are measured.
Run `python benchmarks/advice.py [--clusters N] [--seed N]`.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from migrator import advice, clusters, workflows
from migrator.commands.facts import CommandFacts, Join, Step, StepKind, Trait, TraitFound, Unit
from migrator.costs import packaged_prices
from migrator.graph.types import Dependency, DependencyKind, JobGraph, Lag, Relation, RelationKind
from migrator.model import Dialect, Evidence, Job, JobId, Origin, Schedule, ServiceCall
from migrator.schedules.compare import compare_all
from migrator.schedules.cron import read
from migrator.settings import Settings

CLUSTERS = 10_000
LETTERS = str.maketrans("0123456789", "abcdefghij")
OWNERS = ("data", "shop", "ops", "web", None, None)
TIED = (Trait.HOST_MAINTENANCE, Trait.DAEMON, Trait.WATCHDOG, Trait.NEEDS_HOST)
HAZARDOUS = (Trait.SWALLOWS_EXIT, Trait.DATE_DEPENDENT, Trait.NEEDS_ROOT, Trait.FOLLOWS_UNREAD)
PARTS = (
    "shape_of",
    "choose",
    "workload_of",
    "Bills",
    "flips_of",
    "turned_of",
    "outcomes_of",
    "stability_of",
    "reasons_of",
    "hazards_of",
    "cluster_notes",
    "rejected_of",
    "_efforts",
    "placement_of",
    "alternatives_of",
    "questions_of",
    "portfolio_notes",
    "payback_of",
)


@dataclass(slots=True)
class Portfolio:
    """Jobs with their facts and what ties them."""

    jobs: list[Job] = field(default_factory=list)
    facts: dict[JobId, CommandFacts] = field(default_factory=dict)
    dependencies: list[Dependency] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def portfolio(count: int, seed: int) -> Portfolio:
    """Make `count` clusters, the same for the same seed."""
    draw, made = random.Random(seed), Portfolio()
    before: JobId | None = None
    for number in range(count):
        size = _size(number, draw)
        owner, host = draw.choice(OWNERS), f"etl{number % 40}"
        service = draw.random() < 0.25
        crosses = size >= 5 and draw.random() < 0.2
        first = _schedule(draw)
        here = [
            _job(f"c{number:05}-{index:02}", host, owner, _schedule(draw) if crosses and index % 3 == 2 else first)
            for index in range(size)
        ]
        for job in here:
            made.jobs.append(job)
            made.facts[job.id] = _facts(job, draw, service=service, lone=size == 1)
        made.dependencies += _ties(here, draw)
        if before is not None and draw.random() < 1 / 6:
            proof = (Evidence(here[0].origin, here[0].text, "names the other"),)
            lag, sure = Lag.NONE, draw.choice((0.35, 0.45, 0.55))
            made.relations.append(Relation(before, here[0].id, RelationKind.DOUBTFUL, lag, sure, proof))
        before = here[-1].id
    return made


def _size(number: int, draw: random.Random) -> int:
    """Give the number of jobs: a fifth of the clusters is large, a quarter small, the rest one job."""
    place = number % 20
    if place < 4:
        return draw.randint(5, 14) if draw.random() < 0.97 else draw.randint(15, 60)
    return draw.randint(2, 4) if place < 9 else 1


def _schedule(draw: random.Random) -> Schedule:
    text = draw.choice((f"{draw.randrange(0, 60, 5)} {draw.randrange(24)} * * *", "*/15 * * * *", "@hourly", "@weekly"))
    found = read(text, Dialect.DEBIAN, "Europe/Paris")
    assert isinstance(found, Schedule)
    return found


def _job(name: str, host: str, owner: str | None, schedule: Schedule) -> Job:
    # In letters: programs that differ in a number alone are kin.
    command = f"/opt/app/bin/{name.translate(LETTERS)} --run"
    return Job(
        id=JobId(name),
        title=f"{name}.sh",
        origin=Origin(f"{host}/crontab", int(name[1:6]) + 1),
        source="crontab",
        text=f"{schedule.text} {command}",
        host=host,
        user="app",
        owner=owner,
        schedule=schedule,
        command=command,
    )


def _facts(job: Job, draw: random.Random, *, service: bool, lone: bool) -> CommandFacts:
    count = draw.choice((1, 1, 1, 2, 3)) if lone else 1
    steps = tuple(
        Step(
            f"s{index}",
            f"{job.command} {index}",
            StepKind.CLOUD if service else StepKind.PROGRAM,
            job.origin,
            "run",
            join=Join.AND if index else Join.FIRST,
            call=ServiceCall("glue", "start", job.id) if service else None,
        )
        for index in range(count)
    )
    traits = [draw.choice(TIED)] if lone and draw.random() < 0.25 else []
    traits += [draw.choice(HAZARDOUS)] if draw.random() < 0.3 else []
    found = tuple(TraitFound(trait, Evidence(job.origin, job.text, trait.value)) for trait in traits)
    return CommandFacts(job.id, steps, tuple(Unit((index,), "own") for index in range(count)), traits=found)


def _ties(jobs: Sequence[Job], draw: random.Random) -> Iterator[Dependency]:
    fans = len(jobs) > 2 and draw.random() < 0.5
    pairs = [(up, jobs[-1]) for up in jobs[:-1]] if fans else list(pairwise(jobs))
    weak = draw.randrange(len(pairs)) if pairs and draw.random() < 0.1 else -1
    for number, (up, down) in enumerate(pairs):
        proof = (Evidence(down.origin, down.text, f"reads what {up.title} wrote"),)
        sure = 0.65 if number == weak else 0.9
        yield Dependency(up.id, down.id, DependencyKind.FILE, Lag.NONE, sure, proof)


def cases_of(made: Portfolio) -> list[advice.Case]:
    """Group the jobs, build the workflows and compare the schedules, as the pipeline does."""
    by_id = {job.id: job for job in made.jobs}
    proofs = {schedule: compare_all(schedule, None) for schedule in {job.schedule for job in made.jobs}}
    of_jobs = {job.id: proofs[job.schedule] for job in made.jobs}
    ties = JobGraph(tuple(made.dependencies), tuple(made.relations))
    groups = clusters.group(made.jobs, made.facts, ties)
    home = {job: group.id for group in groups for job in group.jobs}
    relations: dict[str, list[Relation]] = {group.id: [] for group in groups}
    for tie in made.relations:
        for name in sorted({home[tie.upstream], home[tie.downstream]}):
            relations[name].append(tie)
    return [
        advice.Case(
            group,
            tuple(by_id[job] for job in group.jobs),
            made.facts,
            workflows.build(group, by_id, made.facts),
            tuple(relations[group.id]),
            of_jobs,
        )
        for group in groups
    ]


class Stopwatch:
    """Add up the processor time of the parts, each wrapped where the advice calls it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def wrap(self, name: str, part: Callable[..., object]) -> Callable[..., object]:
        """Give the part with a stopwatch around it; what it gives lazily is made at once."""
        self.spent[name] = 0.0

        def timed(*arguments: object, **more: object) -> object:
            begin = time.process_time()
            found = part(*arguments, **more)
            if isinstance(found, Iterator):
                found = list(found)
            self.spent[name] += time.process_time() - begin
            return found

        return timed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clusters", type=int, default=CLUSTERS)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    gc.disable()  # as the command does
    begin = time.process_time()
    cases = cases_of(portfolio(wanted.clusters, wanted.seed))
    large = sum(case.cluster.metrics.units >= 5 for case in cases)
    made = time.process_time() - begin
    print(f"{len(cases):,} clusters, {large:,} of five units or more, made in {made:.1f} s")
    watch = Stopwatch()
    # The package gives the function under the module's name.
    wiring = importlib.import_module("migrator.advice.advise")
    for name in PARTS:
        if hasattr(wiring, name):
            setattr(wiring, name, watch.wrap(name, getattr(wiring, name)))
    begin = time.process_time()
    advised = advice.advise(cases, Settings(), packaged_prices())
    whole = time.process_time() - begin
    for name, seconds in watch.spent.items():
        print(f"{name:18}{seconds:>8.2f} s")
    print(f"{'all else':18}{whole - sum(watch.spent.values()):>8.2f} s")
    flips = sum(len(answer.flips) for answer in advised.recommendations)
    print(f"{'advise':18}{whole:>8.2f} s; {flips:,} flips, {len(advised.questions):,} questions")


if __name__ == "__main__":
    main()
