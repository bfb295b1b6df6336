"""Tests of judging a file by its whole content."""

import dataclasses

import pytest

from migrator.sources.content import (
    binary_kind,
    count,
    guess,
    is_mostly_schedule,
    is_schedule,
    is_unclear,
    lacks_users,
    user_vote,
)
from migrator.sources.items import Format


@pytest.mark.parametrize(
    ("rest", "vote"),
    [
        ("root /x", 1),
        ("etl cd /srv && run", 1),
        ("www-data [ -x /x ] && /x", 1),
        ("python3 /x.py", -1),
        ("mail -s hello", -1),
        ("backup --full", -1),
        ("/usr/bin/x y", -1),
        ("reindex", -1),
        ("echo hello", -1),
        ("notify.sh /srv", 0),
        ("one two", 0),
        ("A=1 x", -1),
        ("exit $RC", -1),
        ("eval $JOB", -1),
    ],
)
def test_a_user_or_a_command(rest: str, vote: int):
    """The first word is a user only where the next begins a command; programs are not taken for users."""
    assert user_vote(rest) == vote


def test_the_whole_content_decides():
    """One odd line does not change the format of a file."""
    text = b"0 1 * * * root /a\n0 2 * * * etl /b\n" * 2 + b"0 3 * * * mail -s x y\n"
    assert guess(count(text))[0] is Format.SYSTEM_CRONTAB
    assert guess(count(b"0 1 * * * root /a\n0 2 * * * etl /b\n0 3 * * * /usr/bin/x\n"))[0] is Format.CRONTAB
    assert guess(count(b"0 1 * * * root /a\n0 2 * * * /b\n0 3 * * * /c\n"))[0] is Format.CRONTAB


def test_an_anacrontab():
    """Period, delay, identifier: also where the period has a nickname's name."""
    assert guess(count(b"1 5 cron.daily run-parts /x\n@monthly 15 cron.monthly run-parts /y\n"))[0] is Format.ANACRONTAB


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("0 1 * * * one two\n", True),
        ("0 1 * * * root /x\n0 2 * * * /y\n", True),
        ("0 1 * * * /x\n", False),
        ("", False),
    ],
)
def test_doubt_is_said(text: str, unclear: bool):
    """Entries that disagree, or that show nothing, leave the format unclear."""
    assert is_unclear(count(text.encode())) is unclear


@pytest.mark.parametrize(
    "text",
    [
        "To run it each night add this line:\n\n0 1 * * * /opt/x.sh\n\nThen restart the service.\n",
        "1 2 3 4 5 6 7\n2 3 4 5 6 7 8\n",
        "a = 1\nb = 2\n",
        "* one * two * three * four * five\n",
        "",
        "#!/bin/sh\nset -e\nfor i in 1 2; do echo $i; done\n",
        "10 20 30 40 50 60.5\n",
        "1 2-4 3 4 5 6.1\n3-5 4 5 6 7 north\n",
        "1 2 3 4 5 cd /x\n",
    ],
)
def test_prose_and_tables_are_no_schedule(text: str):
    """A line that looks like an entry does not make a schedule of a file."""
    assert not is_schedule(count(text.encode()))


def test_a_crontab_is_a_schedule():
    """Entries, settings and comments throughout."""
    assert is_schedule(count(b"# x\nMAILTO=a@b\n*/5 * * * * /x\n@daily /y\n"))
    assert is_schedule(count(b"# of one week\n31 13 6-14 3 1-5 cd /x; make day\n1 20 6,9 3 1-5 python3 /y\n"))
    assert is_mostly_schedule(count(b"*/5 * * * * /x\nwhat is this\n"))
    assert is_mostly_schedule(count(b"# 0 1 * * * /x\n"))
    assert not is_mostly_schedule(count(b"one\ntwo\n*/5 * * * * /x\n"))
    assert not is_mostly_schedule(count(b""))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xfe0\x00 \x00", "UTF-16"),
        (b"0\x00 \x001\x00", "UTF-16"),
        (b"\x7fELF\x02\x01", "binary"),
        (bytes(range(32)) * 4, "binary"),
    ],
)
def test_what_is_no_text(data: bytes, kind: str):
    """UTF-16 and binary data are told apart from text."""
    assert kind in (binary_kind(data) or "")


def test_text_is_text():
    """Latin-1 bytes, tabs, carriage returns and a lone NUL do not make a file binary."""
    assert binary_kind(b"0 1 * * * /bin/echo caf\xe9\t\r\n" * 3 + b"\0") is None
    assert binary_kind(b"") is None


@pytest.mark.parametrize(
    "text", ["0" * 50_000, "*/" * 50_000, "0," * 50_000 + " * * * * x", "sun-" * 20_000, "@" * 9999]
)
def test_time_stays_linear(text: str):
    """Very long words are one line of some kind, and counting them ends soon."""
    assert sum(dataclasses.astuple(count(text.encode()))) <= 1


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("0 1 * * * cd /srv; ./a\n0 2 * * * echo x; ./b\n", True),
        ("0 1 * * * /srv/a\n0 2 * * * /srv/b\n0 3 * * * run x\n", True),
        ("0 1 * * * /srv/a\n", False),
        ("0 1 * * * root /srv/a\n0 2 * * * /srv/b\n0 3 * * * /srv/c\n", False),
        ("0 1 * * * bob -x\n0 2 * * * run x\n0 3 * * * run y\n0 4 * * * run z\n", False),
        ("", False),
    ],
)
def test_entries_that_have_no_user_at_all(text: str, lacks: bool):
    """Two or more that cannot have one, and none that may: what a place says is then not so."""
    assert lacks_users(text.encode()) is lacks
