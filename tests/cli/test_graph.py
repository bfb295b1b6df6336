"""Tests of `graph`: pictures and text."""

from __future__ import annotations

import os

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
