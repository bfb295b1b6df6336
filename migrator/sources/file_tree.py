"""The tree of the files that were found, indexed once."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from migrator.sources.content import binary_kind
from migrator.sources.places import HIERARCHY
from migrator.sources.scanned import HostRoot, ScannedPath
from migrator.sources.tree import Located
from migrator.sources.walk import Node, NodeKind, Refused, content

TEXT_LIMIT = 1 << 20
# A part of a path that varies from run to run or host to host: no file's name can be compared with it.
_VARYING = re.compile(r"[$*?`{}\[\]]")
_SYSTEM_FOLDERS = frozenset({"/bin", "/sbin", "/usr/bin", "/usr/sbin"})
_EXECUTABLE = 0o111
# What lies at the top of a repository, but of no host.
_OF_REPOSITORIES = re.compile(
    r"\.git\w*|\.\w+ignore|(?:readme|licen[cs]e|copying|changelog|makefile|dockerfile)\b.*", re.IGNORECASE
)
_LOOSE = "/"  # no host is called so


def text_of(node: Node | Refused) -> str | None:
    """Give a file's text, or None if it could not be had, is binary or above 1 MiB."""
    data = node if isinstance(node, Refused) else content(node.real, TEXT_LIMIT)
    if isinstance(data, Refused) or binary_kind(data) or b"\0" in data:
        return None
    return data.decode("utf-8", "surrogateescape")


class Mappings:
    """Which folder of the tree stands for a deployed prefix, as written; the longest prefix goes first."""

    def __init__(self, maps: Mapping[str, str] | None) -> None:
        self._maps = sorted((maps or {}).items(), key=lambda item: (-len(item[0]), item[0]))

    def find(self, written: str, expanded: str | None) -> tuple[str, str] | None:
        """Give the path in the tree that a deployed one is mapped to, and how; None for one that is not mapped."""
        for prefix, inner in self._maps:
            for path in filter(None, (written, expanded)):
                rest = _below(path, prefix)
                if rest is not None:
                    return posixpath.join(inner, rest), f"{prefix} is mapped to {inner}"
        return None


