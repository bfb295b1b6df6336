"""What a kind of evidence is given and gives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from migrator.commands.facts import CommandFacts
from migrator.graph.meetings import Flows
from migrator.graph.touches import Touch
from migrator.graph.types import DependencyKind, RelationKind
from migrator.model import Evidence, Finding, Job, JobId
from migrator.settings import Settings


@dataclass(frozen=True, slots=True)
class Scene:
    """All jobs by id, in order, with their facts; their touches, and who touches what another wrote."""

    jobs: Mapping[JobId, Job]
    facts: Mapping[JobId, CommandFacts]
    settings: Settings
    touches: tuple[Touch, ...]
    flows: Flows


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tie that one kind of evidence speaks for.

    `place` names the resource that makes it, so that several writers of one place can be seen together. `timed` says
    that cron giving both no order makes it less sure; a declared dependency is not weaker for that.
    """

    upstream: JobId
    downstream: JobId
    kind: DependencyKind | RelationKind
    confidence: float
    evidence: tuple[Evidence, ...]
    place: str = ""
    timed: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """One kind of evidence: a slug, and what finds it."""

    id: str
    find: Callable[[Scene], Iterator[Candidate | Finding]]
