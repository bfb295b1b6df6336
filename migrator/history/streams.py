"""Open a log, plain or gzip, and give its lines one by one: however long it is, and whatever it holds."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from migrator.history.types import HistoryError

LONGEST_LINE = 65_536
MOST_BYTES = 64 << 30
_GZIP = b"\x1f\x8b"
_OTHERS = {
    b"LPKSHHRH": "the journal's own format: give what `journalctl -o short-iso` writes",
    b"\xfd7zXZ\x00": "xz: unpack it first",
    b"BZh": "bzip2: unpack it first",
    b"\x28\xb5\x2f\xfd": "Zstandard: unpack it first",
    b"PK\x03\x04": "zip: unpack it first",
}


class NoLogError(Exception):
    """Bytes that are no text; the message says what they are, and what to give instead."""


class BrokenLogError(Exception):
    """A log that ends before it should; the message says why. What came before it was given."""


def logs_below(path: Path) -> tuple[Path, ...]:
    """Give a file itself, or a folder's files, sorted, links left out. Raise HistoryError if it is missing."""
    try:
        if not path.is_dir():
            path.stat()
            return (path,)
        found = [item for item in path.iterdir() if item.is_file() and not item.is_symlink()]
    except OSError as error:
        raise HistoryError(str(path), error.strerror or "cannot be read", "name a log file, or a folder") from error
    return tuple(sorted(item for item in found if not item.name.startswith(".")))


def lines_of(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Yield each line without its end, and whether it was cut at `LONGEST_LINE`.

    Raise HistoryError if the file cannot be opened, NoLogError if it holds no text, BrokenLogError where it breaks off.
    """
    with _opened(path) as stream:
        head = stream.peek(16)[:16] if isinstance(stream, io.BufferedReader) else b""
        for magic, what in _OTHERS.items():
            if head.startswith(magic):
                raise NoLogError(what)
        if head.startswith(_GZIP):
            with gzip.GzipFile(fileobj=stream) as packed:
                yield from _lines(io.BufferedReader(packed, 1 << 20))
        else:
            yield from _lines(stream)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        # A pipe that nobody writes to must not hold the run up.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise HistoryError(str(path), error.strerror or "cannot be opened", "name a log that can be read") from error
    with os.fdopen(descriptor, "rb", 1 << 20) as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise HistoryError(str(path), "is not a plain file", "name a log file, or a folder of them")
        yield stream


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    left = MOST_BYTES
    try:
        while line := stream.readline(LONGEST_LINE):
            cut = not line.endswith(b"\n") and len(line) == LONGEST_LINE
            left -= len(line)
            while cut and (rest := stream.readline(LONGEST_LINE)):
                left -= len(rest)
                if rest.endswith(b"\n") or left < 0:
                    break
            if left < 0:
                msg = f"more than {MOST_BYTES >> 30} GiB: the rest was not read"
                raise BrokenLogError(msg)
            yield line.rstrip(b"\r\n"), cut
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        msg = "the gzip file is damaged or incomplete: what comes after is missing"
        raise BrokenLogError(msg) from error
    except OSError as error:
        msg = f"{error.strerror or 'cannot be read'}: what comes after is missing"
        raise BrokenLogError(msg) from error
