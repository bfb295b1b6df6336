"""A folder that is whole at any moment: written beside its place and swapped in when it is finished."""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from migrator.model import MigratorError
from migrator.sources import own_plan

OURS = own_plan.NAMES
_NOISE = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_MARKER = own_plan.FILE_NAME
_ASIDE = "-old"
_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), RENAME_SWAP of renamex_np(2): the same number
_NOT_SUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


class WriteError(MigratorError):
    """A folder that could not be written: a full disk, a missing permission."""


class ForeignFolderError(WriteError):
    """A folder that migrator did not write; it is never replaced."""

    exit_code = 2


@contextmanager
def replacing(directory: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well it takes the place of `directory`, else it is removed.

    What runs that were killed left beside it is cleared first. Raise ForeignFolderError where something else stands in
    the place, and WriteError, with the place, for what the operating system refuses.
    """
    place = Path(os.path.realpath(directory))
    try:
        check_ours(place, str(directory))
        place.parent.mkdir(parents=True, exist_ok=True)
        _clear(place)
        with _held_folder(place) as made:
            yield made
            made.chmod(0o777 & ~umask())
            _swap(made, place)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(directory)
        raise WriteError(where, error.strerror or str(error), "nothing was changed") from error


def check_ours(place: Path, shown: str) -> None:
    """Raise ForeignFolderError unless the place is free, an empty folder, or a folder that migrator wrote."""
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise ForeignFolderError(shown, "is not a folder", "name another place with -o")
    names = {entry.name for entry in place.iterdir()} - _NOISE
    if not names:
        return
    if not _is_plan(place / _MARKER):
        raise ForeignFolderError(
            shown, "holds files but no plan that migrator wrote, so it is not replaced", "name another place with -o"
        )
    if foreign := sorted(names - OURS):
        remedy = "move it away, or name another place with -o"
        raise ForeignFolderError(shown, f"holds {foreign[0]!r}, which migrator did not write", remedy)


def _is_plan(path: Path) -> bool:
    """Tell by the beginning, which `dump` always writes alike: a plan of many jobs is long."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return own_plan.begins_like_plan(stream.read(own_plan.BEGINNING_SIZE))
    except OSError:
        return False


def _prefix(place: Path) -> str:
    return f".{place.name[:100]}.migrator-"


def _clear(place: Path) -> None:
    _put_back(place)
    for left in sorted(place.parent.glob(f"{_glob_safe(_prefix(place))}*")):
        if left.is_symlink() or not left.is_dir():
            continue
        # In a folder that others may write to it may be theirs: it is no reason not to write ours.
        with suppress(PermissionError):
            _remove_if_left(left)


def _remove_if_left(left: Path) -> None:
    """Remove a folder unless its run is still going: that holds a lock on it; the lock of a killed one is gone."""
    handle = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left)
    except BlockingIOError:
        return
    finally:
        os.close(handle)


def _put_back(place: Path) -> None:
    """Put the old folder back that a run put aside and was killed before it had the new one in place."""
    if os.path.lexists(place):
        return
    aside = sorted(place.parent.glob(f"{_glob_safe(_prefix(place))}*{_ASIDE}"))
    whole = [left for left in aside if not left.is_symlink() and _is_plan(left / _MARKER)]
    if whole:
        with suppress(PermissionError):
            whole[0].rename(place)


def _glob_safe(name: str) -> str:
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)


@contextmanager
def _held_folder(place: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
    handle = os.open(made, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield made
    finally:
        # After an exchange the old folder has this name.
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def _swap(made: Path, place: Path) -> None:
    if not place.exists():
        made.rename(place)
        return
    check_ours(place, str(place))
    if not exchange(made, place):
        # Two renames: for an instant the place is empty, on systems that cannot exchange two names.
        aside = made.with_name(made.name + _ASIDE)
        place.rename(aside)
        try:
            made.rename(place)
        except OSError:
            aside.rename(place)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step of the file system; say False where the system has no such step."""
    library = ctypes.CDLL(None, use_errno=True)
    paths = (os.fsencode(one), os.fsencode(other))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*paths, _EXCHANGE)
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _NOT_SUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(other))


def umask() -> int:
    """Give the modes that new files do not get."""
    # The only way to read it is to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
