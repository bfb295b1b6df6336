"""Turn touches into accesses: resolve paths against folder, home and host."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from migrator.commands import paths
from migrator.commands.invocation import Space, Touch
from migrator.commands.scope import Scope
from migrator.model import Access, Mode, Origin, Resource, ResourceKind

_FAINT = 0.3
# Members are found once: in Python 3.11 that takes as long as a call.
_FILE = ResourceKind.FILE
_PATH, _PLACE = Space.PATH, Space.PLACE
_PATTERN = ("*", "?", "[")


def name(touch: Touch, scope: Scope) -> Resource | None:
    """Give what a touch touches, or None where its name says nothing."""
    found = _named(touch, scope)
    return found if found is None or touch.mode is Mode.READ else somewhere(found)


def somewhere(found: Resource) -> Resource:
    """Name what is written or deleted in a tree of folders: where there, is known to a run."""
    return replace(found, name=found.name.replace("/**/", "/")) if "/**/" in found.name else found


def _named(touch: Touch, scope: Scope) -> Resource | None:
    text = touch.value.text
    if touch.value.quoted and text[:1] == "~":
        text = f"./{text}"
    space = touch.space
    if space is not _PATH and space is Space.TABLE:
        found = paths.table(None, text)
        return found if paths.vague(found.name.replace(".", "/")) is False else None
    if text[:1] in _PATTERN and (touch.value.exact or touch.value.written.startswith(text[0])):
        # A pattern that is written so, not a beginning that is not known.
        text = f"./{text}"
    if text[:1] == "*" and not touch.value.exact and "/" not in text:
        if not touch.value.dated or text.startswith("**") or not text.strip("*"):
            return None
        # A date has no folder in it.
        text = f"./{text}"
    if space is not _PATH and space is Space.HDFS:
        found = paths.hdfs(text, scope.user)
        return None if paths.vague(found.name.removeprefix("hdfs://")) else found
    mounted = outside(text, scope) if scope.mounts and "://" not in text else None
    if mounted is not None:
        return paths.resource(mounted, scope.folder.text, scope.home.text, scope.host)
    found_path = paths.resource(text, scope.folder.text, scope.home.text, scope.host, remote=space is _PLACE)
    if scope.inside and found_path is not None and found_path.kind is _FILE:
        return _within(found_path.name, scope.kept)
    return found_path


WORKDIR = "~workdir"
"""The folder that a container's commands begin in, which its image says."""


def _within(name: str, container: str) -> Resource | None:
    """Give a file of a container that runs on, nothing where the container goes with the command."""
    if not container or name.startswith("*"):
        return None
    return Resource(ResourceKind.REMOTE, f"{container}:{name.removeprefix(WORKDIR + '/')}")


def access(touch: Touch, scope: Scope, origin: Origin, text: str, *, log: bool = False) -> list[Access]:
    """Give the access of a touch, nothing for what is unknown, a device or private to one run."""
    return [] if touch.value.private else accesses(name(touch, scope), touch, origin, text, log=log)


def accesses(found: Resource | None, touch: Touch, origin: Origin, text: str, *, log: bool = False) -> list[Access]:
    """Give the access of a touch of a known resource; nothing for what is private to one run."""
    if found is None or touch.value.private or touch.value.text == "-":
        return []
    confidence = touch.confidence
    if found.name[:1] == "*" and found.kind is _FILE:
        confidence = min(confidence, _FAINT)
    if touch.path:
        origin = Origin(touch.path, touch.line)
    return [
        Access(
            found, touch.mode, origin, text, confidence, log, columns=touch.columns, rows=touch.rows, stale=touch.stale
        )
    ]


def file_name(touch: Touch, scope: Scope) -> str | None:
    """Give the normal form of any touched name, of a single run's files too."""
    found = name(touch, scope)
    return None if found is None else found.name


def path_of(text: str, scope: Scope) -> str:
    """Give the normal form of a local path."""
    return paths.absolute(paths.pattern(text), scope.folder.text, scope.home.text)


def outside(text: str, scope: Scope) -> str | None:
    """Give where a path of a container lies on its host, None where no folder of the host is mounted over it."""
    whole = text if text.startswith("/") else f"{scope.folder.text}/{text}"
    clean = posixpath.normpath(whole)
    for folder, inside in sorted(scope.mounts, key=lambda mount: -len(mount[1])):
        if clean == inside or clean.startswith(inside.rstrip("/") + "/"):
            return posixpath.normpath(f"{folder.text}/{clean[len(inside) :]}")
    return None


def deployed(text: str, scope: Scope, *, exact: bool) -> str | None:
    """Give a called program's deployed path as far as it is known, None where a part of it is not."""
    if not exact or "*" in text:
        return None
    found = paths.absolute(text, scope.folder.text, scope.home.text)
    return None if "*" in found else found
