"""Find the files that schedule something below the given PATHs, and say what was passed over.

A PATH is a file, a folder of files, a host's root tree, a folder of root trees (a fleet), or `-` (standard input). What
cannot be read comes out as a file with one unread line; only a PATH that is not there stops the run.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from migrator.model import Finding, MigratorError
from migrator.sources.folders import files_of
from migrator.sources.hosts import HostPlace, find_roots, host_places, is_etc, named_roots
from migrator.sources.items import Format, SourceFile
from migrator.sources.names import parts_of, shown
from migrator.sources.scanned import ScannedPath
from migrator.sources.single import explicit_file, from_stream, refused_file
from migrator.sources.walk import NodeKind, examine, walk

STREAM = "-"
_STREAM_NAME = "stdin"


class SourceError(MigratorError):
    """A PATH that is not there, or standard input that was not given."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the PATHs hold. `files` are sorted by name.

    `notes` name what was passed over though it looks like a schedule. `scanned` is what a `FileTree` is made of.
    `hosts` say what each host's root tree tells of it. `live` holds where the files are this host's own.
    """

    files: tuple[SourceFile, ...]
    notes: tuple[Finding, ...] = ()
    scanned: tuple[ScannedPath, ...] = ()
    hosts: tuple[HostPlace, ...] = ()
    live: bool = False


def discover(
    paths: Sequence[str],
    *,
    only: Sequence[str] = (),
    exclude: Sequence[str] = (),
    as_format: Format | None = None,
    stdin: bytes | None = None,
) -> Discovery:
    """Find the schedule files below the PATHs.

    `only` and `exclude` are globs over names as `Origin.path` has them, over base names, and over the folders that a
    name lies in. `stdin` is what `-` stands for. Raise SourceError for a PATH that is not there.
    """
    _check(paths, stdin)
    labels = labels_of(paths)
    found = [
        _discover_one(path, label, len(paths) > 1, as_format, stdin) for path, label in zip(paths, labels, strict=True)
    ]
    every = Discovery(
        tuple(sorted((file for one in found for file in one.files), key=lambda file: file.name)),
        tuple(sorted(note for one in found for note in one.notes)),
        tuple(scan for one in found for scan in one.scanned),
        tuple(host for one in found for host in one.hosts),
    )
    return narrowed(every, only, exclude)


def narrowed(found: Discovery, only: Sequence[str], exclude: Sequence[str]) -> Discovery:
    """Leave out the files, and the notes about files, that were not asked for; see `discover`."""
    files = (file for file in found.files if _wanted(file.name, only, exclude))
    notes = (note for note in found.notes if _wanted(note.origin.path, only, exclude))
    return replace(found, files=tuple(files), notes=tuple(notes))


def labels_of(paths: Sequence[str]) -> list[str]:
    """Give each PATH a name of its own: its last part, or as many parts from its end as tell it from the others."""
    parts = [(_STREAM_NAME,) if path == STREAM else parts_of(path) or ("root",) for path in paths]
    labels = []
    for position, own in enumerate(parts):
        others = [other for index, other in enumerate(parts) if index != position]
        length = 1
        while length < len(own) and any(other[-length:] == own[-length:] for other in others):
            length += 1
        label = "/".join(own[-length:])
        twins = sum(other == own for other in parts[:position])
        labels.append(shown(label) + (f"#{twins + 1}" if twins else ""))
    return labels


def _check(paths: Sequence[str], stdin: bytes | None) -> None:
    for path in paths:
        if path == STREAM and stdin is None:
            raise SourceError(STREAM, "nothing was given on standard input", "pipe a crontab or a manifest in")
        if path != STREAM and not os.path.lexists(path):
            raise SourceError(shown(path), "there is no such file or folder", "check the path")


def _discover_one(path: str, label: str, several: bool, as_format: Format | None, stdin: bytes | None) -> Discovery:
    if path == STREAM:
        return Discovery((replace(from_stream(stdin or b"", label, as_format), place=_STREAM_NAME),))
    real = os.path.realpath(path)
    node = examine(label, real)
    if node.kind is not NodeKind.FOLDER:
        file = replace(explicit_file(path, label, as_format), place=label.rpartition("/")[2])
        scan = ScannedPath("", real.rpartition("/")[0], {label: node})
        return Discovery((file,), scanned=(scan,))
    nodes = {node.name: node for node in walk(real)}
    if "" in nodes:  # the folder itself cannot be listed
        return Discovery((refused_file(label, as_format or Format.CRONTAB, f"could not be listed: {nodes[''].why}"),))
    context = parts_of(path)
    if context[-1:] != ("etc",) and is_etc(nodes):
        context = (*context, "etc")
    scan = ScannedPath(label if several else "", real, nodes)
    roots = find_roots(nodes, context)
    scan = replace(scan, roots=named_roots(scan, roots, label if several else None))
    files = files_of(scan, context, as_format)
    return Discovery(files.files, files.notes, (scan,), host_places(scan))


def _wanted(name: str, only: Iterable[str], exclude: Iterable[str]) -> bool:
    chosen = list(only)
    return (not chosen or any(_matches(name, glob) for glob in chosen)) and not any(
        _matches(name, glob) for glob in exclude
    )


def _matches(name: str, glob: str) -> bool:
    if "/" not in glob and fnmatchcase(name.rpartition("/")[2], glob):
        return True
    clean = glob.rstrip("/")
    parts = name.split("/")
    return any(fnmatchcase("/".join(parts[:length]), clean) for length in range(1, len(parts) + 1))
