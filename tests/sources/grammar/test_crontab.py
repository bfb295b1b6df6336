"""Whole files: line ends, the faults that make cron ignore a file, and the account of its lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect
from migrator.sources.grammar import crontab, read_crontab
from migrator.sources.items import Assignment, Blank, Comment, Entry, FileReading, Format, SourceFile, Unread

OK = b"7 3 * * * /bin/true\n"


def read(data: bytes, dialect: Dialect = Dialect.DEBIAN, *, user_column: bool = False) -> FileReading:
    """Read a file's bytes."""
    return read_crontab(SourceFile("etc/tab", Format.CRONTAB, data), dialect, user_column=user_column)


def commands(reading: FileReading) -> list[str]:
    """List the commands of the entries."""
    return [item.command for item in reading.items if isinstance(item, Entry)]


def fault(reading: FileReading) -> str | None:
    """Give the kind of the file's fault."""
    return reading.fault.kind if reading.fault else None


@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE])
def test_a_file_whose_entries_keep_too_many_settings_is_not_read(
    monkeypatch: pytest.MonkeyPatch, dialect: Dialect
) -> None:
    """Every job keeps all that is set above it; a name that is set anew counts once."""
    monkeypatch.setattr(crontab, "MOST_SETTINGS", 6)
    assert len(commands(read(b"A=1\nB=2\nA=3\n" + OK * 3, dialect))) == 3
    reading = read(b"A=1\nB=2\nA=3\n" + OK * 4, dialect)
    [item] = reading.items
    assert isinstance(item, Unread)
    assert item.origin.line == 7
    assert "more than 6 settings" in item.reason
    assert item.remedy
    assert reading.lines == 1


def test_items_in_order_with_their_lines() -> None:
    """Each line is one item; a settings line stands where it stands (trap 10)."""
    reading = read(b"# c\nA=1\n\n" + OK + b"A=2\n")
    assert [type(item) for item in reading.items] == [Comment, Assignment, Blank, Entry, Assignment]
    assert [item.origin.line for item in reading.items] == [1, 2, 3, 4, 5]
    assert reading.lines == 5
    assert reading.fault is None
    assert reading.dialect is Dialect.DEBIAN


def test_an_empty_file() -> None:
    """No line, no fault."""
    reading = read(b"")
    assert (reading.items, reading.lines, reading.fault) == ((), 0, None)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\r"])
def test_only_a_line_feed_ends_a_line(separator: str) -> None:
    """What str.splitlines takes for a line end is part of the line."""
    reading = read(f"# c{separator}* * * * * evil\n".encode() + OK)
    assert commands(reading) == ["/bin/true"]
    assert reading.lines == 2


def test_bytes_survive() -> None:
    """A command that is no UTF-8 comes back byte for byte."""
    (command,) = commands(read(b"0 1 * * * echo caf\xe9 \xff\xfe\n"))
    assert command.encode("utf-8", "surrogateescape") == b"echo caf\xe9 \xff\xfe"


@pytest.mark.parametrize("tail", [b"0 1 * * * /x", b"A=b", b"0 1 * * *", b"zzz", b"@reboot"])
def test_a_last_line_without_a_line_break(tail: bytes) -> None:
    """Hazard eof-newline: Debian ignores the file, cronie drops the line, busybox reads it."""
    assert fault(read(OK + tail)) == "no-newline"
    assert fault(read(OK + tail, Dialect.CRONIE)) is None
    assert fault(read(OK + tail, Dialect.BUSYBOX)) is None


def test_cronie_drops_the_last_line_alone() -> None:
    """The entry is listed, marked; the ones before it run."""
    first, last = read(OK + b"0 1 * * * /x", Dialect.CRONIE).items
    assert isinstance(first, Entry)
    assert isinstance(last, Entry)
    assert first.inactive is None
    assert last.inactive is not None
    assert last.inactive.kind == "no-newline"
    assert commands(read(OK + b"0 1 * * * /x", Dialect.BUSYBOX)) == ["/bin/true", "/x"]


@pytest.mark.parametrize("tail", [b"# end", b"  ", b"", b"0 1 * * * /x\0", b"\t#x"])
def test_an_open_last_line_that_cron_does_not_mind(tail: bytes) -> None:
    """A comment or blanks may end the file without a line break, as `crontab -n` of 3.0pl1-162 says."""
    assert fault(read(OK + tail)) is None


def test_one_bad_line_disables_the_file_on_debian_only() -> None:
    """Hazard one-bad-line: the fault names line and cause; the jobs are listed all the same."""
    data = OK + b"61 * * * * /x\n" + OK
    reading = read(data)
    assert fault(reading) == "bad-line"
    assert reading.fault is not None
    assert reading.fault.why.startswith("line 2:")
    assert len(commands(reading)) == 2
    assert fault(read(data, Dialect.CRONIE)) is None
    assert fault(read(data, Dialect.BUSYBOX)) is None


def test_the_first_fault_is_the_one_that_counts() -> None:
    """Cron stops there: a bad line before an open end, a long command before a bad line."""
    assert fault(read(b"zzz\n0 1 * * * /x")) == "bad-line"
    reading = read(b"0 1 * * * " + b"x" * 999 + b"\nzzz\n")
    assert reading.fault is not None
    assert "command too long" in reading.fault.why


