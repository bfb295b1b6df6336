"""Read a periodic folder, `etc/cron.hourly` to `etc/cron.monthly`: each file that run-parts would run is a job.

run-parts(8): names of letters, digits, `_` and `-`; executable files; one after the other in the byte order of their
names. When they start is what `etc/crontab`, `etc/cron.d` or, where anacron is installed, `etc/anacrontab` says of the
folder; if none of these files was read it is Debian's default, which a finding says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from migrator.model import Dialect, Finding, Inactive, Origin, Schedule, ScheduleKind, Severity
from migrator.schedules.cron import Rejection
from migrator.schedules.cron import read as read_schedule
from migrator.sources import anacrontab
from migrator.sources.grammar import read_crontab
from migrator.sources.items import Comment, Entry, FileReading, Format, SourceFile, SourceItem
from migrator.sources.surroundings import Source, Surroundings

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_LSB_NAMES = re.compile(r"[a-z0-9]+|_?(?:[a-z0-9_.]+-)+[a-z0-9]+|[a-zA-Z0-9_-]+")
_LSB_LEFT_BEHIND = re.compile(r".*\.dpkg-(?:old|dist|new|tmp)")
# Debian's /etc/crontab (package cron).
_DEFAULTS = {"hourly": "17 * * * *", "daily": "25 6 * * *", "weekly": "47 6 * * 7", "monthly": "52 6 1 * *"}
_PLACEHOLDERS = frozenset({".placeholder", ".keep", ".gitkeep", ".gitignore"})


@dataclass(frozen=True, slots=True)
class Caller:
    """The entry that runs a periodic folder."""

    entry: Entry

    @property
    def lsb(self) -> bool:
        """Say whether it asks run-parts for the names of the LSB too."""
        return "--lsbsysinit" in self.entry.command


def read(source: SourceFile, dialect: Dialect, surroundings: Surroundings | None = None) -> FileReading:
    """Read a periodic folder; `lines` counts its files."""
    folder = source.name.rpartition("/")[2]
    caller = find_caller(folder, dialect, surroundings or Surroundings())
    schedule, finding = _schedule(source, folder, caller, dialect)
    items = [*source.unread, *(_entry(member, folder, schedule, caller) for member in source.members)]
    items.sort(key=lambda item: item.origin.path.encode("utf-8", "surrogateescape"))
    findings = (*source.findings, finding) if finding and source.members else source.findings
    return FileReading(source, dialect, tuple(items), len(items), findings=findings)


SOURCE = Source(Format.PERIODIC, read)


def find_caller(folder: str, dialect: Dialect, surroundings: Surroundings) -> Caller | None:
    """Find the entry that runs a folder: anacron's where there is an anacrontab, else cron's.

    Debian's lines for cron do nothing where anacron is installed (`test -x /usr/sbin/anacron || …`).
    """
    called = re.compile(rf"\brun-parts\b.*/{re.escape(folder)}(?![\w.-])", re.DOTALL)
    tabs = surroundings.files
    anacron = [file for file in tabs if file.format is Format.ANACRONTAB]
    cron = [file for file in tabs if file.format in {Format.SYSTEM_CRONTAB, Format.CRONTAB}]
    for file in anacron:
        found = _calling(anacrontab.read(file, dialect).items, called)
        if found:
            return Caller(found)
    for file in cron:
        if b"run-parts" not in file.data:
            continue
        column = file.format is Format.SYSTEM_CRONTAB
        found = _calling(read_crontab(file, file.dialect or dialect, user_column=column).items, called)
        if found:
            return Caller(found)
    return None


def _calling(items: Iterable[SourceItem], called: re.Pattern[str]) -> Entry | None:
    return next((item for item in items if isinstance(item, Entry) and called.search(item.command)), None)


def _schedule(
    source: SourceFile, folder: str, caller: Caller | None, dialect: Dialect
) -> tuple[Schedule, Finding | None]:
    if caller is not None:
        return caller.entry.schedule, None
    text = _DEFAULTS.get(folder.removeprefix("cron."), "")
    schedule = read_schedule(text, dialect)
    if isinstance(schedule, Rejection):
        schedule = Schedule(ScheduleKind.UNREAD, text, dialect)
    what = f"no line that runs this folder was read: {text} is Debian's default, not this host's own"
    remedy = "read the host's etc/crontab and etc/anacrontab too"
    return schedule, Finding(Origin(source.name), "default-schedule", what, remedy, Severity.SILENT)


def _entry(member: SourceFile, folder: str, schedule: Schedule, caller: Caller | None) -> SourceItem:
    name = member.name.rpartition("/")[2]
    origin = Origin(member.name)
    if name in _PLACEHOLDERS:
        return Comment(origin, f"{name} only keeps the folder")
    command = f"/etc/{folder}/{name}"
    inactive = _name_fault(name, caller) or _mode_fault(member)
    return Entry(
        origin,
        text=command,
        schedule=schedule,
        command=command,
        user=(caller.entry.user if caller else None) or "root",
        name=name,
        inactive=inactive,
        findings=tuple(replace(finding, origin=origin) for finding in member.findings),
    )


def _name_fault(name: str, caller: Caller | None) -> Inactive | None:
    if caller and caller.lsb:
        if _LSB_NAMES.fullmatch(name) and not _LSB_LEFT_BEHIND.fullmatch(name):
            return None
        return Inactive("file-name", "run-parts --lsbsysinit passes over the name")
    if _NAME.fullmatch(name):
        return None
    return Inactive("file-name", "run-parts passes over the name: it takes letters, digits, _ and - alone")


def _mode_fault(member: SourceFile) -> Inactive | None:
    if member.executable is False:
        return Inactive("not-executable", "run-parts passes over a file that is not executable")
    return None
