"""What is scheduled: a command, with everything that its entry says about it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NewType

from migrator.model.evidence import Evidence, Finding
from migrator.model.origin import Origin
from migrator.model.quantity import Range
from migrator.model.resource import Resource
from migrator.model.schedule import Schedule

JobId = NewType("JobId", str)


@dataclass(frozen=True, slots=True, order=True)
class Replica:
    """The same entry on another host."""

    host: str
    origin: Origin


IGNORED = "ignored"
"""The kind of what the settings leave out."""


@dataclass(frozen=True, slots=True)
class Inactive:
    """Why cron would not run the job. `kind` is a slug: no-newline, bad-line, file-name or never-fires, for example.

    A job that the settings ignore is left out as well: cron goes on running it.
    """

    kind: str
    why: str

    @property
    def ignored(self) -> bool:
        """Say whether the settings leave the job out, and cron does not."""
        return self.kind == IGNORED


@dataclass(frozen=True, slots=True)
class Setting:
    """A settings line in force at the entry (`NAME=value`), the value redacted and unexpanded."""

    name: str
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A call of a cloud service; `service` and `action` in AWS CLI words, `name` of the job, function or machine."""

    service: str
    action: str
    name: str | None
    arguments: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manifest says about a job. Durations in seconds. `None` is «not said».

    `places` has, for each item of `depends_on`, `reads` and `writes`, that key, the job or resource, and its own line.
    """

    depends_on: tuple[JobId, ...] = ()
    call: ServiceCall | None = None
    duration: Range | None = None
    retries: int | None = None
    retry_delay: int | None = None
    timeout: int | None = None
    backfill: bool | None = None
    reads: tuple[Resource, ...] = ()
    writes: tuple[Resource, ...] = ()
    tags: tuple[str, ...] = ()
    effort_note: str | None = None
    origin: Origin | None = None
    places: tuple[tuple[str, str, Evidence], ...] = ()

    @property
    def lines(self) -> dict[tuple[str, str], Evidence]:
        """Give the line of each item, by its key and the job or resource."""
        return {(key, name): line for key, name, line in self.places}


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a job's runs took by a log, in seconds: `duration` from the median to the longest of `runs` runs."""

    duration: Range
    runs: int
    p95: Decimal


@dataclass(frozen=True, slots=True)
class Job:
    """An entry that starts something.

    `command` is what the shell gets (`%` and backslash rules applied), redacted; `stdin` what follows the first `%`,
    redacted, or None. `text` is the redacted line as it stands. `source` names the format it was read from. `host` is
    None where nothing names it: all such jobs of one run are taken to share one host. `shell` is SHELL in force.
    `settings` are the settings lines in force, in order, last one of a name kept. `comments` are the redacted comment
    lines directly above the entry. `measured` is what a log tells of the runs, where one was given, and `glimpsed` the
    same of too few runs to go by.
    """

    id: JobId
    title: str
    origin: Origin
    source: str
    text: str
    host: str | None
    user: str | None
    owner: str | None
    schedule: Schedule
    command: str
    stdin: str | None = None
    shell: str = "/bin/sh"
    settings: tuple[Setting, ...] = ()
    replicas: tuple[Replica, ...] = ()
    inactive: Inactive | None = None
    declared: Declared | None = None
    findings: tuple[Finding, ...] = ()
    comments: tuple[Evidence, ...] = ()
    measured: Measured | None = None
    glimpsed: Measured | None = None

    @property
    def active(self) -> bool:
        """Say whether the scheduler that owns the entry would run it."""
        return self.inactive is None

    @property
    def has_host(self) -> bool:
        """Say whether it lies on a host, be that without a name; a manifest's job may name none at all."""
        return self.host is not None or self.source != "manifest"
