"""What ties one job to another."""

from dataclasses import dataclass
from enum import StrEnum

from migrator.model import Evidence, Finding, JobId


class DependencyKind(StrEnum):
    """How it is known that downstream needs upstream."""

    DECLARED = "declared"
    STARTS = "starts"
    FILE = "file"
    OBJECT = "object"
    TABLE = "table"
    REMOTE = "remote"


class RelationKind(StrEnum):
    """Ties that make no order, or that are too weak to."""

    DOUBTFUL = "doubtful"
    LOCK = "lock"
    CLEANUP = "cleanup"
    ROTATION = "rotation"
    BACKUP = "backup"
    MONITORING = "monitoring"
    HUB = "hub"


class Lag(StrEnum):
    """Which run of upstream is needed: the one of the same cycle, or the one before."""

    NONE = "none"
    PREVIOUS_RUN = "previous-run"


@dataclass(frozen=True, slots=True)
class Dependency:
    """`downstream` needs what `upstream` does; at or above the confidence threshold."""

    upstream: JobId
    downstream: JobId
    kind: DependencyKind
    lag: Lag
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie without order, or a dependency below the threshold (`DOUBTFUL`)."""

    upstream: JobId
    downstream: JobId
    kind: RelationKind
    lag: Lag
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """A resource that too many jobs touch to say anything about order."""

    name: str
    jobs: tuple[JobId, ...]


@dataclass(frozen=True, slots=True)
class JobGraph:
    """All ties, sorted by (upstream, downstream, kind).

    `cycles` are closed walks of lag `none`, each from its smallest id, which is not repeated at the end. `findings` are
    faults of what was declared: a `depends_on` that names no job.
    """

    dependencies: tuple[Dependency, ...]
    relations: tuple[Relation, ...] = ()
    cycles: tuple[tuple[JobId, ...], ...] = ()
    hubs: tuple[Hub, ...] = ()
    findings: tuple[Finding, ...] = ()
