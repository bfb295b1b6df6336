"""Tests of reading one log: what is counted, kept and named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from migrator.history import events
from migrator.history.events import NO_LAP, Names
from migrator.history.messages import Kind
from migrator.history.reading import read_log
from tests.history.logs import written

RUN = "Nov 22 06:25:01 h1 CRON[2]: (etl) CMD (a)"


def read(tmp_path, text, **asked):
    """Read a log of this text."""
    return read_log(written(tmp_path, text), "syslog", "", asked.pop("names", Names()), **asked)


def test_every_line_is_in_one_count(tmp_path):
    """Runs, other programs' lines, cron's own talk, blank ones, and what is no line of a log."""
    found = read(
        tmp_path, f"{RUN}\nNov 22 06:25:02 h1 sshd[9]: hi\nNov 22 06:25:03 h1 cron[9]: (CRON) INFO (x)\n\nhuh\n"
    )
    assert (found.lines, found.runs, found.other, found.unread) == (5, 1, 3, 1)
    [bad] = found.bad.values()
    assert (bad.origin.line, bad.count, bad.text) == (5, 1, "huh")


def test_bad_lines_of_one_reason_are_counted_together(tmp_path):
    """The first is named, redacted; the others are a number."""
    found = read(tmp_path, "x password=hunter2secret\ny\nz cron\n")
    assert [(bad.origin.line, bad.count) for bad in found.bad.values()] == [(1, 3)]
    assert "hunter2secret" not in str(found.bad)


def test_a_binary_file_is_named_as_a_whole(tmp_path):
    """The remedy is in the words."""
    path = tmp_path / "system.journal"
    path.write_bytes(b"LPKSHHRH\0\0\0")
    found = read_log(path, "system.journal", "", Names())
    assert (found.lines, found.events.__len__()) == (0, 0)
    assert "journalctl" in found.broken


def test_laps_count_the_new_years(tmp_path):
    """December to January is a new lap, November to October is none; a reversed log counts down."""
    stamps = ["Nov 30", "Oct 31", "Dec 31", "Jan  1", "Jan  2"]
    lines = [f"{stamp} 00:00:01 h CRON[1]: (a) CMD (b)" for stamp in stamps]
    assert [event.lap for event in read(tmp_path, "\n".join(lines)).events] == [0, 0, 0, 1, 1]
    assert [event.lap for event in read(tmp_path, "\n".join(reversed(lines))).events] == [0, 0, -1, -1, -1]


def test_written_years_have_no_lap(tmp_path):
    """An ISO stamp says its year itself."""
    [event] = read(tmp_path, "2026-11-22T06:25:01+01:00 h CRON[1]: (a) CMD (b)\n").events
    assert (event.lap, event.kind, event.pid, event.child) == (NO_LAP, Kind.START, 1, None)


def test_too_much_is_refused_and_said(tmp_path, monkeypatch):
    """Neither the number of events nor that of different commands is without a bound."""
    assert [bad.count for bad in read(tmp_path, f"{RUN}\n" * 5, room=2).bad.values()] == [3]
    monkeypatch.setattr(events, "MOST_NAMES", 1)
    found = read(tmp_path, f"{RUN}\n{RUN}\n{RUN.replace('(a)', '(b)')}\n")
    assert (found.runs, found.unread) == (2, 1)


def test_an_endless_command_is_cut(tmp_path):
    """A line longer than a line may be is bad; a long command is kept to its bound and marked."""
    long, longer = "x" * 20_000, "x" * 100_000
    names = Names()
    found = read(tmp_path, f"{RUN[:-2]}{long})\n{RUN[:-2]}{longer})\n", names=names)
    assert (found.runs, found.unread) == (2, 0)
    assert {(len(name.text), name.cut) for name in names.listed()} == {(16_384, True)}


@given(
    st.lists(
        st.one_of(
            st.just(RUN), st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30)
        ),
        max_size=12,
    )
)
def test_no_line_vanishes(tmp_path_factory, lines):
    """The three counts are all lines, whatever they hold."""
    text = "".join(f"{line}\n" for line in lines)
    found = read(tmp_path_factory.mktemp("log"), text)
    assert found.lines == found.runs + found.other + found.unread == text.count("\n") or found.broken
