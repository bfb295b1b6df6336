"""Tests of the journal as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.history.journal import read_object
from migrator.history.lines import Line
from migrator.history.stamps import EPOCH, Stamp

FIELDS = {
    "__REALTIME_TIMESTAMP": "1795328701123456",
    "_HOSTNAME": "etl1",
    "SYSLOG_IDENTIFIER": "CRON",
    "_PID": "123",
    "MESSAGE": "(etl) CMD (a)",
}


def read(**fields):
    """Read an object with some fields exchanged."""
    return read_object(json.dumps(FIELDS | fields))


def test_takes_the_parts_of_a_line():
    """Time, host, program, pid and message."""
    assert read() == Line(Stamp(1795328701, EPOCH, has_year=True), "etl1", "CRON", 123, "(etl) CMD (a)")


def test_prefers_what_the_sender_said():
    """The sender's own time and pid go before the journal's."""
    line = read(_SOURCE_REALTIME_TIMESTAMP="1795328700999999", SYSLOG_PID="77")
    assert (line.stamp.seconds, line.pid) == (1795328700, 77)


def test_reads_a_message_of_bytes():
    """What is not UTF-8 stands as a list of numbers (systemd.journal-fields(7))."""
    assert read(MESSAGE=[40, 97, 41, 32, 255]).message == "(a) \udcff"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"__REALTIME_TIMESTAMP": "soon"}, "time"),
        ({"__REALTIME_TIMESTAMP": 5}, "time"),
        ({"__REALTIME_TIMESTAMP": "9" * 17}, "time"),
        ({"MESSAGE": None}, "--all"),
        ({"MESSAGE": [1, "x"]}, "message"),
    ],
)
def test_says_what_is_missing(fields, word):
    """A message that journalctl left out for its length is told with its remedy."""
    assert word in read(**fields)


@pytest.mark.parametrize("text", ["{", "{}", "[1]", "{" * 100_000, '{"a":' * 100_000, '{"a":' + "9" * 5000 + "}"])
def test_refuses_what_is_no_entry(text):
    """Deep nesting and huge numbers are refused like any broken text."""
    assert isinstance(read_object(text), str)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=5
    )
)
def test_any_value_is_read_or_refused(value):
    """A field may hold anything."""
    for name in FIELDS:
        assert isinstance(read(**{name: value}), Line | str)
