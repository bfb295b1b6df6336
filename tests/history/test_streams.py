"""Tests of opening logs."""

from __future__ import annotations

import errno
import gzip
import os

import pytest

from migrator.history import HistoryError, streams
from migrator.history.streams import BrokenLogError, NoLogError, lines_of, logs_below
from tests.history.logs import written


@pytest.mark.parametrize("packed", [False, True])
def test_gives_lines_without_their_ends(tmp_path, packed):
    """Plain or gzip, with or without a last line feed, told by the content and not by the name."""
    path = written(tmp_path, "a\r\nb\n\nc", packed=packed)
    assert list(lines_of(path)) == [(b"a", False), (b"b", False), (b"", False), (b"c", False)]


def test_cuts_a_line_without_end(tmp_path):
    """What is longer than a line may be is dropped, and the next line is whole."""
    long = "x" * (3 * streams.LONGEST_LINE + 5)
    path = written(tmp_path, f"{long}\nb\n{'y' * streams.LONGEST_LINE}\nc\n")
    found = list(lines_of(path))
    assert [(len(line), cut) for line, cut in found] == [
        (streams.LONGEST_LINE, True),
        (1, False),
        (streams.LONGEST_LINE, True),
        (1, False),
    ]


@pytest.mark.parametrize("hole", [0, 3 * streams.LONGEST_LINE, 1 << 26])
def test_goes_past_a_hole(tmp_path, hole):
    """A sparse file's zeros are the end of a long line, and are not read one by one."""
    path = tmp_path / "sparse"
    with path.open("wb") as stream:
        stream.write(b"a\n" + b"\0" * (2 * streams.LONGEST_LINE) + b"x" * 10)
        stream.seek(hole, os.SEEK_CUR)
        stream.write(b"\0" * 70_000 + b"y\nb\n" + b"\0" * 200_000)
        stream.truncate(stream.tell() + hole)
    found = [(len(line), cut) for line, cut in lines_of(path)]
    assert found == [(1, False), (streams.LONGEST_LINE, True), (1, False), (streams.LONGEST_LINE, True)]


def test_keeps_what_came_before_the_damage(tmp_path):
    """A gzip file that ends too early gives its lines, then says so."""
    data = gzip.compress(os.urandom(50_000).hex().encode() + b"\n" + b"b\n" * 10)
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(b"first\n") + data[:-400])
    lines = lines_of(path)
    assert next(lines) == (b"first", False)
    with pytest.raises(BrokenLogError, match="incomplete"):
        list(lines)


def test_stops_at_the_bound(tmp_path, monkeypatch):
    """A bomb is not unpacked to its end."""
    monkeypatch.setattr(streams, "MOST_BYTES", 1000)
    path = written(tmp_path, "x" * 99 + "\n" + ("y" * 99 + "\n") * 100, packed=True)
    lines = lines_of(path)
    with pytest.raises(BrokenLogError, match="not read"):
        list(lines)


def test_stops_where_little_becomes_too_much(tmp_path, monkeypatch):
    """What unpacks to hundreds of times its size is no log; zeros, which a crash leaves, are passed by."""
    monkeypatch.setattr(streams, "_ANY_UNPACKED", 1000)
    path = written(tmp_path, "\n" * 3_000_000, packed=True)
    with pytest.raises(BrokenLogError, match="more than 200 times its size: the rest was not read"):
        list(lines_of(path))
    zeros = written(tmp_path, "\0" * 3_000_000 + "\nlast\n", "zeros", packed=True)
    assert list(lines_of(zeros))[-1] == (b"last", False)


@pytest.mark.parametrize(
    "magic",
    [
        b"LPKSHHRH\0\0",
        b"\xfd7zXZ\x00\0",
        b"BZh91AY",
        b"\x28\xb5\x2f\xfd\0",
        b"PK\x03\x04",
        b"\xff\xfeN\0",
        b"__CURSOR=s",
    ],
)
def test_names_what_is_no_text(tmp_path, magic):
    """The journal's own files and other packers are told apart."""
    path = tmp_path / "log"
    path.write_bytes(magic)
    with pytest.raises(NoLogError, match=r"unpack|journalctl|UTF-8"):
        list(lines_of(path))


def test_passes_over_the_mark_of_utf_8(tmp_path):
    """An editor may have put it in front of the first line; anywhere else it is text."""
    assert list(lines_of(written(tmp_path, "\ufeffa\n\ufeffb\n"))) == [(b"a", False), ("\ufeffb".encode(), False)]


def test_refuses_what_is_no_file(tmp_path):
    """A pipe, a missing file and a missing folder stop the run with their place."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(HistoryError, match="plain file"):
        list(lines_of(tmp_path / "pipe"))
    with pytest.raises(HistoryError, match="missing"):
        logs_below(tmp_path / "missing")
    with pytest.raises(HistoryError, match="missing"):
        list(lines_of(tmp_path / "missing"))


def test_tells_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    """What fails while it is read is told with the log's place, not with that of something else."""

    def failing(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(streams, "_lines", failing)
    with pytest.raises(HistoryError, match=r"log: Input/output error; name a log"):
        list(lines_of(written(tmp_path, "x", "log")))


def test_lists_the_files_of_a_folder(tmp_path):
    """Sorted; links, hidden files and folders are left out; a file stands for itself."""
    for name in ("b", "a", ".hidden"):
        written(tmp_path, "", name)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert [path.name for path in logs_below(tmp_path)] == ["a", "b"]
    assert logs_below(tmp_path / "a") == (tmp_path / "a",)


def test_lists_the_files_of_a_folder_for_each_host(tmp_path):
    """As the instructions lay them: one folder a host and nothing beside these."""
    for host in ("web2", "web1"):
        (tmp_path / "logs" / host).mkdir(parents=True)
        written(tmp_path / "logs" / host, "", "syslog")
    assert [str(path.relative_to(tmp_path)) for path in logs_below(tmp_path / "logs")] == [
        "logs/web1/syslog",
        "logs/web2/syslog",
    ]
