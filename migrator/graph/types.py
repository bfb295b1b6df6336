"""What ties one job to another."""

from dataclasses import dataclass
from enum import StrEnum

from migrator.model import Evidence, Finding, JobId, Resource
from migrator.model.frozen import frozen
from migrator.model.worded import worded


@worded
class DependencyKind(StrEnum):
    """How it is known that downstream needs upstream."""

    DECLARED = "declared"
    STARTS = "starts"
    WAIT = "wait"  # downstream waits for what upstream makes
    MARKER = "marker"  # an empty file that says that upstream is done
    FILE = "file"
    FOLDER = "folder"  # one side names a folder, the other something in it
    OBJECT = "object"
    TABLE = "table"
    QUEUE = "queue"
    REMOTE = "remote"
    MEANT = "meant"  # words, names and the clock say so; no flow of data shows it


@worded
class RelationKind(StrEnum):
    """Ties that make no order, or that are too weak to."""

    DOUBTFUL = "doubtful"
    LOCK = "lock"
    CLEANUP = "cleanup"
    ROTATION = "rotation"
    BACKUP = "backup"
    MONITORING = "monitoring"
    SERVICE = "service"  # downstream keeps a process running that reads it whenever it is asked
    HUB = "hub"


@worded
class Lag(StrEnum):
    """Which run of upstream is needed: the one of the same cycle, or the one before."""

    NONE = "none"
    PREVIOUS_RUN = "previous-run"


@worded
class Safety(StrEnum):
    """What makes upstream come first today."""

    HELD = "held"  # downstream waits, or is started by what it needs
    FITS = "fits"  # the clock; upstream is done by then by the durations that were given
    HOPED = "hoped"  # the clock alone: nobody looks whether upstream is done
    RACE = "race"  # the same minute, or the durations that were given do not fit
    OPEN = "open"  # a time is not known


@frozen
class Dependency:
    """`downstream` needs what `upstream` does; at or above the confidence threshold.

    `through` is the resource that joins them, None where no data does. `basis` names the kinds of evidence that speak,
    the surest first. `slack` is the least number of minutes from upstream's start to the start of downstream that uses
    it, None where a clock is missing; `safety` judges it and `timing` says both in words.
    """

    upstream: JobId
    downstream: JobId
    kind: DependencyKind
    lag: Lag
    confidence: float
    evidence: tuple[Evidence, ...]
    through: Resource | None = None
    basis: tuple[str, ...] = ()
    safety: Safety = Safety.OPEN
    slack: int | None = None
    timing: str = ""


@frozen
class Relation:
    """A tie without order, or a dependency below the threshold (`DOUBTFUL`).

    `basis` names the kinds of evidence that speak.
    """

    upstream: JobId
    downstream: JobId
    kind: RelationKind
    lag: Lag
    confidence: float
    evidence: tuple[Evidence, ...]
    basis: tuple[str, ...] = ()


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
