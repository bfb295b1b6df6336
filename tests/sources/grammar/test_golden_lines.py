"""Whole lines against the real programs' recorded answers."""

from __future__ import annotations

import pytest

from migrator.model import Dialect
from migrator.sources.grammar import read_crontab
from migrator.sources.items import Assignment, Blank, Comment, Disabled, Entry, FileReading, Format, SourceFile, Unread
from tests.schedules.cron.golden import RANDOM_DRAW, line_text, matrix, rows
from tests.schedules.cron.test_golden import expanded

ROWS = rows("golden_accept.jsonl.gz")


def reading(line: str, dialect: Dialect) -> FileReading:
    """Read a crontab of one line."""
    data = line.encode("utf-8", "surrogateescape") + b"\n"
    return read_crontab(SourceFile("tab", Format.CRONTAB, data), dialect, user_column=False)


def verdict(found: FileReading) -> str:
    """Say what became of the line, in the words of the recorded answers; a NUL may have made several of it."""
    kinds = {type(item) for item in found.items}
    if Unread in kinds:
        return "ignored" if found.dialect is Dialect.BUSYBOX else "reject"
    if Entry in kinds:
        broken = any(f.kind == "busybox-parse-error" for item in found.items for f in getattr(item, "findings", ()))
        return "broken" if broken else "accept"
    if found.dialect is Dialect.BUSYBOX:
        return "ignored"
    return "env" if Assignment in kinds else "empty"


@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE, Dialect.BUSYBOX])
def test_all_recorded_lines_are_taken_or_refused_alike(dialect: Dialect) -> None:
    """2,500 lines: entry, settings line, empty or refused, as the program itself said; one is a draw of chance."""
    wrong = []
    for row in ROWS:
        if dialect is Dialect.CRONIE and row["line"] == RANDOM_DRAW:
            continue
        found = verdict(reading(line_text(row), dialect))
        if found != row[dialect.value]:
            wrong.append((row["line"], found, row[dialect.value]))
    assert wrong == []


@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE])
def test_all_recorded_fields_are_the_same(dialect: Dialect) -> None:
    """Wherever the program's own fields were recorded, masks and star flags are equal."""
    checked, wrong = 0, []
    for row in ROWS:
        recorded = row[f"{dialect.value}_fields"]
        if recorded is None:
            continue
        (entry,) = [item for item in reading(line_text(row), dialect).items if isinstance(item, Entry)][:1]
        fields = entry.schedule.fields
        checked += 1
        if (expanded(fields) if fields else "reboot") != recorded:
            wrong.append(row["line"])
    assert wrong == []
    assert checked > 200


@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE, Dialect.BUSYBOX])
def test_the_matrix_is_taken_and_refused_alike(dialect: Dialect) -> None:
    """136 telling expressions, each with a command behind it."""
    wrong = []
    for row in matrix():
        found = verdict(reading(f"{row['expr']} x", dialect))
        if found != row[dialect.value]:
            wrong.append((row["expr"], found, row[dialect.value]))
    assert wrong == []


def test_the_other_kinds_of_item_are_empty() -> None:
    """A guard for the verdict above: comments and blanks are what it calls empty."""
    for line, kind in (("# x", Comment), ("  ", Blank), ("#0 1 * * * /x", Disabled)):
        found = reading(line, Dialect.DEBIAN)
        assert type(found.items[0]) is kind
        assert verdict(found) == "empty"
