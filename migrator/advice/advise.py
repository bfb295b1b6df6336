"""All answers for a portfolio: shapes, choices, reasons, bills, hazards, questions, in that order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from migrator.advice.bills import Bills, workload_of
from migrator.advice.case import Case
from migrator.advice.choice import Choice, choose
from migrator.advice.doubts import doubts_of
from migrator.advice.effort import effort_of
from migrator.advice.flips import Flips, flips_of
from migrator.advice.hazard import HazardCheck, Move
from migrator.advice.hazards import HAZARDS
from migrator.advice.notes import cluster_notes, portfolio_notes
from migrator.advice.payback import payback_of
from migrator.advice.pins import check_accepted, pins_of
from migrator.advice.placement import placement_of
from migrator.advice.portfolio import alternatives_of
from migrator.advice.questions import questions_of
from migrator.advice.rejected import rejected_of
from migrator.advice.rule import Subject
from migrator.advice.rules import RULES
from migrator.advice.shape import Shape, shape_of
from migrator.advice.stability import Outcomes, outcomes_of, stability_of
from migrator.advice.standing import Standing
from migrator.advice.turning import turned_of
from migrator.advice.types import Advice, Effort, Hazard, Placement, Recommendation, RunsOn
from migrator.commands.facts import CommandFacts
from migrator.costs import PriceList, Workload
from migrator.graph.types import Dependency
from migrator.model import Job, JobId, Reason, Target
from migrator.settings import AcceptedHazard, Settings
from migrator.workflows.types import Task

_AS_CRON = "; its schedule is declared only, and read here by cron's rules"
_CHECKS = {target: tuple(check for check in HAZARDS if target in check.targets) for target in Target}


class Looked(NamedTuple):
    """What the moves of a cluster's jobs mean: hazards, those that were accepted as notes, efforts and places."""

    hazards: tuple[Hazard, ...]
    accepted: tuple[str, ...]
    efforts: tuple[Effort, ...]
    placements: tuple[Placement, ...]


Begin: TypeAlias = Callable[
    [Callable[[Case], Looked], Sequence[Case]], AbstractContextManager[Callable[[], Sequence[Looked]]]
]
"""Has other cores begin to look at clusters, and gives what waits for their answers, in order."""


@contextmanager
def later(looked: Callable[[Case], Looked], cases: Sequence[Case]) -> Iterator[Callable[[], list[Looked]]]:
    """Look at the clusters in this process, when the answers are asked for."""
    yield lambda: [looked(case) for case in cases]


def advise(cases: Sequence[Case], settings: Settings, prices: PriceList, begin: Begin = later) -> Advice:
    """Recommend a target for every case, and say what it rests on.

    Raise AdviceError where the settings pin or accept something that is not there.
    """
    ordered = sorted(cases, key=lambda case: case.cluster.id)
    pins = pins_of(ordered, settings)
    check_accepted(settings, ordered, (check.id for check in HAZARDS))
    shapes = {case.cluster.id: shape_of(case, settings) for case in ordered}
    choices = choose(ordered, shapes, pins, settings, prices)

    def looked(case: Case) -> Looked:
        return _looked(moves_of(case, choices[case.cluster.id].target, settings, shapes[case.cluster.id]), settings)

    with begin(looked, ordered) as answers:
        works = {case.cluster.id: workload_of(case, settings) for case in ordered}
        bills = Bills(ordered, works, choices, settings, prices)
        standing = Standing.of(ordered, shapes, pins, choices, settings, prices)
        turned = turned_of(standing)
        flips = flips_of(standing, turned)
        outcomes = outcomes_of(standing, turned)
        questions = questions_of(standing, flips, turned, works, bills)
        moves = answers()
    found = _Portfolio(shapes, choices, works, bills, flips, outcomes, settings, prices)
    answered = tuple(found.recommend(case, move) for case, move in zip(ordered, moves, strict=True))
    return Advice(
        recommendations=answered,
        shared=(),
        alternatives=alternatives_of(ordered, shapes, choices, works, settings, prices),
        questions=questions,
        environments=bills.environments(shapes),
        notes=portfolio_notes(ordered, choices, _hosted(answered)),
        payback=payback_of(answered, ordered, settings),
        flips=flips.of_portfolio,
        stability=stability_of(outcomes, flips, turned, questions),
        doubts=doubts_of(turned),
    )


def _looked(moves: Sequence[Move], settings: Settings) -> Looked:
    hazards, accepted = hazards_of(moves, settings)
    placements = tuple(placed for move in moves if (placed := placement_of(move)) is not None)
    return Looked(hazards, accepted, _efforts(moves, hazards), placements)


