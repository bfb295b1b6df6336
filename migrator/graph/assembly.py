"""Put together what the kinds of evidence found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.commands.facts import CommandFacts
from migrator.graph.candidates import Candidate, Scene
from migrator.graph.evidence import EVIDENCE
from migrator.graph.meetings import flows
from migrator.graph.order import cycles
from migrator.graph.resolution import Names
from migrator.graph.timing import Clock, Order, Timing
from migrator.graph.touches import places, touches
from migrator.graph.types import Dependency, DependencyKind, JobGraph, Lag, Relation, RelationKind
from migrator.model import Evidence, Finding, Job, JobId, Mode
from migrator.settings import Settings

# Proof beyond this number of places is not read by anyone.
_MOST_PLACES = 4
# Relations that a dependency between the same jobs makes needless.
_WEAKER = (RelationKind.DOUBTFUL, RelationKind.CLEANUP, RelationKind.BACKUP, RelationKind.MONITORING, RelationKind.HUB)
_RANK = {DependencyKind.DECLARED: 2, DependencyKind.STARTS: 1}

_Pair = tuple[JobId, JobId]


def build(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], settings: Settings) -> JobGraph:
    """Find what ties the jobs; raise GraphError where the settings name a job that is not there."""
    scene = _scene(jobs, facts, settings)
    found = [item for kind in EVIDENCE for item in kind.find(scene)]
    findings = sorted({item for item in found if isinstance(item, Finding)})
    denied = _denied(scene)
    candidates = [
        item for item in found if isinstance(item, Candidate) and (item.upstream, item.downstream) not in denied
    ]
    clock = Clock()
    dependencies, weak = _dependencies(candidates, scene, clock)
    relations = _relations([*candidates, *weak], {(d.upstream, d.downstream) for d in dependencies}, scene, clock)
    hard = [(d.upstream, d.downstream) for d in dependencies if d.lag is Lag.NONE]
    return JobGraph(dependencies, relations, cycles(hard), scene.flows.hubs, tuple(findings))


def _scene(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], settings: Settings) -> Scene:
    ordered = sorted(jobs, key=lambda job: job.id)
    where = places(ordered, settings.mounts)
    touched = touches(ordered, facts, where)
    written = [touch for touch in touched if touch.mode in (Mode.WRITE, Mode.APPEND) and not touch.log]
    read = [touch for touch in touched if touch.mode is Mode.READ and not touch.log and not touch.own]
    return Scene({job.id: job for job in ordered}, facts, settings, touched, flows(written, read))


def _denied(scene: Scene) -> set[_Pair]:
    names = Names(scene.jobs.values())
    return {
        (names.one(edge.upstream, "deny"), names.one(edge.downstream, "deny"))
        for edge in scene.settings.dependencies.deny
    }


@dataclass(slots=True)
class _Tie:
    """Everything that speaks for one job needing another."""

    timing: Timing
    candidates: list[Candidate] = field(default_factory=list)


def _dependencies(
    candidates: Iterable[Candidate], scene: Scene, clock: Clock
) -> tuple[tuple[Dependency, ...], list[Candidate]]:
    """Give the dependencies at or above the threshold, and the rest as doubtful candidates."""
    ties: dict[_Pair, _Tie] = {}
    for candidate in candidates:
        if isinstance(candidate.kind, DependencyKind):
            pair = (candidate.upstream, candidate.downstream)
            if pair not in ties:
                ties[pair] = _Tie(clock.timing(scene.jobs[pair[0]], scene.jobs[pair[1]]))
            ties[pair].candidates.append(candidate)
    _take_turns(ties, scene, clock)
    made: list[Dependency] = []
    weak: list[Candidate] = []
    for pair, tie in sorted(ties.items()):
        dependency = _dependency(pair, tie, scene)
        if dependency.confidence >= scene.settings.dependencies.threshold or dependency.kind is DependencyKind.DECLARED:
            made.append(dependency)
        else:
            weak.append(Candidate(*pair, RelationKind.DOUBTFUL, dependency.confidence, dependency.evidence))
    return tuple(made), weak


def _take_turns(ties: dict[_Pair, _Tie], scene: Scene, clock: Clock) -> None:
    """See writers of one place together: each may be rarer than the reader while some of them always comes first."""
    turns: defaultdict[tuple[JobId, str], set[JobId]] = defaultdict(set)
    for (upstream, downstream), tie in ties.items():
        if tie.timing.order is Order.RARER:
            for candidate in tie.candidates:
                if candidate.place:
                    turns[downstream, candidate.place].add(upstream)
    for (downstream, _), upstreams in sorted(turns.items()):
        if len(upstreams) > 1:
            timing = clock.together([scene.jobs[job] for job in sorted(upstreams)], scene.jobs[downstream])
            if timing.order is Order.BEFORE:
                for upstream in upstreams:
                    ties[upstream, downstream].timing = timing


def _dependency(pair: _Pair, tie: _Tie, scene: Scene) -> Dependency:
    """Make one dependency of all that speaks for it; the surest gives the kind."""
    believed = sorted(
        ((_belief(candidate, tie.timing), candidate) for candidate in tie.candidates),
        key=lambda item: (-_RANK.get(_kind(item[1]), 0), -item[0], item[1].place, item[1].evidence),
    )
    first = believed[0][1]
    declared = _kind(first) is DependencyKind.DECLARED
    # cron gives jobs of one minute no order; a declaration does.
    lag = Lag.NONE if declared and tie.timing.order is Order.TOGETHER else tie.timing.lag
    evidence = _proof(candidate for _, candidate in believed)
    if tie.timing.says and not (declared and lag is Lag.NONE):
        job = scene.jobs[pair[1]]
        evidence = (*evidence, Evidence(job.origin, job.text, tie.timing.says))
    return Dependency(*pair, _kind(first), lag, max(belief for belief, _ in believed), evidence)


def _kind(candidate: Candidate) -> DependencyKind:
    assert isinstance(candidate.kind, DependencyKind)
    return candidate.kind


def _belief(candidate: Candidate, timing: Timing) -> float:
    return round(candidate.confidence * (timing.factor if candidate.timed else 1.0), 2)


def _proof(candidates: Iterable[Candidate]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for candidate in list(candidates)[:_MOST_PLACES]:
        found += [item for item in candidate.evidence if item not in found]
    return tuple(found)


def _relations(candidates: Iterable[Candidate], tied: set[_Pair], scene: Scene, clock: Clock) -> tuple[Relation, ...]:
    """Give one relation for each two jobs and kind; the surest place first in its proof."""
    groups: defaultdict[tuple[JobId, JobId, RelationKind], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        pair = (candidate.upstream, candidate.downstream)
        if isinstance(candidate.kind, RelationKind) and not (candidate.kind in _WEAKER and pair in tied):
            groups[*pair, candidate.kind].append(candidate)
    made: list[Relation] = []
    for (upstream, downstream, kind), found in sorted(groups.items()):
        found.sort(key=lambda candidate: (-candidate.confidence, candidate.place, candidate.evidence))
        doubtful = kind is RelationKind.DOUBTFUL
        lag = clock.timing(scene.jobs[upstream], scene.jobs[downstream]).lag if doubtful else Lag.NONE
        made.append(Relation(upstream, downstream, kind, lag, round(found[0].confidence, 2), _proof(found)))
    return tuple(made)
