"""Files of a program's own among the files read: its modules and libraries, its settings."""

from __future__ import annotations

import posixpath

from migrator.commands.record import BESIDE, Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value


def followed(walk: Walk, name: Value, expanded: str | None, scope: Scope) -> tuple[str, str, Source] | None:
    """Find a file that a program names: its path, how it was found, its text. A file of another name is another one."""
    found = walk.follow(name.written, expanded, scope)
    return found if found is not None and posixpath.basename(found[0]) == posixpath.basename(name.text) else None


def near(path: str, deployed: str, how: str) -> bool:
    """Say whether a found file is the module that was meant: its folder has the same name, or none is known."""
    if how.startswith(BESIDE):
        return True
    folder = posixpath.basename(posixpath.dirname(path))
    meant = posixpath.basename(posixpath.dirname(deployed))
    return not folder or not meant or folder == meant or "*" in meant or meant in (".", "~")
