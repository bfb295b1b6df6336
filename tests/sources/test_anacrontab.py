"""Tests of reading an anacrontab."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect, ScheduleKind
from migrator.sources import anacrontab
from migrator.sources.items import Assignment, Blank, Comment, Disabled, Entry, FileReading, Format, SourceFile, Unread


def read(text: str | bytes) -> FileReading:
    """Read an anacrontab."""
    data = text if isinstance(text, bytes) else text.encode()
    return anacrontab.read(SourceFile("etc/anacrontab", Format.ANACRONTAB, data), Dialect.DEBIAN)


def test_an_ordinary_file():
    """Settings, a comment, a disabled line and jobs with period, delay, name and random delay."""
    text = (
        "SHELL=/bin/sh\nRANDOM_DELAY=45\nSTART_HOURS_RANGE=3-22\n# words\n#7 5 old run-parts /x\n\n"
        "1 5 cron.daily nice run-parts /etc/cron.daily\n@monthly 15 m /y\n"
    )
    items = read(text).items
    assert [type(item) for item in items] == [
        Assignment, Assignment, Assignment, Comment, Disabled, Blank, Entry, Entry,
    ]  # fmt: skip
    daily, monthly = items[-2:]
    assert isinstance(daily, Entry)
    assert isinstance(monthly, Entry)
    assert daily.schedule.kind is ScheduleKind.ANACRON
    assert (daily.schedule.period_days, daily.schedule.delay_minutes, daily.schedule.random_minutes) == (1, 5, 45)
    assert (daily.name, daily.command) == ("cron.daily", "nice run-parts /etc/cron.daily")
    assert [finding.kind for finding in daily.findings] == ["start-hours"]
    assert monthly.schedule.period_days == 31


def test_settings_hold_for_later_lines():
    """A random delay below a job does not reach back to it."""
    first, _, second = read("1 5 a /x\nRANDOM_DELAY=9\n1 5 b /y\n").items
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert (first.schedule.random_minutes, second.schedule.random_minutes) == (0, 9)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("0 5 zero /x", "period is out of range"),
        ("-1 5 neg /x", "period is not a number"),
        ("9" * 20 + " 5 huge /x", "period is out of range"),
        ("1 99999999999 late /x", "delay is out of range"),
        ("1 -5 neg /x", "delay is not a number"),
        ("1 5 ../../x /x", "holds a slash"),
        ("1 5 .. /x", "cannot name"),
        ("1 5", "only 2 of"),
        ("@nosuch 5 n /x", "not known"),
        ("ONLYENV", "only 1 of"),
        ("START_HOURS_RANGE=25-99", "not a range of hours"),
        ("START_HOURS_RANGE=9-3", "not a range of hours"),
        ("RANDOM_DELAY=-3", "not a number of minutes"),
    ],
)
def test_a_bad_line_costs_itself_alone(line: str, words: str):
    """Anacron passes over a line that it cannot read; the others run."""
    bad, good = read(f"{line}\n1 5 sentinel /bin/true\n").items
    assert isinstance(bad, Unread)
    assert words in bad.reason
    assert bad.remedy
    assert isinstance(good, Entry)


def test_lines_are_joined():
    """A backslash joins the next line; both lines are accounted for, and the numbers below stay right."""
    reading = read("1 5 a /x \\\n --flag\n1 5 b /y\n")
    first, second, third = reading.items
    assert isinstance(first, Entry)
    assert first.command == "/x   --flag"
    assert isinstance(second, Comment)
    assert isinstance(third, Entry)
    assert third.origin.line == 3
    assert reading.lines == 3


def test_a_file_that_is_no_text():
    """Binary data is one unread line."""
    reading = read(b"\x7fELF\0\0")
    assert reading.lines == 1
    assert isinstance(reading.items[0], Unread)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["1 5 a /x", "x", "", "# c", "A=b", "@daily 1 d y \\", "\t", "0 0 0", "\udcff"]), max_size=8
    )
)
def test_no_line_vanishes(lines: list[str]):
    """Every line comes out once, under its own number."""
    text = "\n".join(lines)
    reading = read(text.encode("utf-8", "surrogateescape"))
    physical = text.split("\n")
    if physical[-1] == "":
        physical.pop()
    assert [item.origin.line for item in reading.items] == list(range(1, len(physical) + 1))
    assert reading.lines == len(physical)
