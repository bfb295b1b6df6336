"""Schedule files that lie where cron looks for them: user tabs, system tabs, periodic folders."""

import re
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from migrator.model import Finding, Inactive, Origin, Severity
from migrator.sources.items import Format, SourceFile, Unread
from migrator.sources.names import shown
from migrator.sources.places import Place
from migrator.sources.scanned import ScannedPath
from migrator.sources.single import SCHEDULE_LIMIT, by_content, refused_file
from migrator.sources.walk import Node, NodeKind, Refused, content

_EXECUTABLE = 0o111
_HEAD = 256  # bytes of a file that the kernel looks at (BINPRM_BUF_SIZE)
_SHEBANG = re.compile(rb"#![ \t]*(/[!-~]+)(?:[ \t]+([!-~](?:[ -~\t]*[!-~])?))?[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Placed:
    """A path and what its place says."""

    name: str
    node: Node
    place: Place


def placed_file(scan: ScannedPath, placed: Placed, as_format: Format | None, *, live: bool) -> SourceFile:
    """Take a tab at cron's own place. A link inside the tree is followed, as cron would."""
    place, path = placed.place, scan.path_of(placed.name)
    root = scan.root_of(placed.name)
    found = as_format or place.format
    node = _target(scan, placed)
    if isinstance(node, Refused) or node.kind is not NodeKind.FILE:
        why = f"is a symbolic link that {node.why}" if isinstance(node, Refused) else _why_special(node)
        return refused_file(path, found, why)
    data = content(node.real, SCHEDULE_LIMIT)
    if isinstance(data, Refused):
        return refused_file(path, found, data.why)
    fault, findings = _mode_faults(path, node, place, live=live)
    if as_format is None and not live:
        found, told = by_content(path, found, data)
        findings = (*findings, *told)
    return SourceFile(
        path,
        found,
        data,
        host=root.host if root else None,
        user=shown(place.user) if place.user else None,
        dialect=place.dialect,
        place_fault=fault,
        root=root.root if root else None,
        findings=findings,
    )


def periodic_folders(scan: ScannedPath, placed: Iterable[Placed]) -> Iterator[SourceFile]:
    """Gather the files of each periodic folder, in the byte order of their names (run-parts(8))."""
    folders: dict[str, list[Placed]] = defaultdict(list)
    for item in placed:
        folders[item.name.rpartition("/")[0]].append(item)
    for folder, items in sorted(folders.items()):
        root = scan.root_of(folder)
        host = root.host if root else None
        members: list[SourceFile] = []
        unread: list[Unread] = []
        for item in sorted(items, key=lambda item: item.name.encode("utf-8", "surrogateescape")):
            member = _member(scan, item)
            if isinstance(member, Unread):
                unread.append(member)
            else:
                members.append(replace(member, host=host))
        yield SourceFile(
            scan.path_of(folder),
            Format.PERIODIC,
            b"",
            host=host,
            user="root",
            root=root.root if root else None,
            members=tuple(members),
            unread=tuple(unread),
        )


def _member(scan: ScannedPath, placed: Placed) -> SourceFile | Unread:
    path = scan.path_of(placed.name)
    node = _target(scan, placed)
    if isinstance(node, Refused):
        text = f"a symbolic link that {node.why}: what it runs is not among the files"
        finding = Finding(Origin(path), "script-missing", text, "copy the file that it leads to", Severity.LOUD)
        return SourceFile(path, Format.PERIODIC, b"", executable=None, findings=(finding,))
    if node.kind is not NodeKind.FILE:
        return Unread(Origin(path), "", f"the file {_why_special(node)}", "run-parts passes over it")
    executable = bool(node.mode & _EXECUTABLE)
    return SourceFile(path, Format.PERIODIC, b"", executable=executable, interpreter=_interpreter(node))


def _interpreter(node: Node) -> tuple[str, ...]:
    """Read who the kernel has read a file (execve(2)): a path, and all that stands behind it as one word."""
    head = content(node.real, _HEAD, whole=False)
    match = None if isinstance(head, Refused) else _SHEBANG.match(head)
    return tuple(part.decode("ascii") for part in match.groups() if part) if match else ()


def _target(scan: ScannedPath, placed: Placed) -> Node | Refused:
    if placed.node.kind is not NodeKind.LINK:
        return placed.node
    root = scan.root_of(placed.name)
    return scan.resolve(placed.name, root.root if root else None)


def _why_special(node: Node) -> str:
    return node.why.lower() if node.kind in {NodeKind.UNKNOWN, NodeKind.CLOSED} else f"is a {node.kind}"


def _mode_faults(path: str, node: Node, place: Place, *, live: bool) -> tuple[Inactive | None, tuple[Finding, ...]]:
    """Judge mode and links as Debian's cron does (database.c): sure on the host itself, a hint in a copy."""
    fault: Inactive | None = None
    if place.format is Format.SYSTEM_CRONTAB and node.mode & (stat.S_IWGRP | stat.S_IWOTH):
        if live or node.mode & stat.S_IWOTH:
            fault = Inactive("insecure-mode", "cron ignores a system crontab that others may write")
    elif place.format is Format.CRONTAB and node.links > 1:
        fault = Inactive("hard-links", "cron ignores a user's crontab that has a second hard link")
    if fault is None or live:
        return fault, ()
    text = f"{fault.why}; this copy is such a file, so look at the one on its host"
    return None, (Finding(Origin(path), fault.kind, text, "", Severity.SILENT),)
