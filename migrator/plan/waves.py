"""The order of the move: the easy and independent first, upstream before downstream, one risk at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush

from migrator.advice.types import STAYING
from migrator.model import AIRFLOWS, Target
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart, RelationPart
from migrator.plan.moving import WavePart
from migrator.plan.wave_groups import Groups, groups_of

MOST_IN_WAVE = 50
"""The number of clusters in a wave that can still be watched; what must move together is never parted for it."""
MANY = 200
"""The number of clusters above which a risk is tried once for each shape: a fleet has thousands that are alike."""
_PILOT_SIZE = 5


class _Rank(IntEnum):
    PILOT = 1
    EASY = 2
    CAREFUL = 3
    CHAINS = 4
    AIRFLOW = 5
    OPEN = 6


_WHY = {
    _Rank.PILOT: "a few of the easiest, to try the way over: one unit each, nothing tied to them, no hazard, nothing "
    "to find out first",
    _Rank.EASY: "jobs on their own without a silent hazard",
    _Rank.CAREFUL: "jobs on their own with a hazard to settle first, or tied to others",
    _Rank.CHAINS: "chains of jobs and what Step Functions starts, with what is tied to them",
    _Rank.AIRFLOW: "what needs an Airflow environment, which must stand first",
    _Rank.OPEN: "the target is still open: answer the questions first",
}

_WAITS = "what must wait for an earlier wave, to which it is tied"


def waves_of(
    clusters: Sequence[ClusterPart], jobs: Iterable[JobPart], relations: Sequence[RelationPart]
) -> tuple[WavePart, ...]:
    """Order what moves into waves. Clusters that stay, and clusters without a job that moves, are in none.

    Clusters that share a lock move together. Where one may need another, the other moves in an earlier wave. What
    cleans, rotates, saves or watches another's files moves with it or after it. A wave has at most one risky cluster,
    or one such group that must move together; where there are more than `MANY`, those that are like one of an earlier
    wave are no risk any more.
    """
    by_id = {job.id: job for job in jobs}
    movers = [
        cluster
        for cluster in clusters
        if cluster.recommendation.target is not Target.RETAIN and any(moves(by_id[job]) for job in cluster.jobs)
    ]
    groups = groups_of(movers, relations)
    return _Schedule(movers, groups, _ranks(groups, by_id), by_id).waves()


def moves(job: JobPart) -> bool:
    """Say whether a job of a cluster that moves does so itself: cron runs it, and nothing ties it to cron."""
    return job.active and job.runs_on not in STAYING


def risk_of(cluster: ClusterPart, jobs: Mapping[str, JobPart]) -> str | None:
    """Say why a fault of the cluster would reach far or be hard to see; None for one that is not risky."""
    moving = [jobs[job] for job in cluster.jobs if moves(jobs[job])]
    if cluster.recommendation.undecided is not None:
        return "its target is open"
    if cluster.cyclic:
        return "its jobs depend on each other in a ring"
    if len(moving) > 1 and cluster.kin:
        return f"its {len(moving)} jobs are alike: a fault of the move meets all of them"
    if len(moving) > 1:
        return f"{len(moving)} jobs depend on each other: a fault of one stops others"
    if any(job.effort == "large" for job in moving):
        return "its move is large"
    return None


def _ranks(groups: Groups, jobs: Mapping[str, JobPart]) -> dict[str, _Rank]:
    ranks = {name: max(_own_rank(cluster, jobs) for cluster in found) for name, found in groups.members.items()}
    tied = {name for then, firsts in groups.before.items() for name in (then, *firsts)}
    for name, found in groups.members.items():
        if name in tied or len(found) > 1:
            ranks[name] = max(ranks[name], _Rank.CAREFUL)
    _choose_pilot(groups, ranks, jobs)
    return ranks


def _own_rank(cluster: ClusterPart, jobs: Mapping[str, JobPart]) -> _Rank:
    answer = cluster.recommendation
    if answer.undecided is not None:
        return _Rank.OPEN
    if answer.target in AIRFLOWS:
        return _Rank.AIRFLOW
    if cluster.metrics.dependencies or answer.target is Target.STEP_FUNCTIONS:
        return _Rank.CHAINS
    silent = any(hazard.silent for hazard in cluster.hazards)
    return _Rank.CAREFUL if silent or risk_of(cluster, jobs) else _Rank.EASY


def _choose_pilot(groups: Groups, ranks: dict[str, _Rank], jobs: Mapping[str, JobPart]) -> None:
    easy = [
        found[0]
        for name, found in groups.members.items()
        if ranks[name] is _Rank.EASY and not found[0].hazards and not _has_work(found[0], jobs)
    ]
    if sum(len(found) for found in groups.members.values()) <= _PILOT_SIZE or len(easy) < 2:
        return
    easy.sort(key=lambda cluster: _ease((cluster,), jobs)[1:])
    for cluster in easy[:_PILOT_SIZE]:
        ranks[cluster.id] = _Rank.PILOT


def _has_work(cluster: ClusterPart, jobs: Mapping[str, JobPart]) -> bool:
    """Say whether a cluster's move takes more than to start it elsewhere: a script that nobody has read, for one."""
    return any(jobs[name].effort in ("medium", "large") for name in cluster.jobs)


def _ease(found: Sequence[ClusterPart], jobs: Mapping[str, JobPart]) -> tuple[object, ...]:
    """Sort hosts together, so that each tab is edited as few times as may be; then the cheap first."""
    first = found[0]
    return (
        jobs[first.jobs[0]].host or "",
        sum(cluster.metrics.units for cluster in found),
        sum(cluster.metrics.branches for cluster in found),
        sum(cluster.metrics.steps for cluster in found),
        first.metrics.runs_per_month or 0,
        first.id,
    )


