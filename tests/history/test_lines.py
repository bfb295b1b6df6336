"""Tests of how a line of a log is split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.history.lines import Line, read_line
from migrator.history.stamps import read_stamp

MESSAGE = "(etl) CMD (/opt/a.sh)"


def split(text):
    """Split a line that is one, and leave the stamp out."""
    line = read_line(text)
    assert isinstance(line, Line)
    return tuple(line[1:])


@pytest.mark.parametrize(
    "text",
    [
        f"Nov 22 06:25:01 etl1 CRON[123]: {MESSAGE}",
        f"<78>Nov 22 06:25:01 etl1 CRON[123]: {MESSAGE}",
        f"2026-11-22T06:25:01.123456+01:00 etl1 CRON[123]: {MESSAGE}",
        f"2026-11-22T06:25:01+0100 etl1 CRON[123]: {MESSAGE}",
        f"<78>1 2026-11-22T06:25:01.123456+01:00 etl1 CRON 123 - - {MESSAGE}",
        f'<78>1 2026-11-22T06:25:01Z etl1 CRON 123 ID7 [a@1 b="c \\] d"][e@2] \ufeff{MESSAGE}',
        f"Sun 2026-11-22 06:25:01 CET etl1 CRON[123]: {MESSAGE}",
        f"1795328701.123456 etl1 CRON[123]: {MESSAGE}",
    ],
)
def test_splits_every_form_alike(text):
    """Host, program, pid and message come out of each."""
    assert split(text) == ("etl1", "CRON", 123, MESSAGE)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nov 12 00:30:01 ap cron.info crond[27]: USER root pid 2 cmd x", ("ap", "crond", 27, "USER root pid 2 cmd x")),
        ("Tue Nov 12 00:30:01 2024 cron.info crond[27]: crond: x", (None, "crond", 27, "crond: x")),
        ("2026-11-22T06:25:01.5Z crond: USER root pid 2 cmd x", (None, "crond", None, "USER root pid 2 cmd x")),
        ("Nov 22 06:25:01 a.b.example anacron[9]: Job `x' started", ("a.b.example", "anacron", 9, "Job `x' started")),
        (
            "Nov 22 06:25:01 h run-parts(/etc/cron.daily)[9]: starting x",
            ("h", "run-parts(/etc/cron.daily)", 9, "starting x"),
        ),
        ("Nov 22 06:25:01 h /USR/SBIN/CRON[9]: (a) CMD (b)", ("h", "/USR/SBIN/CRON", 9, "(a) CMD (b)")),
        ("<78>1 2026-11-22T06:25:01Z - CRON - - -", (None, "CRON", None, "")),
    ],
)
def test_knows_what_daemons_leave_out_and_add(text, parts):
    """The daemon of busybox writes facility and level, a container's log no host, Debian of old a path."""
    assert split(text) == parts


@pytest.mark.parametrize("text", ["", "cron", "Nov 22 06:25:01", "Nov 22 06:25:01 cron", "CRON[1]: (a) CMD (b)"])
def test_says_why_a_line_is_none(text):
    """The reason is a sentence."""
    assert isinstance(read_line(text), str)


@given(
    st.from_regex(r"[a-z][a-z0-9.-]{0,20}[a-z0-9]", fullmatch=True),
    st.integers(0, 999_999_999),
    st.text(st.characters(exclude_characters="\n\r"), max_size=80),
)
def test_what_was_written_is_read_again(host, pid, message):
    """Whatever the message holds, it comes out whole."""
    line = read_line(f"Nov 22 06:25:01 {host} CRON[{pid}]: {message}")
    assert line == Line(read_stamp("Nov 22 06:25:01")[0], host, "CRON", pid, message)


@given(st.text(max_size=100))
def test_any_text_is_split_or_refused(text):
    """No text is a traceback."""
    assert isinstance(read_line("Nov 22 06:25:01 " + text), Line | str)
    assert isinstance(read_line("<78>1 2026-11-22T06:25:01Z " + text), Line | str)


def test_a_long_line_takes_no_square_of_time():
    """Many brackets, colons and blanks are walked through once."""
    for filling in ("[", "] ", "[a]", ": ", "a b ", "\\"):
        text = filling * 20_000
        assert read_line(f"<78>1 2026-11-22T06:25:01Z h CRON 1 - {text}") is not None
        assert read_line(f"Nov 22 06:25:01 {text}") is not None
