"""What a kind of evidence is given and gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from migrator.commands.facts import CommandFacts
from migrator.graph.families import Family
from migrator.graph.meetings import Flow, Flows
from migrator.graph.natures import Nature
from migrator.graph.timing import Clock, Timing
from migrator.graph.touches import Touch
from migrator.graph.types import DependencyKind, RelationKind
from migrator.model import Evidence, Finding, Job, JobId, Resource
from migrator.model.frozen import frozen
from migrator.settings import Settings


@dataclass(frozen=True, slots=True)
class Scene:
    """All jobs by id, in order, with their facts; their touches, and who touches what another wrote.

    `data` has the flows that are read for their content, by what joins the jobs; `other` those that are saved, watched
    or installed. `clock` compares the starts of two jobs; `families` has what each job runs.
    """

    jobs: Mapping[JobId, Job]
    facts: Mapping[JobId, CommandFacts]
    settings: Settings
    touches: tuple[Touch, ...]
    flows: Flows
    data: Mapping[DependencyKind, tuple[Flow, ...]]
    other: Mapping[Nature, tuple[Flow, ...]]
    clock: Clock
    families: Mapping[JobId, Family]


@frozen
class Candidate:
    """A tie that one kind of evidence speaks for.

    `place` names the resource that makes it, so that several writers of one place can be seen together; `through` is
    that resource where it is one. `timed` says that cron giving both no order makes it less sure; a declared dependency
    is not weaker for that. `holds` says what holds downstream until upstream is done, empty where nothing does. `basis`
    is the slug of the kind of evidence.
    """

    upstream: JobId
    downstream: JobId
    kind: DependencyKind | RelationKind
    confidence: float
    evidence: tuple[Evidence, ...]
    place: str = ""
    timed: bool = False
    through: Resource | None = None
    holds: str = ""
    basis: str = ""


Find = Callable[[Scene], Iterator[Candidate | Finding]]
Support = Callable[[Timing], float]


def nothing(_scene: Scene) -> Iterator[Candidate | Finding]:
    """Find nothing: the kind only supports what others found."""
    return iter(())


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """One kind of evidence: a slug, what finds it, and what it adds to the words and names that speak for two jobs.

    `support` is asked where two jobs are tied by `MEANT` evidence already, so that it never speaks by itself.
    """

    id: str
    find: Find
    support: Support | None = None
