"""Hostile crontabs, with what Debian's and cronie's own programs said to each."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from migrator.model import Dialect
from migrator.schedules.cron import in_words
from migrator.sources.grammar import read_crontab
from migrator.sources.items import Entry, FileReading, Format, SourceFile, Unread

BAD = Path(__file__).parents[4] / "shared" / "oracles" / "bad"
pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(not BAD.is_dir(), reason="the hostile files lie beside the checkout, in ../shared"),
]
SENTINEL = "/usr/bin/true-sentinel"


@cache
def answers() -> tuple[dict[str, str], ...]:
    """Read what the programs said."""
    if not BAD.is_dir():
        return ()
    with (BAD / "ORACLE.tsv").open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(name: str, dialect: Dialect = Dialect.DEBIAN, *, user_column: bool = False) -> FileReading:
    """Read a hostile file."""
    data = (BAD / "crontab" / name).read_bytes()
    return read_crontab(SourceFile(name, Format.CRONTAB, data), dialect, user_column=user_column)


def entries(name: str, dialect: Dialect = Dialect.DEBIAN) -> list[Entry]:
    """List the entries, the sentinel's apart."""
    return [item for item in read(name, dialect).items if isinstance(item, Entry) and item.command != SENTINEL]


def kinds(name: str, dialect: Dialect = Dialect.DEBIAN) -> set[str]:
    """List the kinds of all findings of a file."""
    reading = read(name, dialect)
    found = {finding.kind for item in reading.items for finding in getattr(item, "findings", ())}
    return found | {finding.kind for finding in reading.findings}


def test_all_files_are_refused_by_debian_where_crontab_refused_them() -> None:
    """The file's fault is there where `crontab -n` of 3.0pl1-162 has one, and nowhere else."""
    wrong = [
        row["file"]
        for row in answers()
        if (read(row["file"].removeprefix("crontab/")).fault is not None) != (row["debian12"] == "reject")
    ]
    assert wrong == []
    assert len(answers()) > 100


def test_all_files_are_refused_by_cronie_where_crontab_refused_them() -> None:
    """A line is unread or dropped where cronie's crontab says so, and nowhere else."""
    wrong = []
    for row in answers():
        reading = read(row["file"].removeprefix("crontab/"), Dialect.CRONIE)
        refused = any(
            isinstance(item, Unread) or (isinstance(item, Entry) and item.inactive is not None)
            for item in reading.items
        )
        if refused != (row["cronie"] == "reject"):
            wrong.append(row["file"])
    assert wrong == []


@pytest.mark.parametrize("dialect", list(Dialect))
def test_the_sentinel_is_reported_in_every_file(dialect: Dialect) -> None:
    """One bad line never costs the others."""
    missing = []
    for path in sorted((BAD / "crontab").glob("*.cron")):
        data = path.read_bytes()
        if SENTINEL.encode() not in data or path.name in ("enc-utf8-bom.cron", "enc-utf16le-bom.cron"):
            continue
        reading = read(path.name, dialect)
        if not any(isinstance(item, Entry) and SENTINEL in item.command for item in reading.items):
            missing.append(path.name)
    assert missing == []


def test_no_trap_of_line_ends_makes_a_job() -> None:
    """Only a line feed ends a line."""
    for path in sorted((BAD / "crontab").glob("eol-*-separators.cron")):
        assert entries(path.name) == []


