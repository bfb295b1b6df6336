"""What a schedule file holds, line by line. Every line read becomes exactly one of these (law 1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from migrator.model import Declared, Dialect, Finding, Inactive, Origin, Schedule
from migrator.model.worded import worded
from migrator.sources.systems import System


@worded
class Format(StrEnum):
    """The formats that are read. The value is what the ledger prints."""

    CRONTAB = "crontab"
    SYSTEM_CRONTAB = "system-crontab"
    PERIODIC = "periodic"
    ANACRONTAB = "anacrontab"
    MANIFEST = "manifest"


CRONTABS = frozenset({Format.CRONTAB, Format.SYSTEM_CRONTAB})
"""The formats whose commands cron itself reads, `%` and backslashes included."""


class Entry(NamedTuple):
    """A line that starts something. Texts are as found, not yet redacted.

    A named tuple, since one is made for every line read: it costs a quarter of a frozen dataclass.

    `command` and `stdin` are what the shell gets, by the dialect's `%` and backslash rules. `user` is the user column,
    or None where the format has none. `name` is a name the format itself gives (a manifest's id, a file's name in a
    periodic folder, anacron's identifier). `active` faults of the line alone; faults of the file are in `FileReading`.
    """

    origin: Origin
    text: str
    schedule: Schedule
    command: str
    stdin: str | None = None
    user: str | None = None
    name: str | None = None
    title: str | None = None
    host: str | None = None
    owner: str | None = None
    declared: Declared | None = None
    inactive: Inactive | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A settings line; it holds for the lines below it and for no other. `value` as cron stores it, unexpanded."""

    origin: Origin
    text: str
    name: str
    value: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A manifest's words about a job that another file declares: matched by `id` or exact `command`, never by line.

    `entry` is the job that it may itself be where nothing matches: a command that is started by what it depends on.
    """

    origin: Origin
    text: str
    id: str | None
    command: str | None
    declared: Declared
    title: str | None = None
    owner: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A line of blanks."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Disabled:
    """A comment that is a whole entry commented out. Listed, never migrated."""

    origin: Origin
    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A line, entry or file (line 0) that could not be read, and why."""

    origin: Origin
    text: str
    reason: str
    remedy: str = ""


SourceItem: TypeAlias = "Entry | Assignment | Annotation | Comment | Blank | Disabled | Unread"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that schedules something, and what its place says. `name` is relative to its PATH (`Origin.path`).

    `dialect` is None where the place does not say. `user` is the owner of a user crontab, by place. `host` is by place.
    `executable` matters in a periodic folder. `place_fault` says why cron would ignore the whole file (`file-name`,
    mode …). `guessed` says how the format was found when the place did not tell it. `root` is the host's root tree that
    the file lies in, as a name relative to its PATH (empty: the PATH itself). `place`
    is the name below that root, or else below the PATH: what an identity may depend on. `system` is what the root tree
    says of itself. `members` are the files of a
    periodic folder, in the order of their names, and `interpreter` has the words that start one, as its first line
    says (empty: it says none). `findings` and `unread` were seen when the file was found: a mode, a
    member that is no regular file.
    """

    name: str
    format: Format
    data: bytes
    host: str | None = None
    user: str | None = None
    dialect: Dialect | None = None
    executable: bool | None = None
    place_fault: Inactive | None = None
    guessed: str | None = None
    root: str | None = None
    place: str = ""
    system: System | None = None
    members: tuple[SourceFile, ...] = ()
    interpreter: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReading:
    """All items of a file in order. `lines` is the number of lines (files for a periodic folder, jobs for a manifest).

    `fault` says why the file's own cron would run none of it (`no-newline`, `bad-line`), with the line. `dialect_says`
    is who said whose rules it is read by, empty where nobody did. `settings` are those of another file that hold for
    all of its entries: of the tab whose line runs a periodic folder.
    """

    source: SourceFile
    dialect: Dialect
    items: tuple[SourceItem, ...]
    lines: int
    fault: Inactive | None = None
    findings: tuple[Finding, ...] = ()
    dialect_says: str = ""
    settings: tuple[Assignment, ...] = ()