class FileTree:
    """The files below the PATHs, found again by the path under which they are deployed (`Tree`)."""

    def __init__(self, scanned: Iterable[ScannedPath], maps: Mapping[str, str] | None = None) -> None:
        """Index the files; `maps` gives for a deployed prefix, as written, its folder below a PATH."""
        self._scanned = tuple(scanned)
        self._maps = Mappings(maps)
        self._files: dict[str, tuple[ScannedPath, Node]] = {}
        # By name and, below a host's root, by host; `_LOOSE` stands for what lies below none.
        self._by_name: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        # By name alone, made where a script is not where it is called.
        self._alike: dict[str, list[str]] = defaultdict(list)
        self._folders: dict[str, list[str]] = defaultdict(list)
        self._folders_by_name: dict[str, list[str]] = defaultdict(list)
        self._roots: dict[str | None, list[tuple[ScannedPath, HostRoot]]] = defaultdict(list)
        self._memory: dict[tuple[str, str | None, bool], tuple[str, str] | None] = {}
        for scan in self._scanned:
            self._index(scan)
            for root in scan.roots:
                self._roots[root.host].append((scan, root))
        # Each path that a command has asks: it is found once.
        self._repositories = {scan.label for scan in self._scanned if _is_repository(scan)}
        for folder in self._folders:
            self._folders_by_name[posixpath.basename(folder)].append(folder)

    def locate(self, written: str, expanded: str | None, host: str | None) -> Located | None:
        """Find the file that a deployed path means: by a mapping, below the host's root, by its unique end."""
        found = self._find(written, expanded, host, folder=False)
        return Located(*found) if found else None

    def text(self, path: str) -> str | None:
        """Give the file's text, or None if it is missing, binary or above 1 MiB."""
        return text_of(self._files[path][1]) if path in self._files else None

    def names(self, folder: str, host: str | None) -> tuple[str, ...]:
        """Give the sorted names of the regular files in a deployed folder."""
        found = self._find(folder, None, host, folder=True)
        return tuple(sorted(self._folders[found[0]])) if found else ()

    def executable(self, path: str) -> bool | None:
        """Say whether a file may be executed by someone, or None if it is not among the files."""
        return bool(self._files[path][1].mode & _EXECUTABLE) if path in self._files else None

    def elsewhere(self, path: str) -> tuple[str, str, str] | None:
        """Give the deployed folder, the folder to map it to and the only file that ends like a path.

        None where no file does, or several. A bare name is not enough, unless the file may be executed.
        """
        parts = _fixed_parts(path)
        if not parts or posixpath.dirname(path) in _SYSTEM_FOLDERS:
            return None
        if not self._alike:
            for (name, _), files in self._by_name.items():
                self._alike[name].extend(files)
        found = self._alike.get(parts[-1], [])
        lengths = [_common_end(parts, file.split("/")) for file in found]
        best = max(lengths, default=0)
        if lengths.count(best) != 1 or best >= len(parts):
            return None
        file = found[lengths.index(best)]
        if best == 1 and not self.executable(file):
            return None
        inner = file.removeprefix(f"{label}/") if (label := self._files[file][0].label) else file
        return "/" + "/".join(parts[:-best]), "/".join(inner.split("/")[:-best]) or ".", file

    def _index(self, scan: ScannedPath) -> None:
        for name, node in sorted(scan.nodes.items()):
            target: Node | Refused = node
            root = scan.root_of(name)
            if node.kind is NodeKind.LINK:
                target = scan.resolve(name, root.root if root else None)
            if isinstance(target, Refused) or target.kind is not NodeKind.FILE:
                continue
            path = scan.path_of(name)
            self._files[path] = (scan, target)
            folder, base = posixpath.split(path)
            self._folders[folder].append(base)
            if node.kind is NodeKind.FILE:
                self._by_name[base, root.host if root else _LOOSE].append(path)

    def _find(self, written: str, expanded: str | None, host: str | None, *, folder: bool) -> tuple[str, str] | None:
        known = self._folders if folder else self._files
        if (mapped := self._maps.find(written, expanded)) is not None:
            return self._mapped(*mapped, known)
        path = expanded or written
        if path.startswith("/"):
            found = self._below_root(path, host, known)
            found = found or self._below_checkout(path, host, known)
            if found:
                return found
        key = (path, None if folder else host, folder)
        if key not in self._memory:
            self._memory[key] = self._by_end(path, self._candidates(path, host, folder=folder))
        return self._memory[key]

    def _mapped(self, inner: str, how: str, known: Mapping[str, object]) -> tuple[str, str] | None:
        """Look for a mapped path below each PATH. A mapping that leads nowhere is not replaced by a guess."""
        clean = posixpath.normpath(inner).lstrip("/")
        clean = "" if clean == "." else clean
        for scan in self._scanned:
            path = "/".join(filter(None, (scan.label, clean)))
            if path in known:
                return path, how
        return None

    def _below_root(self, path: str, host: str | None, known: Mapping[str, object]) -> tuple[str, str] | None:
        clean = posixpath.normpath(path).lstrip("/")
        for scan, root in self._roots.get(host, ()):
            inner = "/".join(filter(None, (root.root, clean)))
            target = scan.resolve(inner, root.root)
            name = inner if scan.path_of(inner) in known or isinstance(target, Refused) else target.name
            if scan.path_of(name) in known:
                return scan.path_of(name), "the path below the host's root"
        return None

    def _below_checkout(self, path: str, host: str | None, known: Mapping[str, object]) -> tuple[str, str] | None:
        """Look in a PATH that is a host's root and a repository at once: who keeps `etc/cron.d/x` beside `bin/x.sh`.

        All of a file's path in the tree ends the deployed path then, and what stands before is no folder of the tree.
        """
        parts = _fixed_parts(path)
        for scan, root in self._roots.get(host, ()):
            for start in range(1, len(parts)) if not root.root else ():
                if "/".join(parts[:start]) in scan.nodes:
                    continue
                name = scan.path_of("/".join(parts[start:]))
                if name in known and (parts[start] not in HIERARCHY or scan.label in self._repositories):
                    return name, f"where the files read lie in /{'/'.join(parts[:start])}"
        return None

    def _candidates(self, path: str, host: str | None, *, folder: bool) -> list[str]:
        """Give what is called as the path ends, on the host or on none."""
        parts = _fixed_parts(path)
        name = parts[-1] if parts else ""
        if folder:
            return self._folders_by_name.get(name, [])
        found = list(self._by_name.get((name, _LOOSE), ()))
        # Below a host's root an absolute path is where it says, or it is not there.
        if not path.startswith("/"):
            for owner in sorted({host or "", ""}):
                found += self._by_name.get((name, owner or None), ())
        return found

    def _by_end(self, path: str, candidates: list[str]) -> tuple[str, str] | None:
        parts = _fixed_parts(path)
        if not candidates or not self._may_match(path, parts, candidates):
            return None
        lengths = [_common_end(parts, found.split("/")) for found in candidates]
        best = max(lengths)
        if lengths.count(best) > 1:
            return None
        end = "/".join(parts[-best:])
        return candidates[lengths.index(best)], f"the only file among those read that ends in {end}"

    def _may_match(self, path: str, parts: list[str], candidates: list[str]) -> bool:
        """Keep a program of the system, or a bare word, from being taken for a file that is merely called the same."""
        if posixpath.dirname(path) in _SYSTEM_FOLDERS:
            return any(_common_end(parts, found.split("/")) > 1 for found in candidates)
        if "/" not in path and "." not in path:
            return any(self.executable(found) for found in candidates)
        return True


def _is_repository(scan: ScannedPath) -> bool:
    return any("/" not in name and _OF_REPOSITORIES.fullmatch(name) for name in scan.nodes)


def _below(path: str, prefix: str) -> str | None:
    """Give what follows a prefix of whole parts, or None."""
    clean = prefix.rstrip("/") or "/"
    if path == clean:
        return ""
    start = clean if clean == "/" else clean + "/"
    return path[len(start) :].lstrip("/") if path.startswith(start) else None


def _fixed_parts(path: str) -> list[str]:
    """Give the parts after the last one that varies; none if the name itself does."""
    parts = [part for part in posixpath.normpath(path).split("/") if part not in {"", ".", ".."}]
    for position in range(len(parts) - 1, -1, -1):
        if _VARYING.search(parts[position]) or parts[position].startswith("~"):
            return parts[position + 1 :]
    return parts


def _common_end(one: list[str], other: list[str]) -> int:
    length = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        length += 1
    return length