@dataclass(slots=True)
class _Wave:
    rank: _Rank
    clusters: list[str] = field(default_factory=list)
    risky: str | None = None
    risk: str = ""
    after: set[int] = field(default_factory=set)
    waits: bool = True


class _Schedule:
    """Puts groups into waves, in an order that keeps what comes before what."""

    def __init__(
        self,
        movers: Iterable[ClusterPart],
        groups: Groups,
        ranks: Mapping[str, _Rank],
        jobs: Mapping[str, JobPart],
    ) -> None:
        self._groups = groups
        self._jobs = jobs
        self._members = {cluster.id: cluster for cluster in movers}
        self._position = {name: number for number, name in enumerate(self._members)}
        self._waves: list[_Wave] = []
        self._open: dict[tuple[_Rank, bool], int] = {}
        self._at: dict[str, int] = {}
        self._tried: dict[tuple[str, str], int] = {}
        self._own = ranks
        self._ranks, self._order = self._raised(ranks)

    def waves(self) -> tuple[WavePart, ...]:
        """Give all waves, numbered."""
        for name in sorted(self._order, key=lambda name: self._ranks[name]):
            self._place(name)
        pilot = bool(self._waves) and self._waves[0].rank is _Rank.PILOT
        return tuple(
            WavePart(
                number=number,
                clusters=tuple(sorted(wave.clusters, key=self._position.__getitem__)),
                after=tuple(sorted(wave.after | ({1} if pilot and number > 1 else set()))),
                why=_WAITS if wave.waits else _WHY[wave.rank],
                risky=wave.risky,
                risk=wave.risk,
                jobs=self._moving(wave),
            )
            for number, wave in enumerate(self._waves, start=1)
        )

    def _moving(self, wave: _Wave) -> tuple[str, ...]:
        return tuple(
            sorted(job for name in wave.clusters for job in self._members[name].jobs if moves(self._jobs[job]))
        )

    def _raised(self, ranks: Mapping[str, _Rank]) -> tuple[dict[str, _Rank], list[str]]:
        """Lift what comes after something to its rank at least; give the order in which that was done, too."""
        groups = self._groups
        waiting = Counter({name: len(groups.before.get(name, ())) for name in groups.members})
        follow: dict[str, list[str]] = {name: [] for name in groups.members}
        for then, firsts in groups.before.items():
            for first in firsts:
                follow[first].append(then)
        raised = dict(ranks)
        ready: list[tuple[object, ...]] = []
        for name, found in groups.members.items():
            if not waiting[name]:
                heappush(ready, (raised[name], *_ease(found, self._jobs), name))
        order: list[str] = []
        while ready:
            name = str(heappop(ready)[-1])
            order.append(name)
            for then in follow[name]:
                raised[then] = max(raised[then], raised[name])
                waiting[then] -= 1
                if not waiting[then]:
                    heappush(ready, (raised[then], *_ease(groups.members[then], self._jobs), then))
        return raised, order

    def _place(self, name: str) -> None:
        found = self._groups.members[name]
        risks = [(cluster, risk) for cluster in found if (risk := risk_of(cluster, self._jobs)) is not None]
        like = self._like(risks)
        risky = bool(risks) and like is None
        before = self._groups.before.get(name, {})
        rank, end = self._ranks[name], len(self._waves)
        earliest = [self._at[other] + then for other, then in before.items()]
        first = max([self._first_open(rank, risky), *earliest, -1 if like is None else like + 1])
        at = next((at for at in range(first, end) if self._fits(at, found, risky)), end)
        if at == end:
            self._waves.append(_Wave(rank))
        wave = self._waves[at]
        wave.clusters.extend(cluster.id for cluster in found)
        wave.waits = wave.waits and self._own[name] < rank
        if risky:
            wave.risky, wave.risk = risks[0][0].id, risks[0][1]
        wave.after.update(self._at[other] + 1 for other in before if self._at[other] < at)
        if like is not None:
            wave.after.add(like + 1)
        self._at[name] = at
        for cluster, risk in risks:
            self._tried.setdefault((cluster.shape, risk), at)

    def _like(self, risks: Iterable[tuple[ClusterPart, str]]) -> int | None:
        """Give the wave after which clusters at risk are like others that have moved; None where they are no such."""
        if len(self._members) <= MANY:
            return None
        tried = [self._tried.get((cluster.shape, risk)) for cluster, risk in risks]
        known = [at for at in tried if at is not None]
        return max(known) if known and len(known) == len(tried) else None

    def _first_open(self, rank: _Rank, risky: bool) -> int:
        """Give the first wave of a rank that still takes a risky group, or any: what is closed stays so."""
        for kind in (False, True):
            self._open.setdefault((rank, kind), len(self._waves))
        at = self._open[rank, risky]
        while at < len(self._waves) and (self._waves[at].risky if risky else self._is_full(at)):
            at += 1
        self._open[rank, risky] = at
        return at

    def _is_full(self, at: int) -> bool:
        return len(self._waves[at].clusters) >= MOST_IN_WAVE

    def _fits(self, at: int, found: Sequence[ClusterPart], risky: bool) -> bool:
        wave = self._waves[at]
        return not (risky and wave.risky) and len(wave.clusters) + len(found) <= MOST_IN_WAVE
