"""Open a log, plain or gzip, and give its lines one by one: however long it is, and whatever it holds."""

from __future__ import annotations

import errno
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from migrator.history.types import HistoryError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_LINE = 65_536
MOST_BYTES = 64 << 30
_DEEPEST = 3
_GZIP = b"\x1f\x8b"
_DAMAGED = "the gzip file is damaged or incomplete: what comes after is missing"
_GZIP_WINDOW = 31  # zlib's word for a gzip header and the largest window (zlib.h, inflateInit2)
_CHUNK = 1 << 16
# Logs of cron become twenty or thirty times smaller. What unpacks to more than this is made to take time.
_MOST_UNPACKED = 200
_ANY_UNPACKED = 8 << 20
_OTHERS = {
    b"LPKSHHRH": "the journal's own format: give what `journalctl -o short-iso` writes",
    b"\xfd7zXZ\x00": "xz: unpack it first",
    b"BZh": "bzip2: unpack it first",
    b"\x28\xb5\x2f\xfd": "Zstandard: unpack it first",
    b"PK\x03\x04": "zip: unpack it first",
    b"\xff\xfe": "UTF-16: write it as UTF-8 first",
    b"\xfe\xff": "UTF-16: write it as UTF-8 first",
    b"__CURSOR=": "the journal's export format: give what `journalctl -o short-iso` writes",
}
_UTF_8_MARK = b"\xef\xbb\xbf"  # a log that an editor has saved may begin with one


class NoLogError(Exception):
    """Bytes that are no text; the message says what they are, and what to give instead."""


class BrokenLogError(Exception):
    """A log that ends before it should; the message says why. What came before it was given."""


def logs_below(path: Path) -> tuple[Path, ...]:
    """Give a file itself, or a folder's files, sorted, links left out. Raise HistoryError if it is missing.

    A folder that holds folders alone has one for each host (or each day): their files are given.
    """
    try:
        if not path.is_dir():
            path.stat()
            return (path,)
        found = _files_in(path, _DEEPEST)
    except OSError as error:
        raise HistoryError(str(path), error.strerror or "cannot be read", "name a log file, or a folder") from error
    return tuple(sorted(found))


def _files_in(folder: Path, depth: int) -> list[Path]:
    items = [item for item in folder.iterdir() if not item.is_symlink() and not item.name.startswith(".")]
    files = [item for item in items if item.is_file()]
    if files or not depth:
        return files
    return [file for item in items if item.is_dir() for file in _files_in(item, depth - 1)]


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
            text = _Unpacked(stream)
            yield from _lines(io.BufferedReader(text, 1 << 20))
            if text.fault:
                raise BrokenLogError(text.fault)
        else:
            if head.startswith(_UTF_8_MARK):
                stream.seek(len(_UTF_8_MARK))
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
        try:
            yield stream
        except OSError as error:  # of a disk that fails, or a file of the kernel's
            raise HistoryError(str(path), error.strerror or "cannot be read", "name a log that can be read") from error


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    left = MOST_BYTES
    while line := stream.readline(LONGEST_LINE):
        cut = not line.endswith(b"\n") and len(line) == LONGEST_LINE
        left -= len(line)
        while cut and left >= 0 and (rest := stream.readline(LONGEST_LINE)):
            left -= len(rest)
            if rest.endswith(b"\n"):
                break
            if not rest.strip(b"\0"):
                left -= _hole_passed(stream)
        if left < 0:
            msg = f"more than {MOST_BYTES >> 30} GiB: the rest was not read"
            raise BrokenLogError(msg)
        yield line.rstrip(b"\r\n"), cut


def _hole_passed(stream: BinaryIO) -> int:
    """Go on behind the part of a file that nobody wrote, and that reads as zeros (lseek(2)); give its size."""
    if not isinstance(stream, io.BufferedReader) or not isinstance(stream.raw, io.FileIO):
        return 0
    file, here = stream.fileno(), stream.tell()
    read_to = os.lseek(file, 0, os.SEEK_CUR)  # the stream has read ahead, and goes on from there
    try:
        data = os.lseek(file, here, os.SEEK_DATA)
    except OSError as error:
        # No data up to the end; else a file system that knows of no holes.
        data = os.fstat(file).st_size if error.errno == errno.ENXIO else here
    os.lseek(file, read_to, os.SEEK_SET)
    return stream.seek(max(here, data)) - here


class _Unpacked(io.RawIOBase):
    """The text of a gzip file (RFC 1952), one member after the other; `fault` says why it ends before it should."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._member = zlib.decompressobj(_GZIP_WINDOW)
        self._waiting = b""
        self._begun = False
        self._packed_size = 0
        self._size = 0
        self.fault = ""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Unpack into a buffer; 0 at the end, whole or not."""
        view = memoryview(buffer)
        while not self.fault:
            if not self._waiting:
                self._waiting = self._packed.read(_CHUNK)
                self._packed_size += len(self._waiting)
            if not self._waiting:
                self.fault = _DAMAGED if self._begun else ""
                return 0
            text = self._unpacked(len(view))
            self._size += len(text) - text.count(0)  # zeros, which a crash leaves, are passed by at once
            if self._size > max(_ANY_UNPACKED, _MOST_UNPACKED * self._packed_size):
                self.fault = f"it unpacks to more than {_MOST_UNPACKED} times its size: the rest was not read"
            if text:
                view[: len(text)] = text
                return len(text)
        return 0

    def _unpacked(self, most: int) -> bytes:
        self._begun = True
        try:
            text = self._member.decompress(self._waiting, most)
        except zlib.error:
            self.fault = _DAMAGED
            return b""
        self._waiting = self._member.unconsumed_tail
        if self._member.eof:
            # Zeros may fill the file up behind a member.
            self._waiting = self._member.unused_data.lstrip(b"\0")
            self._member = zlib.decompressobj(_GZIP_WINDOW)
            self._begun = False
        return text
