"""Read this host itself: the user's own tab, and what the system keeps under /etc and in cron's spool.

Everything takes the root folder and the tab's bytes as arguments, so that any folder can stand for a host.
"""

import os
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crontab import CronTab

from migrator.model import Dialect
from migrator.sources.discovery import Discovery, SourceError
from migrator.sources.file_tree import FileTree, Mappings, text_of
from migrator.sources.folders import files_of, with_place
from migrator.sources.hosts import host_places
from migrator.sources.items import Format, SourceFile
from migrator.sources.names import shown
from migrator.sources.places import PERIODS
from migrator.sources.scanned import HostRoot, ScannedPath
from migrator.sources.systems import SYSTEM_FILES
from migrator.sources.tree import Located, Tree
from migrator.sources.walk import Node, NodeKind, Refused, examine, walk

_SINGLE = ("etc/crontab", "etc/anacrontab", "etc/timezone", "etc/localtime", "etc/hostname", *SYSTEM_FILES)
_FOLDERS = (
    *("etc/cron.d", "etc/crontabs", "etc/periodic", "var/spool/cron"),
    *(f"etc/cron.{period}" for period in PERIODS),
)


class _RawTab(CronTab):  # type: ignore[misc]  # the library is untyped
    """A tab whose lines are kept as they are: the library's own reading loses and rewrites some."""

    raw: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: object) -> None:
        if name == "lines" and isinstance(value, list) and value:
            super().__setattr__("raw", tuple(value))
        else:
            super().__setattr__(name, value)


def own_tab() -> bytes | None:
    """Give the tab of the user who runs this, None where there is no crontab program. Raise SourceError."""
    try:
        tab = _RawTab(user=True)
    except UnicodeDecodeError as error:
        raise SourceError("crontab -l", "the tab is not UTF-8", "pipe it in: crontab -l | migrator … -") from error
    except OSError as error:
        if "No crontab program" in str(error):
            return None
        raise SourceError("crontab -l", str(error), "check that this user may use cron") from error
    return "\n".join(tab.raw).encode()


def discover_live(root: str, tab: bytes | None, user: str | None, host: str | None) -> Discovery:
    """Find what a host schedules, from its root folder and the tab of `user`."""
    nodes: dict[str, Node] = {}
    for name in _SINGLE:
        node = examine(name, posixpath.join(root, name))
        if node.kind is not NodeKind.UNKNOWN:
            nodes[name] = node
    for name in _FOLDERS:
        if os.path.lexists(posixpath.join(root, name)):
            nodes.update((node.name, node) for node in walk(posixpath.join(root, name), name))
    scan = _LivePath("", root, nodes, (HostRoot("", host),))
    found = files_of(scan, (), None, live=True)
    own = _own_file(scan, tab, user, {file.name for file in found.files})
    files = sorted((*found.files, *own), key=lambda file: file.name)
    return Discovery(tuple(files), found.notes, (scan,), host_places(scan), live=True)


@dataclass(frozen=True, slots=True)
class _LivePath(ScannedPath):
    """A host's own root: links are followed by the system, but not out of the root."""

    def resolve(self, name: str, root: str | None = None) -> Node | Refused:  # noqa: ARG002 - as in ScannedPath
        """Follow the links of a path; only what was listed, or what a link leads to, can be reached."""
        real = os.path.realpath(posixpath.join(self.real, name))
        base = os.path.realpath(self.real).rstrip("/") + "/"
        if not real.startswith(base):
            return Refused("leads out of the tree")
        node = examine(real[len(base) :], real)
        return Refused("leads to a file that is not there") if node.kind is NodeKind.UNKNOWN else node


class LiveTree:
    """The files of a host, looked up where they are (`Tree`). Nothing is listed before it is asked for."""

    def __init__(self, root: str, maps: Mapping[str, str] | None = None) -> None:
        """Look below `root`; `maps` gives another folder below it for a deployed prefix."""
        self._scan = _LivePath("", root, {})
        self._maps = Mappings(maps)

    def locate(self, written: str, expanded: str | None, host: str | None) -> Located | None:  # noqa: ARG002 - as in Tree
        """Find the file at a deployed path; `host` is this one."""
        if (mapped := self._maps.find(written, expanded)) is not None:
            inner = self._file(mapped[0])
            return Located(inner, mapped[1]) if inner else None
        path = expanded or written
        found = self._file(path) if path.startswith("/") else None
        return Located(found, "the path on this host") if found else None

    def text(self, path: str) -> str | None:
        """Give the file's text, or None if it is missing, binary or above 1 MiB."""
        return text_of(self._scan.resolve(path))

    def names(self, folder: str, host: str | None) -> tuple[str, ...]:  # noqa: ARG002 - as in Tree
        """Give the sorted names of the regular files in a folder of this host."""
        node = self._scan.resolve(folder.lstrip("/"))
        if isinstance(node, Refused) or node.kind is not NodeKind.FOLDER:
            return ()
        return tuple(_regular(walk(node.real)))

    def _file(self, path: str) -> str | None:
        clean = posixpath.normpath(path).lstrip("/")
        node = self._scan.resolve(clean)
        return None if isinstance(node, Refused) or node.kind is not NodeKind.FILE else clean


def _regular(nodes: Iterable[Node]) -> Iterable[str]:
    """Give the names at the top of a walk, which come first."""
    for node in nodes:
        if "/" in node.name:
            return
        if node.kind is NodeKind.FILE:
            yield shown(node.name)


def _own_file(scan: ScannedPath, tab: bytes | None, user: str | None, known: set[str]) -> list[SourceFile]:
    """Put the user's tab where this host's cron keeps it, unless it was read there."""
    if not tab or user is None:
        return []
    debian = "var/spool/cron/crontabs" in scan.nodes
    name = f"var/spool/cron/crontabs/{shown(user)}" if debian else f"var/spool/cron/{shown(user)}"
    if name in known:
        return []
    dialect = Dialect.DEBIAN if debian else Dialect.CRONIE
    file = SourceFile(name, Format.CRONTAB, tab, host=scan.roots[0].host, user=shown(user), dialect=dialect, root="")
    return [with_place(scan, file)]


def tree_of(discovery: Discovery, maps: Mapping[str, str] | None = None) -> Tree:
    """Give the tree of what was found: this host's own files, or the files below the PATHs."""
    if discovery.live and discovery.scanned:
        return LiveTree(discovery.scanned[0].real, maps)
    return FileTree(discovery.scanned, maps)