@dataclass(frozen=True, slots=True)
class _Portfolio:
    shapes: Mapping[str, Shape]
    choices: Mapping[str, Choice]
    works: Mapping[str, Workload]
    bills: Bills
    flips: Flips
    outcomes: Outcomes
    settings: Settings
    prices: PriceList

    def recommend(self, case: Case, looked: Looked) -> Recommendation:
        """Put one cluster's answer together."""
        name = case.cluster.id
        shape, choice, work = self.shapes[name], self.choices[name], self.works[name]
        subject = Subject(case, shape, choice.band, work, self.settings, self.prices, choice.managed)
        reasons = reasons_of(subject, choice.target)
        notes = cluster_notes(case, shape, choice, work, self.settings, self.prices)
        return Recommendation(
            cluster=name,
            target=choice.target,
            runner_up=choice.runner_up,
            reasons=_worth_keeping(reasons, case, choice),
            rejected=rejected_of(choice, reasons),
            estimates=self.bills.estimates(name),
            flips=self.flips.of_clusters.get(name, ()),
            hazards=looked.hazards,
            pinned=choice.pinned,
            undecided=choice.undecided,
            notes=(*notes, *looked.accepted),
            efforts=looked.efforts,
            placements=looked.placements,
            unmoved=self.flips.unmoved.get(name, ()),
            worlds=self.outcomes.counts.get(name, ()),
        )


def _hosted(answers: Iterable[Recommendation]) -> frozenset[JobId]:
    places = (placed for answer in answers for placed in answer.placements)
    return frozenset(placed.job for placed in places if placed.runs_on is RunsOn.HOST)


def reasons_of(subject: Subject, target: Target) -> tuple[Reason, ...]:
    """Ask every rule; the strongest reasons come first, of equal ones those on the chosen target."""
    found = [replace(reason, rule=rule.id) for rule in RULES for reason in rule.judge(subject)]
    return tuple(sorted(found, key=lambda reason: (-abs(reason.weight), reason.target is not target)))


def _worth_keeping(reasons: tuple[Reason, ...], case: Case, choice: Choice) -> tuple[Reason, ...]:
    """Leave out, for a job on its own, what concerns neither its target nor the next best: `rejected` has the main one.

    Such clusters are thousands, and their reasons against the larger targets always the same.
    """
    if len(case.jobs) > 1:
        return reasons
    return tuple(reason for reason in reasons if reason.target in {choice.target, choice.runner_up})


def moves_of(case: Case, target: Target, settings: Settings, shape: Shape) -> tuple[Move, ...]:
    """Give each job's move; a job that cron does not run stays, and so does one that is tied where others move."""
    tied = {tie.job.id for tie in shape.staying} if shape.moving else set()
    jobs = {job.id: job for job in case.jobs}
    before: dict[JobId, list[tuple[Dependency, Job]]] = {}
    for tie in case.cluster.dependencies:
        if tie.upstream in jobs:
            before.setdefault(tie.downstream, []).append((tie, jobs[tie.upstream]))
    tasks: dict[JobId, list[Task]] = {}
    for task in (task for flow in case.workflows for task in flow.tasks):
        tasks.setdefault(task.job, []).append(task)
    return tuple(
        Move(
            job=job,
            facts=case.facts.get(job.id) or _unknown(job),
            case=case,
            target=target if job.active and job.id not in tied else Target.RETAIN,
            settings=settings,
            upstream=tuple(before.get(job.id, ())),
            tasks=tuple(tasks.get(job.id, ())),
        )
        for job in case.jobs
    )


def hazards_of(moves: Sequence[Move], settings: Settings) -> tuple[tuple[Hazard, ...], tuple[str, ...]]:
    """Ask every check about every job; accepted hazards are left out and said as notes instead.

    What follows from a schedule alone is said once, of the first job that has it.
    """
    kept: dict[tuple[object, ...], Hazard] = {}
    sharing: Counter[tuple[object, ...]] = Counter()
    notes: list[str] = []
    for move in moves:
        for number, (check, hazard) in enumerate(_found(move)):
            entry = _accepted(hazard, move.job, settings.accept)
            if entry is not None:
                notes.append(f"accepted: {hazard.id} of {move.job.title}, because {entry.reason}")
                continue
            schedule = move.job.schedule
            key = (
                (check.id, schedule.text, schedule.timezone, hazard.text)
                if check.of_schedule
                else (move.job.id, number)
            )
            kept.setdefault(key, hazard)
            sharing[key] += 1
    hazards = tuple(_for_all(hazard, sharing[key]) for key, hazard in kept.items())
    return hazards, tuple(dict.fromkeys(notes))


def _found(move: Move) -> Iterator[tuple[HazardCheck, Hazard]]:
    for check in _CHECKS[move.target]:
        for hazard in check.find(move):
            told = f"{hazard.text}{_AS_CRON}" if check.of_schedule and move.declared_only else hazard.text
            yield check, replace(hazard, id=check.id, text=told)


def _for_all(hazard: Hazard, jobs: int) -> Hazard:
    return hazard if jobs == 1 else replace(hazard, text=f"{hazard.text} ({jobs} jobs share the schedule)")


def _accepted(hazard: Hazard, job: Job, accepted: Sequence[AcceptedHazard]) -> AcceptedHazard | None:
    return next(
        (entry for entry in accepted if entry.hazard == hazard.id and entry.job in {None, job.id, job.title}), None
    )


def _unknown(job: Job) -> CommandFacts:
    return CommandFacts(job.id, (), (), unclear=("nothing was found out about the command",))


def _efforts(moves: Sequence[Move], hazards: Sequence[Hazard]) -> tuple[Effort, ...]:
    of_job: dict[JobId, list[Hazard]] = {}
    for hazard in hazards:
        of_job.setdefault(hazard.job, []).append(hazard)
    return tuple(effort_of(move, of_job.get(move.job.id, ())) for move in moves)
