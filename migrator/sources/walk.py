"""List and open the files under a PATH without being led astray.

No link is followed, nothing but a regular file is opened, no read is longer than its cap. What cannot be listed or
opened comes out as a node or a `Refused` with the reason; nothing here raises for it (open(2), lstat(2)).
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from migrator.sources import own_plan

# Version control and installed dependencies hold copies of schedules that no cron reads.
SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", ".tox", ".venv", "__pycache__", "node_modules"})
# What the kernel makes up; below a host's root only.
KERNEL_FOLDERS = frozenset({"dev", "proc", "run", "sys"})
MAX_NODES = 500_000


class NodeKind(StrEnum):
    """What lies at a path; the value is how a message calls it."""

    FILE = "regular file"
    FOLDER = "folder"
    LINK = "symbolic link"
    FIFO = "FIFO"
    SOCKET = "socket"
    DEVICE = "device"
    CLOSED = "folder that cannot be listed"
    UNKNOWN = "path that cannot be examined"


@dataclass(frozen=True, slots=True)
class Node:
    """A path below a PATH. `name` is relative and `/`-separated, as the system gives it; `real` can be opened.

    `target` is what a link says. `why` is the system's reason for CLOSED and UNKNOWN.
    """

    name: str
    real: str
    kind: NodeKind
    size: int = 0
    mode: int = 0
    owner: int = 0
    links: int = 1
    target: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file's content is not there."""

    why: str


def walk(path: str, name: str = "") -> Iterator[Node]:
    """Yield what lies below a folder, which is called `name`: folders before their content, sorted by name.

    What migrator wrote into a folder below is not: each plan would be of the one before.
    """
    pending = [(name, path)]
    count = 0
    while pending:
        name, real = pending.pop()
        inner: list[tuple[str, str]] = []
        for node in _children(name, real, below=real != path):
            count += 1
            if count > MAX_NODES:
                yield Node(node.name, node.real, NodeKind.CLOSED, why=f"more than {MAX_NODES} files")
                return
            yield node
            if node.kind is NodeKind.FOLDER:
                inner.append((node.name, node.real))
        pending.extend(reversed(inner))


def examine(name: str, real: str) -> Node:
    """Say what lies at a path, without following a link at its end."""
    try:
        status = os.lstat(real)
        target = os.readlink(real) if stat.S_ISLNK(status.st_mode) else ""  # noqa: PTH115 - as it stands, not tidied
    except OSError as error:
        return Node(name, real, NodeKind.UNKNOWN, why=error.strerror or "cannot be examined")
    return Node(
        name, real, _kind(status.st_mode), status.st_size, status.st_mode, status.st_uid, status.st_nlink, target
    )


def content(real: str, limit: int, *, whole: bool = True) -> bytes | Refused:
    """Read a regular file, or say why not: gone, not readable, not regular any more, larger than `limit`.

    Where `whole` does not hold, only its first `limit` bytes are read.
    """
    # The file may have been changed since it was listed: neither a link nor a FIFO may lead or hold us up.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    try:
        descriptor = os.open(real, flags)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return Refused(f"is a {_kind(status.st_mode)}")
            if whole and status.st_size > limit:
                return Refused(f"is larger than {size_text(limit)} ({size_text(status.st_size)})")
            data = stream.read(limit + 1 if whole else limit)
    except OSError as error:
        return Refused((error.strerror or "cannot be read").lower())
    return data if len(data) <= limit else Refused(f"is larger than {size_text(limit)}")


def size_text(size: int) -> str:
    """Write a number of bytes in the largest binary unit that keeps it above one."""
    for unit, step in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= step:
            return f"{size / step:.4g} {unit}"
    return f"{size} bytes"


def _children(name: str, real: str, *, below: bool) -> Iterator[Node]:
    try:
        with os.scandir(real) as entries:
            found = sorted(entry.name for entry in entries)
    except OSError as error:
        yield Node(name, real, NodeKind.CLOSED, why=(error.strerror or "cannot be listed").lower())
        return
    # Beside anything else a plan hides nothing.
    ours = below and own_plan.FILE_NAME in found and own_plan.NAMES.issuperset(found)
    if ours and _is_plan(f"{real}/{own_plan.FILE_NAME}"):
        return
    if "etc" in found:
        found = [child for child in found if child not in KERNEL_FOLDERS]
    for child in found:
        node = examine(f"{name}/{child}" if name else child, f"{real}/{child}" if real != "/" else f"/{child}")
        if not (node.kind is NodeKind.FOLDER and (child in SKIPPED_FOLDERS or own_plan.is_unfinished(child))):
            yield node


def _is_plan(real: str) -> bool:
    head = content(real, own_plan.BEGINNING_SIZE, whole=False)
    return not isinstance(head, Refused) and own_plan.begins_like_plan(head)


def _kind(mode: int) -> NodeKind:
    for test, kind in (
        (stat.S_ISREG, NodeKind.FILE),
        (stat.S_ISDIR, NodeKind.FOLDER),
        (stat.S_ISLNK, NodeKind.LINK),
        (stat.S_ISFIFO, NodeKind.FIFO),
        (stat.S_ISSOCK, NodeKind.SOCKET),
    ):
        if test(mode):
            return kind
    return NodeKind.DEVICE
