"""A file that was named on its own, or given on standard input: it is a schedule, whatever it is called."""

import os
import re
from pathlib import PurePosixPath

from migrator.model import Finding, Origin, Severity
from migrator.sources.content import count, guess, is_unclear, lacks_users
from migrator.sources.items import Format, SourceFile, Unread
from migrator.sources.names import parts_of
from migrator.sources.places import Place, place_of
from migrator.sources.schedule_names import of_manifest
from migrator.sources.walk import NodeKind, Refused, content, examine

SCHEDULE_LIMIT = 64 << 20
_UNITS = frozenset({".timer", ".service", ".socket", ".path", ".target"})
_KUBERNETES = re.compile(rb"""(?:^|[{,\n])[ \t]*["']?apiVersion["']?[ \t]*:""")
_KIND = re.compile(rb"""(?:^|[{,\n])[ \t]*["']?kind["']?[ \t]*:""")
_CRONJOB = re.compile(rb"""(?:^|[{,\n])[ \t-]*["']?kind["']?[ \t]*:[ \t]*["']?CronJob\b""")
# The key that holds a manifest's jobs, in YAML, JSON or TOML.
_JOBS_KEY = re.compile(rb"""(?:^|[{,\n])[ \t]*["']?jobs["']?[ \t]*[:=]|(?:^|\n)[ \t]*\[\[jobs\]\]""")
_VERSION_KEY = re.compile(rb"""(?:^|[{,\n])[ \t]*["']?version["']?[ \t]*[:=][ \t]*["']?1(?![\d.])""")


def explicit_file(path: str, label: str, as_format: Format | None) -> SourceFile:
    """Take a file that is itself a PATH. Its own place counts: `…/etc/cron.d/x` is a system crontab."""
    real = os.path.realpath(path)
    node = examine(label, real)
    place = place_of(parts_of(path))
    if node.kind is NodeKind.FILE:
        data = content(real, SCHEDULE_LIMIT)
    else:
        data = Refused(node.why.lower() if node.kind is NodeKind.UNKNOWN else f"is a {node.kind}")
    if isinstance(data, Refused):
        return refused_file(label, as_format or (place.format if place else Format.CRONTAB), data.why)
    name = PurePosixPath(path).name
    if as_format is None and (foreign := _foreign(data, name)):
        return refused_file(label, Format.CRONTAB, f"is {foreign}, which is not read yet", "leave it out")
    if place and place.format is Format.PERIODIC:
        place = None
    return known_file(label, data, place, as_format, name)


def from_stream(data: bytes, label: str, as_format: Format | None) -> SourceFile:
    """Take what was given on standard input."""
    return known_file(label, data, None, as_format, "")


def known_file(label: str, data: bytes, place: Place | None, as_format: Format | None, name: str) -> SourceFile:
    """Settle the format of a file that is a schedule: as said, by place, by ending, by its whole content."""
    if as_format is not None:
        return SourceFile(label, as_format, data, user=place.user if place else None, guessed="as you said")
    if place is not None:
        kept, told = by_content(label, place.format, data)
        return SourceFile(label, kept, data, user=place.user, dialect=place.dialect, findings=told)
    if of_manifest(name) or looks_like_manifest(data):
        how = "its name ends like a manifest's" if of_manifest(name) else "it has the keys of a job manifest"
        return SourceFile(label, Format.MANIFEST, data, guessed=how)
    counts = count(data)
    found, how = guess(counts)
    findings: tuple[Finding, ...] = ()
    if is_unclear(counts):
        text = f"taken for a {found.replace('-', ' ')}, which is not sure: {how}"
        findings = (Finding(Origin(label), "format-unclear", text, "say which with --as", Severity.SILENT),)
    return SourceFile(label, found, data, guessed=how, findings=findings)


def by_content(label: str, found: Format, data: bytes) -> tuple[Format, tuple[Finding, ...]]:
    """Give the format that a place means, but a user's where the entries of a system crontab have no user at all.

    Repositories keep a user's crontab as `etc/crontab`. Where cron itself reads that file, it takes the first word of
    each command for a user.
    """
    if found is not Format.SYSTEM_CRONTAB or not lacks_users(data):
        return found, ()
    text = "taken for a user's crontab, though it lies where a system crontab does: no entry has a user"
    remedy = "say --as system-crontab where cron reads it there, and put a user before each command"
    return Format.CRONTAB, (Finding(Origin(label), "no-user-column", text, remedy, Severity.SILENT),)


def refused_file(path: str, found: Format, why: str, remedy: str = "") -> SourceFile:
    """Stand for a file whose content could not be had: one unread line, which is the whole file."""
    said = why if why.startswith(("is ", "could not")) else f"could not be read: {why}"
    advice = remedy or _REMEDIES.get(why, "give a copy that can be read, or leave it out with --exclude")
    return SourceFile(path, found, b"", unread=(Unread(Origin(path), "", f"the file {said}", advice),))


def _foreign(data: bytes, name: str) -> str | None:
    """Name a format that other schedulers read."""
    if PurePosixPath(name).suffix in _UNITS:
        return "a systemd unit"
    if _KUBERNETES.search(data) and _KIND.search(data) and not looks_like_manifest(data):
        return "a Kubernetes manifest"
    return None


def is_cronjob(data: bytes) -> bool:
    """Say whether the text declares a CronJob of Kubernetes, which starts something by a clock that is not read yet."""
    return bool(_CRONJOB.search(data)) and bool(_KUBERNETES.search(data))


def looks_like_manifest(data: bytes) -> bool:
    """Say whether the text has the keys of a job manifest: `jobs` and `version: 1`. With a mark it may be UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.replace(b"\0", b"")
    return bool(_JOBS_KEY.search(data)) and bool(_VERSION_KEY.search(data))


_REMEDIES = {
    "permission denied": "read it as a user who may, or give a copy",
    "is a FIFO": "give its content on standard input, with - as the PATH",
}
