"""Make dependencies of everything that speaks for one job needing another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from migrator.graph.assurance import Assurance, assurance
from migrator.graph.candidates import Candidate, Scene
from migrator.graph.evidence import EVIDENCE
from migrator.graph.timing import Clock, Order, Timing
from migrator.graph.types import Dependency, DependencyKind, Lag, RelationKind
from migrator.model import Evidence, Job, JobId

# Proof beyond this number of places is not read by anyone.
_MOST_PLACES = 4
_BACK = 0.8
_RANK = {DependencyKind.DECLARED: 2, DependencyKind.STARTS: 1}
# Words, names and gaps never come nearer to certainty.
_MOST_BELIEF = 0.95
_SUPPORTS = tuple((kind.id, kind.support) for kind in EVIDENCE if kind.support is not None)

_Pair = tuple[JobId, JobId]


@dataclass(slots=True)
class _Tie:
    """Everything that speaks for one job needing another; `support` is what adds to words and names."""

    timing: Timing
    candidates: list[Candidate] = field(default_factory=list)
    support: tuple[tuple[str, float], ...] = ()


def dependencies(candidates: Iterable[Candidate], scene: Scene) -> tuple[tuple[Dependency, ...], list[Candidate]]:
    """Give the dependencies at or above the threshold, and the rest as doubtful candidates."""
    ties = _ties(candidates, scene)
    _take_turns(ties, scene.jobs, scene.clock)
    _one_way(ties)
    made: list[Dependency] = []
    weak: list[Candidate] = []
    for pair, tie in sorted(ties.items()):
        found = _dependency(pair, tie, scene)
        if found.confidence >= scene.settings.dependencies.threshold or found.kind is DependencyKind.DECLARED:
            made.append(found)
        else:
            weak.append(
                Candidate(*pair, RelationKind.DOUBTFUL, found.confidence, found.evidence, basis=",".join(found.basis))
            )
    return tuple(made), weak


def _ties(candidates: Iterable[Candidate], scene: Scene) -> dict[_Pair, _Tie]:
    ties: dict[_Pair, _Tie] = {}
    for candidate in candidates:
        if isinstance(candidate.kind, DependencyKind):
            pair = (candidate.upstream, candidate.downstream)
            if pair not in ties:
                ties[pair] = _Tie(scene.clock.timing(scene.jobs[pair[0]], scene.jobs[pair[1]]))
            ties[pair].candidates.append(candidate)
    for tie in ties.values():
        if any(candidate.kind is DependencyKind.MEANT for candidate in tie.candidates):
            asked = ((name, support(tie.timing)) for name, support in _SUPPORTS)
            tie.support = tuple((name, more) for name, more in asked if more)
    return ties


def _take_turns(ties: Mapping[_Pair, _Tie], jobs: Mapping[JobId, Job], clock: Clock) -> None:
    """See writers of one place together: each may be rarer than the reader while some of them always comes first."""
    turns: defaultdict[tuple[JobId, str], set[JobId]] = defaultdict(set)
    for (upstream, downstream), tie in ties.items():
        if tie.timing.order is Order.RARER:
            for candidate in tie.candidates:
                if candidate.place:
                    turns[downstream, candidate.place].add(upstream)
    for (downstream, _), upstreams in sorted(turns.items()):
        if len(upstreams) > 1:
            timing = clock.together([jobs[job] for job in sorted(upstreams)], jobs[downstream])
            if timing.order is Order.BEFORE:
                for upstream in upstreams:
                    ties[upstream, downstream].timing = timing


def _one_way(ties: Mapping[_Pair, _Tie]) -> None:
    """Believe less in the way back where data flows both ways: what is used over night is the other's by habit."""
    for (upstream, downstream), tie in ties.items():
        back = ties.get((downstream, upstream))
        if back is not None and tie.timing.lag is Lag.NONE and back.timing.lag is Lag.PREVIOUS_RUN:
            back.timing = replace(back.timing, factor=back.timing.factor * _BACK)


