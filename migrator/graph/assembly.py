"""Put together what the kinds of evidence found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from migrator.commands.facts import CommandFacts
from migrator.graph.candidates import Candidate, Scene
from migrator.graph.copies import copies, within_files
from migrator.graph.evidence import EVIDENCE
from migrator.graph.families import families
from migrator.graph.joining import dependencies, places
from migrator.graph.logs import printed
from migrator.graph.meetings import Flow, flows
from migrator.graph.natures import Nature, nature
from migrator.graph.order import cycles
from migrator.graph.partners import told_apart
from migrator.graph.resolution import Names
from migrator.graph.roles import role
from migrator.graph.timing import Clock
from migrator.graph.touches import places as places_of
from migrator.graph.touches import touches
from migrator.graph.trailers import without_trailers
from migrator.graph.types import DependencyKind, JobGraph, Lag, Relation, RelationKind
from migrator.model import WRITES, Finding, Job, JobId, Mode
from migrator.settings import Settings

# Relations that a dependency between the same jobs makes needless.
_WEAKER = (
    RelationKind.DOUBTFUL,
    RelationKind.CLEANUP,
    RelationKind.BACKUP,
    RelationKind.MONITORING,
    RelationKind.SERVICE,
    RelationKind.HUB,
)

_Pair = tuple[JobId, JobId]
_Key = TypeVar("_Key")


def build(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], settings: Settings) -> JobGraph:
    """Find what ties the jobs; raise GraphError where the settings name a job that is not there."""
    scene = _scene(jobs, facts, settings)
    found = [item for kind in EVIDENCE for item in kind.find(scene)]
    findings = sorted({item for item in found if isinstance(item, Finding)})
    denied = _denied(scene)
    candidates = [
        item for item in found if isinstance(item, Candidate) and (item.upstream, item.downstream) not in denied
    ]
    made, weak = dependencies(candidates, scene)
    relations = _relations([*candidates, *weak], {(d.upstream, d.downstream) for d in made}, scene)
    hard = [(d.upstream, d.downstream) for d in made if d.lag is Lag.NONE]
    return JobGraph(made, relations, cycles(hard), scene.flows.hubs, tuple(findings))


def _scene(jobs: Sequence[Job], facts: Mapping[JobId, CommandFacts], settings: Settings) -> Scene:
    ordered = {job.id: job for job in sorted(jobs, key=lambda job: job.id)}
    touched = touches(ordered.values(), facts, places_of(ordered.values(), settings.mounts))
    written = [touch for touch in touched if touch.mode in WRITES and not touch.log]
    kin = families(ordered.values(), facts)
    looked = without_trailers(touched, kin)
    read = [touch for touch in looked if touch.mode is Mode.READ and not touch.log and not touch.own]
    same = copies(ordered.values())
    found = flows(written, read, kin, same)
    data: defaultdict[DependencyKind, list[Flow]] = defaultdict(list)
    other: defaultdict[Nature, list[Flow]] = defaultdict(list)
    tied = told_apart(within_files(found.flows, ordered, same), ordered, kin)
    for flow in (*tied, *printed(touched, ordered, facts)):
        kind = nature(flow, ordered, facts)
        if kind is Nature.DATA:
            data[role(flow)].append(flow)
        else:
            other[kind].append(flow)
    return Scene(ordered, facts, settings, touched, found, _fixed(data), _fixed(other), Clock(), kin)


def _fixed(groups: Mapping[_Key, list[Flow]]) -> dict[_Key, tuple[Flow, ...]]:
    return {key: tuple(members) for key, members in groups.items()}


def _denied(scene: Scene) -> set[_Pair]:
    names = Names(scene.jobs.values())
    return {
        (names.one(edge.upstream, "deny", edge), names.one(edge.downstream, "deny", edge))
        for edge in scene.settings.dependencies.deny
    }


def _relations(candidates: Iterable[Candidate], tied: set[_Pair], scene: Scene) -> tuple[Relation, ...]:
    """Give one relation for each two jobs and kind; the surest place first in its proof."""
    groups: defaultdict[tuple[JobId, JobId, RelationKind], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        pair = (candidate.upstream, candidate.downstream)
        if isinstance(candidate.kind, RelationKind) and not _needless(candidate, tied):
            groups[*pair, candidate.kind].append(candidate)
    made: list[Relation] = []
    for (upstream, downstream, kind), found in sorted(groups.items()):
        found.sort(key=lambda candidate: (-candidate.confidence, candidate.place, candidate.evidence))
        timing = (
            scene.clock.timing(scene.jobs[upstream], scene.jobs[downstream]) if kind is RelationKind.DOUBTFUL else None
        )
        made.append(
            Relation(
                upstream,
                downstream,
                kind,
                timing.lag if timing else Lag.NONE,
                round(found[0].confidence, 2),
                places(found),
                tuple(dict.fromkeys(_bases(found))),
            )
        )
    return tuple(made)


def _needless(candidate: Candidate, tied: AbstractSet[_Pair]) -> bool:
    """Say whether a dependency tells the same of both jobs already; of what they share, in either direction."""
    pair = (candidate.upstream, candidate.downstream)
    return candidate.kind in _WEAKER and (pair in tied or (candidate.basis == "shared" and pair[::-1] in tied))


def _bases(candidates: Iterable[Candidate]) -> Iterator[str]:
    for candidate in candidates:
        yield from candidate.basis.split(",")
