"""A new file that is there whole or not at all, whenever the run ends."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_NOT_SUPPORTED = frozenset({errno.EISDIR, errno.EOPNOTSUPP, errno.ENOENT, errno.EINVAL})


def write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there yet; raise FileExistsError where it is, else OSError.

    Where the system can, it gets its name when its content is complete (O_TMPFILE of open(2)), so that even SIGKILL
    leaves no part of it.
    """
    descriptor = _nameless(path.parent, mode)
    if descriptor is None:
        _write_named(path, content, mode)
        return
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        # With a folder's descriptor Python calls linkat(2), which follows the link to the file; else link(2).
        os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor, follow_symlinks=True)


def _nameless(folder: Path, mode: int) -> int | None:
    """Open a file without a name; None where the system or the file system has none, or could not name it later."""
    if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, mode)
    except OSError as error:
        if error.errno in _NOT_SUPPORTED:
            return None
        raise


def _write_named(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except BaseException:  # an interrupt, too, must not leave half a file
        path.unlink()
        raise
