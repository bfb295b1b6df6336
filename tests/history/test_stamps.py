"""Tests of time stamps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.history.stamps import EPOCH, NO_ZONE, Stamp, day_of, in_words, in_year, is_leap_day, read_stamp


def seconds(*parts):
    """Give the seconds since 1970 of a moment in UTC."""
    return int(datetime(*parts, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("Nov 22 06:25:01 ", Stamp(seconds(2000, 11, 22, 6, 25, 1), NO_ZONE, has_year=False)),
        ("Feb  9 06:25:01 ", Stamp(seconds(2000, 2, 9, 6, 25, 1), NO_ZONE, has_year=False)),
        ("Feb 29 00:00:00.123456 ", Stamp(seconds(2000, 2, 29), NO_ZONE, has_year=False)),
        ("2026-11-22T06:25:01.5+01:00 ", Stamp(seconds(2026, 11, 22, 6, 25, 1), 60, has_year=True)),
        ("2026-11-22T06:25:01-0330 ", Stamp(seconds(2026, 11, 22, 6, 25, 1), -210, has_year=True)),
        ("2026-11-22T06:25:01Z ", Stamp(seconds(2026, 11, 22, 6, 25, 1), EPOCH, has_year=True)),
        ("2026-11-22 06:25:01 ", Stamp(seconds(2026, 11, 22, 6, 25, 1), NO_ZONE, has_year=True)),
        ("Sun 2026-11-22 06:25:01 CET ", Stamp(seconds(2026, 11, 22, 6, 25, 1), NO_ZONE, has_year=True)),
        ("Sun Nov 22 06:25:01 2026 ", Stamp(seconds(2026, 11, 22, 6, 25, 1), NO_ZONE, has_year=True)),
        ("1795328701.123456 ", Stamp(1795328701, EPOCH, has_year=True)),
        ("2026-11-22T06:25:60+00:00 ", Stamp(seconds(2026, 11, 22, 6, 25, 59), 0, has_year=True)),
    ],
)
def test_reads_the_forms_of_syslog_and_journalctl(text, stamp):
    """Each form gives its moment, its zone, and where the rest of the line begins."""
    assert read_stamp(text) == (stamp, len(text) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "Nov 31 06:25:01",
        "Nov 22 24:00:00",
        "2026-02-30 00:00:00",
        "1200-01-01 00:00:00",
        "kwi 21 19:55:01",
    ],
)
def test_refuses_what_is_no_moment(text):
    """A day that is not in the calendar, a month in another language, a moment before 1970."""
    assert read_stamp(text) is None


def test_puts_a_day_into_a_year():
    """A stamp without a year keeps its day and time; 29 February of a common year is 1 March."""
    leap = read_stamp("Feb 29 01:02:03")[0].seconds
    assert is_leap_day(leap)
    assert in_words(in_year(leap, 2024)) == "2024-02-29 01:02"
    assert in_words(in_year(leap, 2026)) == "2026-03-01 01:02"
    assert day_of(in_year(read_stamp("Dec 31 23:59:59")[0].seconds, 2026)).isoformat() == "2026-12-31"


@given(st.integers(31_536_000, 7_258_118_399), st.integers(-720, 840))
def test_a_written_moment_is_read_again(moment, zone):
    """What isoformat writes gives the same seconds and offset."""
    sign = "-" if zone < 0 else "+"
    clock = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None).isoformat()
    text = f"{clock}{sign}{abs(zone) // 60:02d}:{abs(zone) % 60:02d}"
    stamp, end = read_stamp(text)
    assert (stamp.seconds, stamp.zone, end) == (moment, zone, len(text))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    """No text is a traceback."""
    found = read_stamp(text)
    assert found is None or 0 < found[1] <= len(text)
