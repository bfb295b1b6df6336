"""What run logs tell: an account of their lines, and for each job how often, how long and how well it ran."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.inventory.types import Secret
from migrator.model import Finding, JobId, MigratorError, Origin


class HistoryError(MigratorError):
    """A log that is not there or cannot be opened."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log's account: `lines` is the sum of the three counts after it (law 1).

    `runs` tell of a run, `other` of anything else, `unread` are no lines of a log. `first` and `last` are the times of
    its first and last line as it writes them, with `year` what was found out about years that it does not write.
    """

    path: str
    lines: int
    runs: int
    other: int
    unread: int
    first: str | None
    last: str | None
    year: str = ""

    def __post_init__(self) -> None:
        if self.runs + self.other + self.unread != self.lines:
            msg = f"{self.path}: {self.lines} lines but {self.runs + self.other + self.unread} accounted for"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, order=True)
class BadLines:
    """Lines of one file that could not be read for one reason; `origin` is the first of them, `text` redacted."""

    origin: Origin
    reason: str
    count: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Durations:
    """How long runs took whose start and end are in the log: their number, and seconds (nearest rank, at least 1)."""

    runs: int
    p50: int
    p95: int
    longest: int


@dataclass(frozen=True, slots=True)
class JobRuns:
    """One job on one host. Unknown is None, and `unknown` says why.

    `runs` are all that the log has; `expected` the starts that the schedule has in the span that the log covers, and
    `missed` those of them that it does not show. `unplanned` runs were at other minutes. `skipped` starts found the run
    before still going, `overlaps` began beside it. `since` is when the tab was last read anew, in the span: starts are
    counted from there on. Times are those of the host's clock, where its zone or its log tells it, else UTC.
    """

    job: JobId
    host: str | None
    runs: int | None
    expected: int | None = None
    missed: int | None = None
    missed_at: tuple[str, ...] = ()
    unplanned: int | None = None
    failed: int = 0
    skipped: int = 0
    overlaps: int = 0
    first: str | None = None
    last: str | None = None
    durations: Durations | None = None
    since: str | None = None
    unknown: str = ""
    proof: Origin | None = None


@dataclass(frozen=True, slots=True)
class HostLog:
    """A host that logs speak of: its names there, the spans that they cover, and the runs in them.

    `host` is None for the host of the jobs that no file names, `known` False for one that was not scanned. `spans` are
    (first, last) in words. `unplaced` are runs of a command that stands on several lines, which one being open.
    """

    host: str | None
    names: tuple[str, ...]
    known: bool
    spans: tuple[tuple[str, str], ...]
    runs: int
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Stranger:
    """A command that ran on a scanned host (None: a log that names none) and that no scanned file has; redacted."""

    host: str | None
    user: str
    command: str
    runs: int
    last: str
    proof: Origin

    @property
    def rank(self) -> tuple[str, str, str, Origin]:
        """Give what it is sorted by."""
        return self.host or "", self.user, self.command, self.proof


@dataclass(slots=True, eq=False)
class Track:
    """The runs of one command, in order: starts (seconds) and how long each lasted (seconds, -1 where not known).

    `proof` are the number of the log and the line of the last one.
    """

    starts: array[int] = field(default_factory=lambda: array("q"))
    lasting: array[int] = field(default_factory=lambda: array("q"))
    failed: int = 0
    skipped: int = 0
    proof: tuple[int, int] = (0, 0)


Timelines = Mapping[tuple[JobId, str | None], Track]


@dataclass(frozen=True, slots=True)
class History:
    """All that the logs tell; `timelines` are the runs themselves, by job and host."""

    files: tuple[LogFile, ...]
    bad: tuple[BadLines, ...] = ()
    hosts: tuple[HostLog, ...] = ()
    jobs: tuple[JobRuns, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    more_strangers: int = 0
    findings: tuple[Finding, ...] = ()
    secrets: tuple[Secret, ...] = ()
    timelines: Timelines = field(default_factory=dict)
