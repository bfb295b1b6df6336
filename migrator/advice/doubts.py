"""Dependencies that a person should look at: those just below the threshold, and those just above it.

Each is tried the other way: the clusters are joined by a doubtful tie, or parted without an unsure one, and placed
in the guide's bands again. What would then go elsewhere comes first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator import clusters, workflows
from migrator.advice.bands import band_of
from migrator.advice.case import Case
from migrator.advice.shape import shape_of
from migrator.graph.types import Dependency, DependencyKind, JobGraph, Relation, RelationKind
from migrator.model import JobId, Target
from migrator.settings import Settings

# What is nearer to a guess is not worth a question; what is surer than this is not doubted.
_WORTH_ASKING, _SURE = 0.3, 0.7
# So many are tried the other way, in clusters of so many jobs at most: beyond that the answer costs more than it tells.
_MOST_TRIED, _MOST_JOBS = 200, 300


@dataclass(frozen=True, slots=True)
class Doubt:
    """A tie to decide on.

    `taken` says that the plan takes it for real; `changes` what the other answer would change in a recommendation.
    """

    tie: Dependency | Relation
    taken: bool
    changes: str = ""


def doubts_of(cases: Sequence[Case], settings: Settings) -> tuple[Doubt, ...]:
    """Give the doubtful ties: those that would change a recommendation first, then by how near they are to certain."""
    home = {job.id: case for case in cases for job in case.active}
    found: list[Doubt] = []
    for number, tie in enumerate(_doubtful(cases, home)):
        taken = isinstance(tie, Dependency)
        changes = _changes(tie, home, settings) if number < _MOST_TRIED else ""
        found.append(Doubt(tie, taken, changes))
    return tuple(sorted(found, key=lambda doubt: not doubt.changes))


def _doubtful(cases: Iterable[Case], home: Mapping[JobId, Case]) -> list[Dependency | Relation]:
    """Give the ties between jobs that cron runs, each once, the nearest to the threshold first."""
    weak = {
        (tie.upstream, tie.downstream): tie
        for case in cases
        for tie in case.relations
        if tie.kind is RelationKind.DOUBTFUL and tie.confidence >= _WORTH_ASKING
    }
    unsure = [
        tie
        for case in cases
        for tie in case.cluster.dependencies
        if tie.confidence < _SURE and tie.kind is not DependencyKind.DECLARED
    ]
    every: list[Dependency | Relation] = [*weak.values(), *unsure]
    running = [tie for tie in every if tie.upstream in home and tie.downstream in home]
    return sorted(running, key=lambda tie: (-tie.confidence, tie.upstream, tie.downstream))


def _changes(tie: Dependency | Relation, home: Mapping[JobId, Case], settings: Settings) -> str:
    """Say where the jobs of a tie would go by the other answer, empty where nothing moves."""
    cases = list({case.cluster.id: case for case in (home[tie.upstream], home[tie.downstream])}.values())
    jobs = {job.id: job for case in cases for job in case.jobs}
    if len(jobs) > _MOST_JOBS:
        return ""
    now = {case.cluster.id: _target(case, settings) for case in cases}
    inside = [other for case in cases for other in case.cluster.dependencies if other is not tie]
    if isinstance(tie, Relation):
        kind = DependencyKind.MEANT
        inside.append(Dependency(tie.upstream, tie.downstream, kind, tie.lag, tie.confidence, tie.evidence))
    facts = cases[0].facts
    then = []
    for group in clusters.group(tuple(jobs.values()), facts, JobGraph(tuple(inside))):
        flows = workflows.build(group, jobs, facts)
        then.append(Case(group, tuple(jobs[job] for job in group.jobs), facts, flows))
    before = {job: now[home[job].cluster.id] for job in jobs if job in home}
    after = {job.id: target for case in then for target in [_target(case, settings)] for job in case.active}
    moved = {job for job in before if before[job] is not after[job]}
    return _told(tie, sorted({(before[job], after[job]) for job in moved}), len(moved)) if moved else ""


def _target(case: Case, settings: Settings) -> Target:
    """Give the target of a cluster's own shape; `AIRFLOW` stands for either environment."""
    return band_of(shape_of(case, settings)).target


def _told(tie: Dependency | Relation, moves: Iterable[tuple[Target, Target]], jobs: int) -> str:
    condition = "if it is not real" if isinstance(tie, Dependency) else "if it is real"
    count = "1 job goes" if jobs == 1 else f"{jobs} jobs go"
    return f"{condition}, {count} {' and '.join(_moves(moves))}"


def _moves(moves: Iterable[tuple[Target, Target]]) -> Iterator[str]:
    for before, after in moves:
        yield f"to {_label(after)} instead of {_label(before)}"


def _label(target: Target) -> str:
    return "Airflow or MWAA" if target is Target.AIRFLOW else target.label
