"""A job on its way into the inventory."""

from collections.abc import Callable
from dataclasses import dataclass, field

from migrator.model import Declared, Evidence, Finding, Inactive, JobId, Replica, Schedule, Setting
from migrator.sources.items import Entry, FileReading, Format

NO_ID = JobId("")


@dataclass(slots=True)
class Draft:
    """An entry with its texts redacted and all that its file, its host and the settings say about it."""

    entry: Entry
    reading: FileReading
    host: str | None
    user: str | None
    schedule: Schedule
    text: str
    command: str
    stdin: str | None
    title: str
    settings: tuple[Setting, ...]
    declared: Declared | None
    owner: str | None
    inactive: Inactive | None = None
    findings: list[Finding] = field(default_factory=list)
    replicas: tuple[Replica, ...] = ()
    comments: tuple[Evidence, ...] = ()
    id: JobId = NO_ID

    @property
    def place(self) -> str:
        """Give the file's name below its host's root, or else below its PATH."""
        for member in self.reading.source.members:
            if member.name == self.entry.origin.path:
                return member.place
        return self.reading.source.place

    @property
    def from_manifest(self) -> bool:
        """Say whether a manifest declares the job, rather than a crontab."""
        return self.reading.source.format is Format.MANIFEST


@dataclass(slots=True)
class Again:
    """An entry that says all that an earlier one says: it may be that job on another host.

    `make` makes the draft, which few are asked for.
    """

    first: Draft
    entry: Entry
    host: str
    make: Callable[[], Draft]