@pytest.mark.parametrize("name", ["commented-out.cron", "only-comments.cron", "only-blank.cron", "empty.cron"])
def test_no_active_job(name: str) -> None:
    """Comments and blanks are no jobs."""
    assert entries(name) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("enc-utf16le-bom.cron", "UTF-16"),
        ("enc-utf16be-nobom.cron", "UTF-16"),
        ("enc-only-nul.cron", "binary file"),
        ("enc-utf8-bom.cron", "byte order mark"),
        ("time-macro-unknown.cron", "is no nickname"),
        ("time-jenkins-H.cron", "Jenkins"),
        ("time-quartz-question.cron", "Quartz"),
        ("time-step-zero.cron", "step of zero"),
        ("time-list-empty.cron", "empty element"),
        ("time-six-fields.cron", "bad "),
        ("time-num-5000-digits.cron", "bad minute"),
        ("time-num-arabic.cron", "ASCII"),
    ],
)
def test_a_fault_is_named(name: str, reason: str) -> None:
    """With a short reason that can be printed."""
    reasons = [item.reason for item in read(name).items if isinstance(item, Unread)]
    assert any(reason in text for text in reasons)
    assert all(len(text) < 250 and text.isprintable() for text in reasons)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("eol-crlf.cron", "crlf"),
        ("eol-cr-only.cron", "cr-only"),
        ("eol-backslash-continuation.cron", "no-continuation"),
        ("time-num-wrap.cron", "numeric-wrap"),
        ("time-num-float.cron", "sloppy-accepted"),
        ("time-trailing-garbage.cron", "sloppy-accepted"),
        ("time-hash-dow.cron", "sloppy-accepted"),
        ("time-random-tilde.cron", "sloppy-accepted"),
        ("time-range-reverse.cron", "dead-schedule"),
        ("time-range-fri-mon.cron", "dead-schedule"),
        ("time-range-fri-sun.cron", "dead-schedule"),
        ("time-impossible-date.cron", "dead-schedule"),
        ("time-leap-day.cron", "dom-dow-or"),
        ("time-missing-command.cron", "empty-command"),
        ("time-macro-bare.cron", "empty-command"),
        ("percent.cron", "percent"),
        ("nul-line-injection.cron", "nul-byte"),
        ("user-column-in-user-crontab.cron", "user-column"),
        ("env-odd.cron", "no-expansion"),
    ],
)
def test_a_finding_is_made(name: str, kind: str) -> None:
    """Accepted by Debian, and surely not meant."""
    assert kind in kinds(name)


def test_the_hidden_jobs_of_a_nul_are_listed() -> None:
    """Vixie cron and cronie run them."""
    assert len(entries("nul-line-injection.cron")) >= 2
    assert any(isinstance(item, Unread) for item in read("enc-nul.cron").items)


def test_percent_rules() -> None:
    """Command and standard input of the four jobs; quotes do not protect the first `%`, so the mail's words are cut."""
    found = entries("percent.cron")
    assert found[0].command == "mail -s 'hi "
    assert found[0].stdin == "' root\nline1\nline2%literal\n"
    assert found[1].command.endswith("date +")
    assert found[2].command.startswith("date +%Y-%m-%d")
    assert found[3].command == ""


def test_hash_in_a_command() -> None:
    """Kept whole, and cut for busybox, which is said."""
    assert any("#" in item.command for item in entries("hash-in-command.cron"))
    assert "comment-hash" in kinds("hash-in-command.cron", Dialect.BUSYBOX)


def test_the_first_long_command_is_taken_and_the_second_is_marked() -> None:
    """The limit is 998 bytes."""
    assert [item.inactive is None for item in entries("command-998.cron")] == [True, False]


def test_the_system_crontab() -> None:
    """Each fault of the user column is named with its line."""
    reading = read("system-crontab", user_column=True)
    assert reading.fault is not None
    unread = {item.origin.line: item.reason for item in reading.items if isinstance(item, Unread)}
    assert sorted(unread) == [3, 5, 6]
    assert all("bad username" in reason for reason in unread.values())
    users = [item.user for item in reading.items if isinstance(item, Entry)]
    assert users == ["root", "nosuchuser"]


def test_every_schedule_has_words() -> None:
    """In all files, in all dialects."""
    for path in sorted((BAD / "crontab").glob("*.cron")):
        for dialect in Dialect:
            for item in read(path.name, dialect).items:
                if isinstance(item, Entry):
                    assert in_words(item.schedule)