def test_an_empty_value_disables_the_file_on_debian_12() -> None:
    """Hazard empty-mailto, trap 12."""
    assert fault(read(b"MAILTO=\n" + OK)) == "bad-line"
    assert fault(read(b'MAILTO=""\n' + OK)) is None
    assert fault(read(b"MAILTO=\n" + OK, Dialect.CRONIE)) is None


def test_debian_ignores_very_long_files() -> None:
    """More than 10,000 lines: checked with the daemon of 3.0pl1-162."""
    assert fault(read(OK * 10_000)) is None
    assert fault(read(OK * 10_001)) == "too-many-lines"
    assert fault(read(OK * 10_001, Dialect.CRONIE)) is None


def test_carriage_returns() -> None:
    """Hazard crlf: part of the command; alone on a line a fault; instead of line feeds a single open line."""
    reading = read(b"0 1 * * * /x\r\n")
    assert commands(reading) == ["/x\r"]
    assert fault(reading) is None
    assert fault(read(b"0 1 * * * /x\r\n\r\n")) == "bad-line"
    mac = read(b"0 1 * * * /x\r0 2 * * * /y\r")
    assert len(commands(mac)) == 1
    assert fault(mac) == "no-newline"
    assert [found.kind for found in mac.findings] == ["cr-only"]


def test_a_byte_order_mark_is_reported() -> None:
    """The first line is read as cron sees it: refused, even if it is a comment."""
    for line in (OK, b"# c\n"):
        reading = read(b"\xef\xbb\xbf" + line + OK)
        assert [found.kind for found in reading.findings] == ["bom"]
        assert isinstance(reading.items[0], Unread)
        assert fault(reading) == "bad-line"


@pytest.mark.parametrize("data", [OK.decode().encode("utf-16"), b"\0" * 100])
def test_a_file_that_is_no_text_is_one_unread_item(data: bytes) -> None:
    """Said once, for the whole file."""
    reading = read(data)
    (item,) = reading.items
    assert isinstance(item, Unread)
    assert item.origin.line == 0
    assert reading.lines == 1
    assert fault(reading) == "bad-line"


def test_cron_has_no_continuation_lines_but_busybox_has() -> None:
    """A backslash at the end belongs to the command; busybox joins the next line."""
    data = b"0 1 * * * /x \\\n  --flag\n"
    reading = read(data)
    assert [type(item) for item in reading.items] == [Entry, Unread]
    assert fault(reading) == "bad-line"
    busybox = read(data + OK, Dialect.BUSYBOX)
    assert commands(busybox) == ["/x   --flag", "/bin/true"]
    assert [item.origin.line for item in busybox.items] == [1, 3]
    assert commands(read(b"0 1 * * * /x \\", Dialect.BUSYBOX)) == ["/x \\"]


def test_a_system_crontab() -> None:
    """The user column by the caller's word."""
    (item,) = read(b"0 1 * * * etl /x\n", user_column=True).items
    assert isinstance(item, Entry)
    assert item.user == "etl"


def test_kubernetes_lines_are_read_by_its_own_rules() -> None:
    """A file of schedules for its dialect: lines as cron has them, fields as robfig/cron reads them."""
    reading = read(b"# c\n0 22-2 * * * /x\n0 0 ? * 1 /y\n", Dialect.KUBERNETES)
    assert [type(item) for item in reading.items] == [Comment, Unread, Entry]
    assert reading.fault is None


def test_large_files_take_linear_time() -> None:
    """A line of 2 MB, 200,000 empty lines and 20,000 NULs."""
    assert read(b"0 1 * * * echo " + b"a" * 2_000_000 + b"\n" + OK).lines == 2
    assert read(b"0 1 * * * echo " + b"%\\" * 500_000 + b"\n" + OK).lines == 2
    assert read(b"\n" * 200_000 + OK, Dialect.CRONIE).lines == 200_001
    assert read(b"@daily x\0A=bcdefgh\0" * 20_000 + b"\n").lines == 40_000
    assert read(b"#" + b"1 " * 500_000 + b"\n").lines == 1


@given(
    data=st.lists(
        st.sampled_from([b"0 1 * * * /x", b"A=b", b"# c", b"", b"zzz", b"\0", b"\r", b"%", b"\\", b"*", b" "]),
        max_size=12,
    ),
    joiner=st.sampled_from([b"\n", b"", b"\0"]),
    dialect=st.sampled_from(list(Dialect)),
    user_column=st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_no_line_vanishes(data: list[bytes], joiner: bytes, dialect: Dialect, user_column: bool) -> None:
    """Every logical line is one item, every physical line has at least one, and they stand in order."""
    text = joiner.join(data)
    reading = read(text, dialect, user_column=user_column)
    assert reading.lines == len(reading.items)
    numbers = [item.origin.line for item in reading.items]
    assert numbers == sorted(numbers)
    physical = text.count(b"\n") + (not text.endswith(b"\n") and text != b"")
    if numbers != [0] and dialect is not Dialect.BUSYBOX:
        assert sorted(set(numbers)) == list(range(1, physical + 1))


@given(data=st.binary(max_size=80), dialect=st.sampled_from(list(Dialect)))
@settings(max_examples=300, deadline=None)
def test_any_bytes_can_be_read(data: bytes, dialect: Dialect) -> None:
    """Nothing is raised, whatever the file holds."""
    reading = read(data, dialect)
    assert reading.lines == len(reading.items)
