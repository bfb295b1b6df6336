"""Tests of `graph`: pictures and text."""

from __future__ import annotations

import errno
import os
from types import SimpleNamespace

import pytest

from tests.cli.running import CHAIN, run, tab


@pytest.mark.parametrize(
    ("name", "begins"),
    [("g.svg", b"<?xml"), ("g.png", b"\x89PNG"), ("g.dot", b"digraph"), ("g.mmd", b"flowchart"), ("G.SVG", b"<?xml")],
)
def test_the_ending_says_what_is_written(tmp_path, name, begins):
    """The file is of the kind that its ending names; its name is all that is printed."""
    told = run("graph", tab(tmp_path), "-o", tmp_path / name, "--tz", "UTC")
    assert (told.code, told.out, told.err) == (0, f"{tmp_path / name}\n", "")
    assert (tmp_path / name).read_bytes().lstrip().startswith(begins)


def test_every_job_is_a_node(tmp_path):
    """The text holds all jobs and the dependency between two of them."""
    run("graph", tab(tmp_path), "-o", tmp_path / "g.mmd")
    text = (tmp_path / "g.mmd").read_text()
    assert all(name in text for name in ("extract", "load", "report"))
    assert "-->" in text or "-.->" in text or "==>" in text


def test_one_cluster(tmp_path):
    """`--cluster` leaves the others out."""
    path = tab(tmp_path)
    titles = [job["title"] for job in run("scan", "--json", path).json["jobs"]]
    report = next(title for title in titles if "report" in title)
    assert run("graph", path, "-o", tmp_path / "g.dot", "--cluster", report).code in {0, 11}
    text = (tmp_path / "g.dot").read_text()
    assert "report" in text
    assert "extract" not in text


def test_an_unknown_cluster_is_two(tmp_path):
    """A cluster that is not there is told, and no file is written."""
    told = run("graph", tab(tmp_path), "-o", tmp_path / "g.dot", "--cluster", "nobody")
    assert told.code == 2
    assert "no job or cluster has this name" in told.err
    assert not (tmp_path / "g.dot").exists()


def test_another_ending_is_two(tmp_path):
    """The endings that are known stand in the message."""
    told = run("graph", tab(tmp_path), "-o", tmp_path / "g.pdf")
    assert told.code == 2
    assert ".svg, .png, .dot, .mmd" in told.err


def test_a_full_disk_leaves_the_old_picture(tmp_path, monkeypatch):
    """What cannot be written whole is not written at all, and nothing is left beside it."""
    picture = tmp_path / "out" / "g.mmd"
    picture.parent.mkdir()
    picture.write_text("the old one")

    def full(_file, _mode):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("migrator.report.graph_file.os", SimpleNamespace(fdopen=full, path=os.path))
    told = run("graph", tab(tmp_path), "-o", picture)
    assert told.code == 1
    assert "No space left on device" in told.err
    assert [(file.name, file.read_text()) for file in picture.parent.iterdir()] == [("g.mmd", "the old one")]


def test_a_picture_has_the_usual_mode(tmp_path):
    """A new file has the mode that the umask leaves, one that was there keeps its own."""
    run("graph", tab(tmp_path), "-o", tmp_path / "g.mmd")
    (tmp_path / "g.dot").write_text("")
    (tmp_path / "g.dot").chmod(0o640)
    run("graph", tab(tmp_path), "-o", tmp_path / "g.dot")
    (tmp_path / "any").write_text("")
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("g.mmd", "any", "g.dot")]
    assert modes[0] == modes[1]
    assert modes[2] == 0o640


def test_no_job_is_three(tmp_path):
    """Nothing to draw."""
    assert run("graph", tab(tmp_path, "# no\n"), "-o", tmp_path / "g.dot").code == 3
    assert not (tmp_path / "g.dot").exists()


def test_a_place_that_cannot_be_written(tmp_path):
    """The fault and the place, exit code 1."""
    told = run("graph", tab(tmp_path), "-o", tmp_path / "none/g.dot")
    assert told.code == 1
    assert "none/g.dot" in told.err


def test_an_unread_line_is_eleven(tmp_path):
    """The picture is drawn, and the exit code says that something is missing in it."""
    assert run("graph", tab(tmp_path, CHAIN + "nonsense\n"), "-o", tmp_path / "g.dot").code == 11


def test_a_pipe_is_no_file_to_write(tmp_path):
    """Nobody may ever read from it."""
    os.mkfifo(tmp_path / "g.mmd")
    told = run("graph", tab(tmp_path), "-o", tmp_path / "g.mmd")
    assert told.code == 1
    assert "g.mmd: is not a plain file" in told.err
