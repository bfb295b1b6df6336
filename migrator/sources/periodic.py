"""Read a periodic folder, `etc/cron.hourly` to `etc/cron.monthly` or below `etc/periodic`: each file is a job.

run-parts(8) of Debian and of busybox: names of letters, digits, `_` and `-`; executable files; one after the other in
the byte order of their names. Red Hat's script of that name takes any other name too, but for a few endings; so does
FreeBSD's periodic(8). When they start is what `etc/crontab`, `etc/cron.d`, a user's tab (Alpine's is root's) or, where
anacron is installed, `etc/anacrontab` says of the folder; if none of these files was read it is the default of Debian,
or of Alpine for `etc/periodic`, which a finding says.

A file is started as that line has it: in its folder, with the settings above it. It is told as read by the interpreter
that its first line names, which is what the kernel makes of it: so it runs without leave to be executed, too, and
taking that leave is what keeps run-parts from it.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from migrator.model import Dialect, Finding, Inactive, Origin, Schedule, ScheduleKind, Severity
from migrator.schedules.cron import Rejection
from migrator.schedules.cron import read as read_schedule
from migrator.sources import anacrontab
from migrator.sources.grammar import read_crontab
from migrator.sources.items import Assignment, Comment, Entry, FileReading, Format, SourceFile, SourceItem
from migrator.sources.surroundings import Source, Surroundings
from migrator.sources.systems import RunParts

_NAME = re.compile(r"[A-Za-z0-9_-]+")
# What the run-parts of the package crontabs passes over.
_RED_HAT_LEFT_BEHIND = re.compile(r".*(?:[~,]|\.(?:cfsaved|rpmsave|rpmorig|rpmnew|swp)|,v)", re.DOTALL)
_LSB_NAMES = re.compile(r"[a-z0-9]+|_?(?:[a-z0-9_.]+-)+[a-z0-9]+|[a-zA-Z0-9_-]+")
_LSB_LEFT_BEHIND = re.compile(r".*\.dpkg-(?:old|dist|new|tmp)")
# Debian's /etc/crontab (package cron), and root's crontab of Alpine (package alpine-baselayout).
_DEFAULTS = {
    "cron.hourly": "17 * * * *",
    "cron.daily": "25 6 * * *",
    "cron.weekly": "47 6 * * 7",
    "cron.monthly": "52 6 1 * *",
    "periodic/15min": "*/15 * * * *",
    "periodic/hourly": "0 * * * *",
    "periodic/daily": "0 2 * * *",
    "periodic/weekly": "0 3 * * 6",
    "periodic/monthly": "0 5 1 * *",
}
# Lines that do nothing where anacron runs the folder: Debian's, and those of cronie's own files.
_YIELDS_TO_ANACRON = re.compile(r"\btest -x /usr/sbin/anacron\b|\[ -x /usr/sbin/anacron\b")
_YIELDS_TO_STARTER = re.compile(r"/etc/cron\.hourly/0anacron\b")
# Lines that do no more than to run a folder, where they do anything.
_PLAINLY = re.compile(
    r"(?:(?:test -x /\S+|\[ -x /\S+ \]) \|\| )?[({]?\s*(?:cd (?P<folder>/[\w./-]*)\s*&&\s*)?(?:/[\w./-]+/)?run-parts"
    r"(?:\s+(?:--report|--verbose|-v|--lsbsysinit))*\s+/etc/[\w./]+\s*(?:\)|;\s*\})?"
)
_RUN_CRONS = re.compile(rb"^[^#\n]*\brun-crons\b", re.MULTILINE)
_PLACEHOLDERS = frozenset({".placeholder", ".keep", ".gitkeep", ".gitignore"})


@dataclass(frozen=True, slots=True)
class Caller:
    """The entry that runs a periodic folder, and the places of others that run it at other times."""

    entry: Entry
    others: tuple[Origin, ...] = ()
    settings: tuple[Assignment, ...] = ()

    @property
    def lsb(self) -> bool:
        """Say whether it asks run-parts for the names of the LSB too."""
        return "--lsbsysinit" in self.entry.command

    @property
    def debian(self) -> bool:
        """Say whether it has options that Debian's run-parts alone knows."""
        return self.lsb or "--report" in self.entry.command

    @property
    def starts(self) -> str | None:
        """Give what it does before it starts the files, as shell text; None where it does more than go to a folder."""
        match = _PLAINLY.fullmatch(self.entry.command.strip())
        if match is None or self.entry.schedule.kind is ScheduleKind.ANACRON:
            return None
        return f"cd {match['folder']} && " if match["folder"] else ""

    @property
    def any_name(self) -> bool:
        """Say whether it starts files of any name: FreeBSD's periodic(8) does, and dcron's run-cron."""
        return "run-parts" not in self.entry.command


