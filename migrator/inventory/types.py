"""The inventory: every job, and an account of every line."""

from dataclasses import dataclass

from migrator.model import Dialect, Finding, Job, Origin


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A file's account.

    `lines` is the sum of the six counts (law 1); constructing one that does not reconcile fails. A manifest's
    annotations of other files' jobs count as assignments. `guessed` says how the format was found where the place did
    not tell it. `dialect_says` is who said whose rules hold, empty where nobody did. `digest` tells later whether the
    file has changed (`digest_of`); a folder has none. `header` are the lines at its beginning that crontab(1) has put
    there.
    """

    path: str
    format: str
    dialect: Dialect
    host: str | None
    lines: int
    jobs: int
    assignments: int
    comments: int
    blank: int
    disabled: int
    unread: int
    guessed: str | None = None
    digest: str | None = None
    header: int = 0
    dialect_says: str = ""

    def __post_init__(self) -> None:
        parts = self.jobs + self.assignments + self.comments + self.blank + self.disabled + self.unread
        if parts != self.lines:
            msg = f"{self.path}: {self.lines} lines but {parts} accounted for"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, order=True)
class UnreadLine:
    """A line that could not be read; `text` redacted. Line 0: the whole file."""

    origin: Origin
    text: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Secret:
    """A secret that was found and redacted: where, and of which kind. The secret itself is nowhere."""

    origin: Origin
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class SwitchedOff:
    """A line that an earlier cut-over made a comment, with the id that its job had then, and its title."""

    origin: Origin
    job: str
    title: str


@dataclass(frozen=True, slots=True, order=True)
class HostZone:
    """A host that was read, the zone that its jobs go by unless they say otherwise (None: unknown), and who says so."""

    host: str
    timezone: str | None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that the given paths schedule.

    Jobs are sorted by (path, line, id). `findings` are those of files and settings lines; an entry's own are with its
    job. `notes` name what was passed over though it looks like a schedule. `hosts` are those that a place or a manifest
    names. `switched_off` are the lines that cut-overs have made comments.
    """

    jobs: tuple[Job, ...]
    ledger: tuple[LedgerRow, ...]
    unread: tuple[UnreadLine, ...]
    findings: tuple[Finding, ...]
    secrets: tuple[Secret, ...]
    notes: tuple[Finding, ...] = ()
    hosts: tuple[HostZone, ...] = ()
    switched_off: tuple[SwitchedOff, ...] = ()
