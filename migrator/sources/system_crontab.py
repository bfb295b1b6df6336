"""Read `/etc/crontab` or a file of `/etc/cron.d`: a schedule, a user, then a command for the shell.

Which files of `cron.d` are read at all is decided by their names: Debian's cron takes letters, digits, `_` and `-`
alone (cron(8), database.c); cronie leaves out hidden files, backups and what packagers leave behind (cronie's
database.c).
"""

import re
from dataclasses import replace

from migrator.model import Dialect, Finding, Inactive, Origin, Severity
from migrator.sources.grammar import read_crontab
from migrator.sources.items import FileReading, Format, SourceFile
from migrator.sources.surroundings import Source, Surroundings

_DEBIAN_NAME = re.compile(r"[A-Za-z0-9_-]+")
_CRONIE_REFUSES = re.compile(r"[.#].*|.*~|.*\.(?:rpmsave|rpmorig|rpmnew|swp|cfsaved)")


def read(source: SourceFile, dialect: Dialect, _beside: Surroundings | None = None) -> FileReading:
    """Read a system crontab."""
    reading = read_crontab(source, dialect, user_column=True)
    fault = source.place_fault or name_fault(source.name, dialect)
    findings = source.findings + reading.findings
    if dialect is Dialect.BUSYBOX:
        text = "busybox's crond reads no system crontab: the user would be taken for the command"
        finding = Finding(Origin(source.name), "no-system-crontab", text, "check the dialect", Severity.SILENT)
        findings = (*findings, finding)
    return replace(reading, source=replace(source, place_fault=fault), findings=findings)


SOURCE = Source(Format.SYSTEM_CRONTAB, read)


def name_fault(path: str, dialect: Dialect) -> Inactive | None:
    """Say why cron would pass over a file of `etc/cron.d` for its name; None for any other file."""
    parts = path.split("/")
    if parts[-3:-1] != ["etc", "cron.d"]:
        return None
    name = parts[-1]
    if dialect is Dialect.CRONIE:
        refused = bool(_CRONIE_REFUSES.fullmatch(name))
        rule = "cronie passes over hidden files, backups and what packagers leave behind"
    else:
        refused = not _DEBIAN_NAME.fullmatch(name)
        rule = "Debian's cron takes letters, digits, _ and - alone in a name of cron.d"
    return Inactive("file-name", f"cron ignores the file for its name: {rule}") if refused else None