def read(source: SourceFile, dialect: Dialect, surroundings: Surroundings | None = None) -> FileReading:
    """Read a periodic folder; `lines` counts its files."""
    folder, around = _folder(source.name), surroundings or Surroundings()
    caller = find_caller(folder, dialect, around)
    schedule, finding = _schedule(source, folder, caller, dialect, around)
    names = _Names(_run_parts(source, dialect, caller), caller)
    items = [*source.unread, *(_entry(member, folder, schedule, names) for member in source.members)]
    items.sort(key=lambda item: item.origin.path.encode("utf-8", "surrogateescape"))
    findings = (*source.findings, finding) if finding and source.members else source.findings
    settings = caller.settings if caller else ()
    return FileReading(source, dialect, tuple(items), len(items), findings=findings, settings=settings)


SOURCE = Source(Format.PERIODIC, read)


def _folder(name: str) -> str:
    """Give the folder as it is called below `etc`: `cron.daily`, `periodic/daily`."""
    parts = name.split("/")
    return "/".join(parts[-2:] if parts[-2:-1] == ["periodic"] else parts[-1:])


def _run_parts(source: SourceFile, dialect: Dialect, caller: Caller | None) -> RunParts | None:
    """Say whose run-parts starts the files; None where two are about as usual."""
    if caller and caller.debian:
        return RunParts.DEBIAN
    told = source.system.run_parts if source.system else None
    return told or (None if dialect is Dialect.CRONIE else RunParts.DEBIAN)


def find_caller(folder: str, dialect: Dialect, surroundings: Surroundings) -> Caller | None:
    """Find the entry that runs a folder: anacron's where there is an anacrontab, else cron's.

    Debian's lines for cron do nothing where anacron is installed (`test -x /usr/sbin/anacron || …`).
    """
    ends = rf"{re.escape(folder)}(?![\w.-])"
    bsd = rf"|\bperiodic[ \t]+{re.escape(folder.rpartition('/')[2])}\b" if "/" in folder else ""
    called = re.compile(rf"\brun-(?:parts|cron)\b.*/{ends}{bsd}", re.DOTALL)
    tabs = surroundings.files
    anacron = [file for file in tabs if file.format is Format.ANACRONTAB]
    cron = [file for file in tabs if file.format in {Format.SYSTEM_CRONTAB, Format.CRONTAB}]
    found = [one for file in anacron for one in _calling(anacrontab.read(file, dialect).items, called)]
    for file in cron:
        if not any(word in file.data for word in (b"run-parts", b"run-cron", b"periodic")):
            continue
        column = file.format is Format.SYSTEM_CRONTAB
        items = read_crontab(file, file.dialect or dialect, user_column=column).items
        by_anacron = bool(found) and bool(anacron)
        found += (one for one in _calling(items, called) if not (by_anacron and _yields(one[0], surroundings)))
    if not found:
        return None
    first, settings = found[0]
    others = (entry.origin for entry, _ in found[1:] if entry.schedule != first.schedule)
    return Caller(first, tuple(others), settings)


def _yields(entry: Entry, surroundings: Surroundings) -> bool:
    """Say whether a line of cron's leaves the folder to anacron; cronie's asks for the file that starts anacron."""
    if _YIELDS_TO_STARTER.search(entry.command):
        members = (member.name for file in surroundings.files for member in file.members)
        return any(name.endswith("cron.hourly/0anacron") for name in members)
    return _YIELDS_TO_ANACRON.search(entry.command) is not None


def _calling(items: Iterable[SourceItem], called: re.Pattern[str]) -> Iterator[tuple[Entry, tuple[Assignment, ...]]]:
    """Give the entries that run a folder, each with the settings lines above it."""
    settings: dict[str, Assignment] = {}
    for item in items:
        if isinstance(item, Assignment):
            settings.pop(item.name, None)
            settings[item.name] = item
        elif isinstance(item, Entry) and called.search(item.command):
            yield item, tuple(settings.values())


