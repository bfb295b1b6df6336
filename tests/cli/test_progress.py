"""Tests of the progress bar: on a terminal only, and never on standard output."""

from __future__ import annotations

import io
import sys

import pytest

from migrator.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that says that somebody watches."""

    def isatty(self):
        """Say so."""
        return True


def terminal(monkeypatch):
    """Make standard error a terminal. Not a fixture: pytest takes the stream back when the test begins."""
    stream = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_silent_where_nobody_watches(monkeypatch):
    """A file gets nothing."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress() as show:
        show("reading", 1, 2)
    assert stream.getvalue() == ""


def test_a_bar_on_a_terminal(monkeypatch):
    """The stage and how much of it is done."""
    watched = terminal(monkeypatch)
    with progress() as show:
        show("drawing", 3, 7)
    assert "drawing" in watched.getvalue()
    assert "3/7" in watched.getvalue()


def test_the_rate_and_the_time_left_of_a_stage(monkeypatch):
    """Both follow from the steps that were told; another stage begins without them."""
    watched = terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "120")
    now = iter(range(1_000))
    monkeypatch.setattr("time.monotonic", lambda: float(next(now)))
    with progress() as show:
        for done in range(0, 5_000, 1_000):
            show("commands", done, 5_000)
        counted = watched.getvalue()
        show("graph", 2, 6)
    assert "4000/5000" in counted
    assert "/s" in counted.rpartition("4000/5000")[2]
    assert "left of it" in counted
    assert "/s" not in watched.getvalue().rpartition("graph")[2]


def test_no_colour_where_none_is_wanted(monkeypatch):
    """NO_COLOR holds for the bar, too."""
    watched = terminal(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    with progress() as show:
        show("drawing", 3, 7)
    assert "\x1b[3" not in watched.getvalue()


def test_an_error_leaves_no_bar_behind(monkeypatch):
    """The cursor comes back when the run fails."""
    watched = terminal(monkeypatch)

    def fail():
        with progress():
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        fail()
    assert "\x1b[?25h" in watched.getvalue()
