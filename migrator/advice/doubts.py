"""Dependencies that a person should look at: those just below the threshold, and those just above it.

Each is tried the other way: the clusters are joined by a doubtful tie, or parted without an unsure one, and placed
in the guide's bands again. What would then go elsewhere comes first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.advice.bands import band_of
from migrator.advice.case import Case
from migrator.advice.regrouping import DoubtfulTie, regrouped
from migrator.advice.shape import shape_of
from migrator.graph.timing import Clock
from migrator.graph.types import Dependency, DependencyKind, RelationKind
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

    tie: DoubtfulTie
    taken: bool
    changes: str = ""


def doubts_of(cases: Sequence[Case], settings: Settings) -> tuple[Doubt, ...]:
    """Give the doubtful ties: those that would change a recommendation first, then by how near they are to certain."""
    home = {job.id: case for case in cases for job in case.active}
    found: list[Doubt] = []
    clock = Clock()
    for number, tie in enumerate(doubtful(cases, home)):
        taken = isinstance(tie, Dependency)
        changes = _changes(tie, home, settings, clock) if number < _MOST_TRIED else ""
        found.append(Doubt(tie, taken, changes))
    return tuple(sorted(found, key=lambda doubt: not doubt.changes))


def doubtful(cases: Iterable[Case], home: Mapping[JobId, object]) -> list[DoubtfulTie]:
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
    every: list[DoubtfulTie] = [*weak.values(), *unsure]
    running = [tie for tie in every if tie.upstream in home and tie.downstream in home]
    return sorted(running, key=lambda tie: (-tie.confidence, tie.upstream, tie.downstream))


def _changes(tie: DoubtfulTie, home: Mapping[JobId, Case], settings: Settings, clock: Clock) -> str:
    """Say where the jobs of a tie would go by the other answer, empty where nothing moves."""
    cases = list({case.cluster.id: case for case in (home[tie.upstream], home[tie.downstream])}.values())
    if sum(len(case.jobs) for case in cases) > _MOST_JOBS:
        return ""
    now = {case.cluster.id: band_of(shape_of(case, settings)).target for case in cases}
    then = {job: group.band.target for group in regrouped(cases, [tie], settings, clock) for job in group.jobs}
    moves = [(now[home[job].cluster.id], target) for job, target in then.items()]
    moved = [move for move in moves if move[0] is not move[1]]
    return _told(tie, sorted(set(moved)), len(moved)) if moved else ""


def _told(tie: DoubtfulTie, moves: Iterable[tuple[Target, Target]], jobs: int) -> str:
    condition = "if it is not real" if isinstance(tie, Dependency) else "if it is real"
    count = "1 job goes" if jobs == 1 else f"{jobs} jobs go"
    return f"{condition}, {count} {' and '.join(_moves(moves))}"


def _moves(moves: Iterable[tuple[Target, Target]]) -> Iterator[str]:
    for before, after in moves:
        yield f"to {_label(after)} instead of {_label(before)}"


def _label(target: Target) -> str:
    return "Airflow or MWAA" if target is Target.AIRFLOW else target.label