def _schedule(
    source: SourceFile, folder: str, caller: Caller | None, dialect: Dialect, surroundings: Surroundings
) -> tuple[Schedule, Finding | None]:
    if caller is not None:
        if not caller.others:
            return caller.entry.schedule, None
        what = f"run by {caller.entry.origin}, whose times are shown, and by {', '.join(map(str, caller.others))} too"
        remedy = "find out which of them runs on this host, and take the other away"
        return caller.entry.schedule, Finding(Origin(source.name), "run-twice", what, remedy, Severity.SILENT)
    text = _DEFAULTS.get(folder, "")
    schedule = read_schedule(text, dialect)
    if isinstance(schedule, Rejection):
        schedule = Schedule(ScheduleKind.UNREAD, text, dialect)
    whose, read_too = ("Alpine", "root's crontab") if "/" in folder else ("Debian", "etc/crontab and etc/anacrontab")
    what = f"no line that runs this folder was read: {text} is {whose}'s default, not this host's own"
    remedy = f"read the host's {read_too} too"
    if by := _once_a_period(surroundings):
        what = f"{by} starts this folder once a period, at an hour that it does not say: {text} stands for it"
        remedy = "see etc/sysconfig/cron and when the files ran last"
    return schedule, Finding(Origin(source.name), "default-schedule", what, remedy, Severity.SILENT)


def _once_a_period(surroundings: Surroundings) -> str:
    """Name the file whose line starts run-crons, SUSE's and Gentoo's script for all folders; empty where none does."""
    return next((f"run-crons, by {file.name}," for file in surroundings.files if _RUN_CRONS.search(file.data)), "")


@dataclass(frozen=True, slots=True)
class _Names:
    """Which names of files are taken, and by whose line they are started."""

    run_parts: RunParts | None
    caller: Caller | None

    def fault(self, name: str) -> Inactive | None:
        """Say why a name is passed over. What one run-parts takes and another does not is taken; see `doubt`."""
        if self.caller and self.caller.lsb:
            if _LSB_NAMES.fullmatch(name) and not _LSB_LEFT_BEHIND.fullmatch(name):
                return None
            return Inactive("file-name", "run-parts --lsbsysinit passes over the name")
        if self.caller and self.caller.any_name:
            return None
        if self.run_parts is not RunParts.DEBIAN:
            if not name.startswith(".") and not _RED_HAT_LEFT_BEHIND.fullmatch(name):
                return None
            return Inactive("file-name", "run-parts passes over the name: a copy that an editor or rpm left behind")
        if _NAME.fullmatch(name):
            return None
        return Inactive("file-name", "run-parts passes over the name: it takes letters, digits, _ and - alone")

    def doubt(self, name: str) -> Finding | None:
        """Say that it is open whose run-parts reads a name, where that decides."""
        if self.run_parts is not None or _NAME.fullmatch(name):
            return None
        text = "taken for a job: Red Hat's run-parts runs a file of this name, Debian's passes over it"
        return Finding(Origin(""), "run-parts-unclear", text, "see what run-parts --test says there", Severity.SILENT)


def _entry(member: SourceFile, folder: str, schedule: Schedule, names: _Names) -> SourceItem:
    name = member.name.rpartition("/")[2]
    origin = Origin(member.name)
    if name in _PLACEHOLDERS:
        return Comment(origin, f"{name} only keeps the folder")
    path = f"/etc/{folder}/{name}"
    inactive = names.fault(name) or _mode_fault(member)
    doubt = None if inactive else names.doubt(name)
    caller = names.caller
    return Entry(
        origin,
        text=path,
        schedule=schedule,
        command=_command(path, member, names.caller),
        user=(caller.entry.user if caller else None) or "root",
        name=name,
        inactive=inactive,
        findings=tuple(replace(finding, origin=origin) for finding in (*member.findings, *((doubt,) if doubt else ()))),
    )


def _command(path: str, member: SourceFile, caller: Caller | None) -> str:
    """Give what starts a file; its path alone where nobody read how, or its first line names no interpreter."""
    before = caller.starts if caller else None
    if before is None or not member.interpreter:
        return path
    return before + " ".join(shlex.quote(word) for word in (*member.interpreter, path))


def _mode_fault(member: SourceFile) -> Inactive | None:
    if member.executable is False:
        return Inactive("not-executable", "run-parts passes over a file that is not executable")
    return None
