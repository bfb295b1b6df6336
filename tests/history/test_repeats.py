"""Tests of knowing lines again that differ in their time and their pid alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.history.events import Names
from migrator.history.lines import Line
from migrator.history.messages import Channel, Kind, Message
from migrator.history.reading import Reading, _Reader
from migrator.history.repeats import Known, Repeats
from migrator.history.stamps import NO_ZONE, Stamp

RUN = b"Nov 22 06:25:01 h1 CRON[2]: (etl) CMD (a)"
START = Known(Message(Kind.START, Channel.CRON, "etl", "a"), 0)
STAMPS = [
    "Nov 22 06:25:01",
    "Jan  1 00:00:00",
    "2026-11-22T06:25:01+01:00",
    "2026-11-22T06:25:01.25Z",
    "<13>Nov 22 06:25:01",
]
REST = [
    " h1 CRON[{pid}]: (etl) CMD (a)",
    " CRON[{pid}]: (etl) CMD (a [1] b)",
    " h1 cron.info crond[{pid}]: USER etl pid {pid} cmd a",
    " UTC CRON[{pid}]: (etl) CMD (a)",
    " h1 CRON: (etl) CMD (a [{pid}])",
    ".5 h1 CRON[{pid}]: (etl) CMD (a)",
    " h1 CRON[{pid}] (etl) CMD (a)",
    " h1 CRON[{pid}]: (CRON) INFO (cron)",
    " h1 sshd[{pid}]: hi",
    " h1 CRON[{pid}]: (\udcff) CMD (é",
]
LINES = st.builds(
    lambda stamp, rest, pid: (stamp + rest.format(pid=pid)).encode("utf-8", "surrogateescape"),
    st.sampled_from(STAMPS),
    st.sampled_from(REST),
    st.sampled_from(["1", "12", "007", "x", "", "٣", "1234567890"]),
)


def kept():
    """Give the memory that has read one line."""
    repeats = Repeats()
    found = repeats.stamp(RUN)
    assert found is not None
    stamp, end = found
    repeats.keep(RUN, end, Line(stamp, "h1", "CRON", 2, "(etl) CMD (a)"), START)
    return repeats


def test_another_time_and_pid_are_the_same_line():
    """What it tells is known, the pid is its own."""
    assert kept().find(b"Nov 23 01:00:00 h1 CRON[77]: (etl) CMD (a)", 15) == (START, 77)


def test_another_form_of_the_time_is_another_line():
    """Behind the one a word may be the zone that is a host behind the other."""
    assert kept().find(b"2026-11-23T01:00:00Z h1 CRON[77]: (etl) CMD (a)", 20) is None


def test_another_word_is_another_line():
    """A host, a command, no pid, one that is no number: the line is read."""
    for line in (
        RUN.replace(b"h1", b"h2"),
        RUN.replace(b"(a)", b"(b)"),
        RUN.replace(b"[2]", b""),
        RUN.replace(b"2]", b"x]"),
    ):
        assert kept().find(line, 15) is None, line


def test_stamps_of_the_two_usual_forms_are_read():
    """All others are left to the reader of lines."""
    assert Repeats().stamp(b"2000-01-01T00:00:10 h") == (Stamp(946_684_810, NO_ZONE, True), 19)
    assert Repeats().stamp(b"Jan  1 00:00:10.5 h") == (Stamp(946_684_810, NO_ZONE, False), 15)
    for line in (b"<13>Jan  1 00:00:10 h", b"1763500000.1234567 h", b"2000-13-01T00:00:10 h", b"", b"Jan  1 00:00"):
        assert Repeats().stamp(line) is None, line


@settings(max_examples=60)
@given(lines=st.lists(LINES, max_size=12))
def test_a_memory_changes_nothing(lines):
    """The reader that never knows a line again gives the same."""
    found = []
    for forgets in (False, True):
        reader = _Reader(Reading("syslog", ""), Names(), 5)
        for line in lines:
            reader.take(line, cut=False)
            if forgets:
                reader._repeats = Repeats()
        reading = reader.reading
        counts = (reading.lines, reading.runs, reading.other, reading.unread, reading.bad, reading.first, reading.last)
        found.append((counts, reading.latest, list(reading.events), reader._names.listed()))
    assert found[0] == found[1]
