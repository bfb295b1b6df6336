"""Tests of how lines become runs."""

from __future__ import annotations

import pytest

from migrator.history.events import NO_LAP, Event, Name
from migrator.history.messages import Channel, Kind
from migrator.history.runs import HostRuns

NAME = Name("h1", "", Channel.CRON, "etl", "a", cut=False)


def told(*lines, name=NAME):
    """Take lines of (moment, kind, pid[, child]); give the starts with how long each lasted."""
    runs = HostRuns()
    for number, (moment, kind, pid, *child) in enumerate(lines, start=1):
        event = Event(moment, 0, NO_LAP, number, kind, pid, child[0] if child else None, kind is Kind.FAILED, 0)
        runs.take(moment, 0, event, name)
    track = runs.tracks[name]
    return [*zip(track.starts, track.lasting, strict=True)], track


def test_an_end_belongs_to_the_next_pid_up():
    """Of two runs of one command, the parent's child is the nearest above; the other stays open until its end."""
    lines = [(0, Kind.START, 11), (60, Kind.START, 21), (70, Kind.END, 20), (600, Kind.END, 10)]
    assert told(*lines)[0] == [(0, 600), (60, 10)]


def test_an_end_with_the_child_s_pid_needs_no_guess():
    """Debian's log level 8 names it; one that names a pid nobody knows ends nothing."""
    lines = [(0, Kind.START, 10, 55), (60, Kind.START, 20, 44), (70, Kind.END, 10, 55), (90, Kind.END, 9, 99)]
    assert told(*lines)[0] == [(0, 70), (60, -1)]


def test_pids_that_wrapped_round_end_nothing():
    """All candidates lie below the parent's pid, and there are two: not known."""
    lines = [(0, Kind.START, 11), (60, Kind.START, 21), (70, Kind.END, 32_000)]
    assert told(*lines)[0] == [(0, -1), (60, -1)]


def test_an_end_without_a_start_ends_nothing():
    """The log begins in the middle of a run."""
    assert told((5, Kind.END, 10), (60, Kind.START, 21), (70, Kind.END, 20))[0] == [(60, 10)]


def test_a_run_within_one_second_took_one():
    """Stamps are whole seconds: nothing takes no time."""
    assert told((0, Kind.START, 11), (0, Kind.END, 10))[0] == [(0, 1)]


def test_a_session_and_an_end_are_one_end():
    """The first of them counts; the next END is then another run's."""
    lines = [
        (0, Kind.OPENED, 10),
        (0, Kind.START, 11),
        (30, Kind.END, 10),
        (31, Kind.CLOSED, 10),
        (60, Kind.OPENED, 20),
        (60, Kind.START, 21),
        (95, Kind.CLOSED, 20),
        (96, Kind.END, 20),
    ]
    assert told(*lines)[0] == [(0, 30), (60, 35)]


def test_a_session_tells_overlapping_runs_of_one_command_apart():
    """Each is known by its parent."""
    lines = [
        (0, Kind.OPENED, 10),
        (0, Kind.START, 30_000),
        (60, Kind.OPENED, 20),
        (60, Kind.START, 25_000),
        (70, Kind.END, 10),
        (100, Kind.END, 20),
    ]
    assert told(*lines)[0] == [(0, 70), (60, 40)]


def test_failures_are_counted_once_and_for_a_known_child():
    """The pid names the run; a pid that nobody started is nobody's failure."""
    lines = [(0, Kind.START, 11), (9, Kind.FAILED, 10, 11), (9, Kind.FAILED, 10, 11), (9, Kind.FAILED, 10, 77)]
    assert told(*lines)[1].failed == 1


@pytest.mark.parametrize("channel", [Channel.ANACRON, Channel.RUN_PARTS])
def test_others_log_both_ends_themselves(channel):
    """The same pid where there is one, else the last start."""
    name = NAME._replace(channel=channel)
    lines = [(0, Kind.START, 50), (100, Kind.START, 60), (130, Kind.END, 60), (150, Kind.END, 71)]
    assert told(*lines, name=name)[0] == [(0, 150), (100, 30)]


def test_open_runs_and_pids_are_bounded():
    """A hundred thousand starts without an end are kept as starts alone."""
    lines = [(number, Kind.START, number + 1) for number in range(100_000)]
    starts, track = told(*lines, (100_000, Kind.END, 99_999))
    assert len(starts) == 100_000
    assert track.lasting[-1] == 1
