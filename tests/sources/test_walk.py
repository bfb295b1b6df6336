"""Tests of walking a folder and opening its files safely."""

import os
import socket
from pathlib import Path

import pytest

from migrator.sources.walk import NodeKind, Refused, content, examine, size_text, walk
from tests.sources.planting import plant


def kinds(folder: Path) -> dict[str, NodeKind]:
    """Give what lies below a folder."""
    return {node.name: node.kind for node in walk(str(folder))}


def test_lists_without_following(tmp_path: Path):
    """Links, FIFOs and sockets are named for what they are; a link to a folder is not entered."""
    plant(tmp_path, {"a/b.txt": "x", "c": "y"})
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as each:
        each.bind(str(tmp_path / "sock"))
    assert kinds(tmp_path) == {
        "a": NodeKind.FOLDER,
        "a/b.txt": NodeKind.FILE,
        "c": NodeKind.FILE,
        "loop": NodeKind.LINK,
        "fifo": NodeKind.FIFO,
        "sock": NodeKind.SOCKET,
    }


def test_leaves_out_copies_and_the_kernel(tmp_path: Path):
    """Version control and dependencies are not entered; below a root, neither is what the kernel makes up."""
    plant(tmp_path, {".git/x": "", "node_modules/y": "", "etc/z": "", "proc/1": "", "src/proc/2": ""})
    assert {"etc/z", "src/proc/2"} == {name for name, kind in kinds(tmp_path).items() if kind is NodeKind.FILE}


def test_a_path_too_long_is_said(tmp_path: Path):
    """A folder deeper than the system can open is named with the reason."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(45):
        os.mkdir("d" * 100, dir_fd=descriptor)
        inner = os.open("d" * 100, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    last = list(walk(str(tmp_path)))[-1]
    assert last.kind in {NodeKind.CLOSED, NodeKind.UNKNOWN}
    assert "too long" in last.why.lower()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_said(tmp_path: Path):
    """A folder without permission is named with the reason."""
    plant(tmp_path, {"shut/crontab": "x"})
    (tmp_path / "shut").chmod(0)
    assert kinds(tmp_path)["shut"] is NodeKind.CLOSED
    (tmp_path / "shut").chmod(0o755)


def test_opens_regular_files_alone(tmp_path: Path):
    """A FIFO does not block, a link is not followed, a folder is no file, a missing file is no error."""
    plant(tmp_path, {"x": "text"})
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to("x")
    assert content(str(tmp_path / "x"), 10) == b"text"
    for name in ("fifo", "link", ".", "none"):
        assert isinstance(content(str(tmp_path / name), 10), Refused)


def test_a_device_is_not_read():
    """A device gives no content, however much it would give."""
    assert isinstance(content("/dev/zero", 10), Refused)


def test_large_files_are_refused(tmp_path: Path):
    """A sparse file of gigabytes costs nothing."""
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(5 << 30)
    refused = content(str(tmp_path / "sparse"), 64 << 20)
    assert refused == Refused("is larger than 64 MiB (5 GiB)")


def test_examines_what_is_gone(tmp_path: Path):
    """What is not there is unknown, with the reason."""
    node = examine("x", str(tmp_path / "x"))
    assert node.kind is NodeKind.UNKNOWN
    assert node.why


def test_sizes_in_words():
    """Sizes are told in the unit that suits them."""
    assert [size_text(n) for n in (5, 2048, 3 << 20, 1 << 30)] == ["5 bytes", "2 KiB", "3 MiB", "1 GiB"]
