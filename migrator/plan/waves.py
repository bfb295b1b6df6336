"""The order of the move: the easy and independent first, what is tied together at one time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from migrator.graph.types import RelationKind
from migrator.model import Target
from migrator.plan.clusters import ClusterPart
from migrator.plan.document import WavePart
from migrator.plan.jobs import JobPart, RelationPart

_TOGETHER = frozenset({RelationKind.LOCK, RelationKind.DOUBTFUL})
_AFTER = frozenset({RelationKind.CLEANUP, RelationKind.ROTATION, RelationKind.BACKUP, RelationKind.MONITORING})
_PILOT_SIZE = 5


class _Rank(IntEnum):
    PILOT = 1
    EASY = 2
    CAREFUL = 3
    CHAINS = 4
    AIRFLOW = 5
    OPEN = 6


_WHY = {
    _Rank.PILOT: "a few of the easiest, to try the way over: one unit each, nothing tied to them, no hazard",
    _Rank.EASY: "jobs on their own without a silent hazard",
    _Rank.CAREFUL: "jobs on their own with a hazard to settle first, or tied to others",
    _Rank.CHAINS: "chains for Step Functions",
    _Rank.AIRFLOW: "what needs an Airflow environment, which must stand first",
    _Rank.OPEN: "the target is still open: answer the questions first",
}


def waves_of(
    clusters: Sequence[ClusterPart], jobs: Iterable[JobPart], relations: Sequence[RelationPart]
) -> tuple[WavePart, ...]:
    """Order what moves into waves. Clusters that stay, and clusters without an active job, are in none.

    Clusters that share a lock, or may depend on each other, move together; what cleans, rotates, saves or watches
    another's files moves with it or after it.
    """
    active = {job.id for job in jobs if job.active}
    movers = [c for c in clusters if c.recommendation.target is not Target.RETAIN and active.intersection(c.jobs)]
    ties = _ties(movers, relations)
    ranks = _ranks(movers, ties)
    _choose_pilot(movers, ranks, ties)
    return _numbered(movers, ranks, ties)


_Ties = Sequence[tuple[str, str, RelationKind]]


def _ties(movers: Iterable[ClusterPart], relations: Iterable[RelationPart]) -> _Ties:
    home = {job: cluster.id for cluster in movers for job in cluster.jobs}
    found = {
        (home[tie.upstream], home[tie.downstream], tie.kind)
        for tie in relations
        if tie.kind in _TOGETHER | _AFTER
        and tie.upstream in home
        and tie.downstream in home
        and home[tie.upstream] != home[tie.downstream]
    }
    return sorted(found)


def _ranks(movers: Iterable[ClusterPart], ties: _Ties) -> dict[str, _Rank]:
    ranks = {cluster.id: _own_rank(cluster) for cluster in movers}
    for upstream, downstream, _ in ties:
        for cluster in (upstream, downstream):
            ranks[cluster] = max(ranks[cluster], _Rank.CAREFUL)
    follow: defaultdict[str, list[str]] = defaultdict(list)
    for upstream, downstream, kind in ties:
        follow[upstream].append(downstream)
        if kind in _TOGETHER:
            follow[downstream].append(upstream)
    # A rank only rises and there are six, so each cluster is looked at six times at most.
    waiting = list(ranks)
    while waiting:
        cluster = waiting.pop()
        for other in follow[cluster]:
            if ranks[other] < ranks[cluster]:
                ranks[other] = ranks[cluster]
                waiting.append(other)
    return ranks


def _own_rank(cluster: ClusterPart) -> _Rank:
    answer = cluster.recommendation
    if answer.undecided is not None:
        return _Rank.OPEN
    if answer.target in (Target.AIRFLOW, Target.MWAA):
        return _Rank.AIRFLOW
    if cluster.metrics.jobs > 1 or answer.target is Target.STEP_FUNCTIONS:
        return _Rank.CHAINS
    silent = any(hazard.severity == "silent" for hazard in cluster.hazards)
    return _Rank.CAREFUL if silent else _Rank.EASY


def _choose_pilot(movers: Sequence[ClusterPart], ranks: dict[str, _Rank], ties: _Ties) -> None:
    tied = {cluster for tie in ties for cluster in tie[:2]}
    easy = [c for c in movers if ranks[c.id] is _Rank.EASY and not c.hazards and c.id not in tied]
    if len(movers) <= _PILOT_SIZE or len(easy) < 2:
        return
    easy.sort(key=lambda c: (c.metrics.units, c.metrics.branches, c.metrics.steps, c.metrics.runs_per_month or 0, c.id))
    for cluster in easy[:_PILOT_SIZE]:
        ranks[cluster.id] = _Rank.PILOT


def _numbered(movers: Sequence[ClusterPart], ranks: Mapping[str, _Rank], ties: _Ties) -> tuple[WavePart, ...]:
    members: defaultdict[_Rank, list[str]] = defaultdict(list)
    for cluster in movers:
        members[ranks[cluster.id]].append(cluster.id)
    numbers = {rank: number for number, rank in enumerate(sorted(members), start=1)}
    needs: defaultdict[_Rank, set[int]] = defaultdict(set)
    for upstream, downstream, _ in ties:
        if ranks[upstream] < ranks[downstream]:
            needs[ranks[downstream]].add(numbers[ranks[upstream]])
    if _Rank.PILOT in members:
        for rank in members:
            if rank is not _Rank.PILOT:
                needs[rank].add(numbers[_Rank.PILOT])
    return tuple(
        WavePart(number=numbers[rank], clusters=tuple(members[rank]), after=tuple(sorted(needs[rank])), why=_WHY[rank])
        for rank in sorted(members)
    )