def _dependency(pair: _Pair, tie: _Tie, scene: Scene) -> Dependency:
    """Make one dependency of all that speaks for it; the surest gives the kind."""
    believed = [(_belief(candidate, tie.timing), candidate) for candidate in tie.candidates]
    if len(believed) > 1:
        believed.sort(key=_strength)
    first = believed[0][1]
    held = next((candidate.holds for _, candidate in believed if candidate.holds), "")
    lag = _lag(_kind(first), tie.timing, held)
    judged = _assured(pair, tie.timing, held, scene)
    evidence = _proof([candidate for _, candidate in believed], tie, scene.jobs[pair[1]], lag, judged)
    return Dependency(
        *pair,
        _kind(first),
        lag,
        _together(believed, tie.support),
        evidence,
        through=next((candidate.through for _, candidate in believed if candidate.through), None),
        basis=tuple(dict.fromkeys([*(one.basis for _, one in believed), *(name for name, _ in tie.support)])),
        safety=judged.safety,
        slack=judged.slack,
        timing=judged.says,
    )


def _strength(believed: tuple[float, Candidate]) -> tuple[int, bool, float, str, tuple[Evidence, ...]]:
    sure, candidate = believed
    return -_RANK.get(_kind(candidate), 0), _soft(candidate), -sure, candidate.place, candidate.evidence


def _assured(pair: _Pair, timing: Timing, held: str, scene: Scene) -> Assurance:
    upstream, downstream = scene.jobs[pair[0]], scene.jobs[pair[1]]
    if timing.order is Order.BEFORE and timing.gap is None and upstream.source == downstream.source == "periodic":
        held = held or "run-parts starts it when the other has ended"
    return assurance(upstream, downstream, timing, held, scene.settings)


def _lag(kind: DependencyKind, timing: Timing, held: str) -> Lag:
    """Say which run is used. cron gives jobs of one minute no order; a declaration does, and a wait even a late one."""
    declared = kind is DependencyKind.DECLARED and timing.order is Order.TOGETHER
    waits = held and kind is DependencyKind.WAIT and timing.order in (Order.TOGETHER, Order.LATE)
    return Lag.NONE if declared or waits else timing.lag


def _kind(candidate: Candidate) -> DependencyKind:
    assert isinstance(candidate.kind, DependencyKind)
    return candidate.kind


def _soft(candidate: Candidate) -> bool:
    return candidate.kind is DependencyKind.MEANT


def _belief(candidate: Candidate, timing: Timing) -> float:
    return round(candidate.confidence * (timing.factor if candidate.timed else 1.0), 2)


def _together(believed: Iterable[tuple[float, Candidate]], support: Iterable[tuple[str, float]]) -> float:
    """Join beliefs: the surest flow of data, and what words, names and gaps add to it, each kind once.

    Two flows between the same jobs are not two witnesses, for one program makes both; a comment and a file are.
    """
    doubt, words = 1.0, dict[str, float]()
    for sure, candidate in believed:
        if _soft(candidate):
            words[candidate.basis] = max(sure, words.get(candidate.basis, 0.0))
        else:
            doubt = min(doubt, 1 - sure)
    if not words:
        return round(1 - doubt, 2)
    for sure in [*words.values(), *(more for _, more in support)]:
        doubt *= 1 - sure
    return round(max(1 - doubt if doubt > 1 - _MOST_BELIEF else _MOST_BELIEF, *(sure for sure, _ in believed)), 2)


def _proof(
    candidates: list[Candidate], tie: _Tie, downstream: Job, lag: Lag, judged: Assurance
) -> tuple[Evidence, ...]:
    found = places(candidates)
    says = tie.timing.says if lag is not Lag.NONE or tie.timing.order is Order.OPEN else ""
    if not says and tie.support:
        says = judged.says
    return (*found, Evidence(downstream.origin, downstream.text, says)) if says else found


def places(candidates: Iterable[Candidate]) -> tuple[Evidence, ...]:
    """Give the proof of the first few candidates, each line once."""
    found: dict[Evidence, None] = {}
    for candidate in list(candidates)[:_MOST_PLACES]:
        found.update(dict.fromkeys(candidate.evidence))
    return tuple(found)
