"""One line of a crontab: what it is, what runs, and what is said about it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect, Origin
from migrator.sources.grammar import Rules, read_line
from migrator.sources.grammar.busybox import read_busybox_line
from migrator.sources.items import Assignment, Blank, Comment, Disabled, Entry, SourceItem, Unread

ORIGIN = Origin("tab", 7)


def items(text: str, dialect: Dialect = Dialect.DEBIAN, *, user_column: bool = False) -> tuple[SourceItem, ...]:
    """Read a line into its items."""
    rules = Rules(dialect, user_column)
    if dialect is Dialect.BUSYBOX:
        return (read_busybox_line(text, ORIGIN, rules),)
    return read_line(text, ORIGIN, rules).items


def entry(text: str, dialect: Dialect = Dialect.DEBIAN, *, user_column: bool = False) -> Entry:
    """Read a line that must be an entry."""
    (item,) = items(text, dialect, user_column=user_column)
    assert isinstance(item, Entry), item
    return item


def unread(text: str, dialect: Dialect = Dialect.DEBIAN, *, user_column: bool = False) -> Unread:
    """Read a line that must be refused."""
    (item,) = items(text, dialect, user_column=user_column)
    assert isinstance(item, Unread), item
    assert item.reason
    assert item.remedy
    assert item.origin == ORIGIN
    return item


def kinds(item: SourceItem) -> list[str]:
    """List the kinds of an item's findings."""
    return [found.kind for found in getattr(item, "findings", ())]


@pytest.mark.parametrize("dialect", list(Dialect))
def test_an_entry(dialect: Dialect) -> None:
    """Schedule, command and origin."""
    found = entry("  30 2\t* * 1-5  /opt/x  --a  b", dialect)
    assert found.schedule.text == "30 2\t* * 1-5"
    assert found.schedule.dialect is dialect
    assert found.command == "/opt/x  --a  b"
    assert found.origin == ORIGIN
    assert found.user is None
    assert found.stdin is None
    assert kinds(found) == []


def test_the_user_column_is_the_callers_word() -> None:
    """Trap 1: without it the first word belongs to the command, whatever it looks like."""
    line = "0 5 * * * mail -s report ops"
    assert entry(line).command == "mail -s report ops"
    found = entry(line, user_column=True)
    assert (found.user, found.command) == ("mail", "-s report ops")
    assert entry("0 5 * * *\tetl\t /x", user_column=True).command == "/x"


def test_a_numeric_first_argument_is_the_command() -> None:
    """Trap 14: five fields, then the command, even if it is a number."""
    assert entry("0 5 * * 1 2026 report").command == "2026 report"


def test_hashes_and_blanks_stay_in_the_command() -> None:
    """Trap 13: cron cuts nothing and folds nothing."""
    command = '/x "a  b" ${V#pre} "#fff"  # note'
    assert entry(f"0 1 * * * {command}").command == command


def test_busybox_cuts_at_a_hash() -> None:
    """Hazard comment-hash: even inside a URL or quotes; only nickname lines keep theirs."""
    found = entry('0 1 * * * curl "http://h/#x" # note', Dialect.BUSYBOX)
    assert found.command == 'curl "http://h/'
    assert kinds(found) == ["comment-hash"]
    assert entry("@daily echo a#b", Dialect.BUSYBOX).command == "echo a#b"
    assert "skips" in unread("0 0 * * 1#2 x", Dialect.BUSYBOX).reason


@pytest.mark.parametrize("text", ["@daily", "@daily ", "@daily #x", "0 0 * * *", "0 0 * *", "FOO=bar", "x", "@Daily x"])
def test_busybox_skips_short_lines(text: str) -> None:
    """They are listed as unread, with the reason."""
    unread(text, Dialect.BUSYBOX)


def test_busybox_user_column() -> None:
    """Where a caller says that there is one."""
    found = entry("0 0 * * * root  /x", Dialect.BUSYBOX, user_column=True)
    assert (found.user, found.command) == ("root", "/x")
    unread("0 0 * * * root", Dialect.BUSYBOX, user_column=True)


def test_busybox_does_not_see_behind_a_nul() -> None:
    """C strings end there; cron's hidden line does not exist for it."""
    found = entry("0 0 * * * x\0* * * * * y", Dialect.BUSYBOX)
    assert found.command == "x"
    assert kinds(found) == ["nul-byte"]
    (setting,) = items("MAILTO=x\0y", Dialect.BUSYBOX)
    assert isinstance(setting, Assignment)
    assert kinds(setting) == ["nul-byte"]
    unread("\0* * * * * y", Dialect.BUSYBOX)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("# x", Comment), ("  ", Blank), ("", Blank), ("#0 1 * * * /x", Disabled), ("MAILTO=x", Assignment)],
)
def test_busybox_other_lines(text: str, kind: type) -> None:
    """Comments, blanks and the settings it knows."""
    assert type(items(text, Dialect.BUSYBOX)[0]) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# x", Comment),
        (" \t# x", Comment),
        ("", Blank),
        (" \t ", Blank),
        ("#0 1 * * * /x", Disabled),
        ("A = b", Assignment),
    ],
)
def test_other_lines(text: str, kind: type) -> None:
    """Comments, blanks, settings."""
    assert type(items(text)[0]) is kind


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("* * * * * * x", "bad command"),
        ("@reboot *x", "bad command"),
        ("0 0 * *", "bad day-of-week"),
        ("60 * * * * x", "bad minute"),
        ("@five x", "bad time specifier"),
        ("\r", "carriage return"),
        ("\ufeff0 0 * * * x", "byte order mark"),
        ("A=", "no value"),
        ('A="x" # c', "closing quote"),
        ("--flag", "bad minute"),
    ],
)
def test_debian_refuses_a_line(text: str, reason: str) -> None:
    """Cron's own words, and what helps."""
    assert reason in unread(text).reason


@pytest.mark.parametrize(
    "text",
    ["0 0 * * * -x", "0 0 * * * -n", "0 0 * * * -n -n x", "0 0 * * *", "@daily", "@daily "],
)
def test_cronie_refuses_what_debian_runs(text: str) -> None:
    """No command, or one that looks like cronie's option."""
    unread(text, Dialect.CRONIE)
    assert isinstance(items(text)[0], Entry)


def test_cronie_options() -> None:
    """`-n` before the command and `-` before the minute are cronie's."""
    assert entry("0 0 * * * -n  /x", Dialect.CRONIE).command == "/x"
    assert kinds(entry("-0 0 * * * /x", Dialect.CRONIE)) == ["quiet-entry"]


@pytest.mark.parametrize(
    "text", ["0 0 * * * root", "0 0 * * * -root /x", "0 0 * * * /a/b --x", "0 0 * * *", "0 0 * * * ID=1 x"]
)
def test_a_bad_user_column(text: str) -> None:
    """Debian says «bad username», checked with the daemon of 3.0pl1-162."""
    assert "bad username" in unread(text, user_column=True).reason


def test_a_blank_behind_the_user_makes_an_empty_command() -> None:
    """`root ` runs an empty command on Debian."""
    found = entry("0 0 * * * root ", user_column=True)
    assert found.command == ""
    assert kinds(found) == ["empty-command"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0 * * * /x\r", ["crlf"]),
        ("0 0 * * * date +%F", ["percent"]),
        ("0 0 * * * cat%a", ["percent"]),
        ("0 0 * * * x %", ["percent"]),
        ("0 0 * * * date +\\%F", []),
        ("0 0 * * * a\\\\b", ["backslash-collapse"]),
        ("0 0 * * * cat%a\\\\b", ["percent"]),
        ("0 0 * * * /x \\", ["no-continuation"]),
        ("0 0 * * *", ["empty-command"]),
        ("0 0 * * * root /x", ["user-column"]),
        ("0 0 * * * root", []),
        ("0 0 1 * 1 /x", ["dom-dow-or"]),
        ("22-2 0 * * * /x", ["dead-schedule"]),
    ],
)
def test_findings_of_an_entry(text: str, expected: list[str]) -> None:
    """Each is said once, and only where it applies."""
    assert kinds(entry(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PATH=$HOME/bin:/bin", ["no-expansion"]),
        ("X=`date`", ["no-expansion"]),
        ("PATH=/bin", []),
        ("=x", ["unnamed-setting"]),
        ("A=b\r", ["crlf"]),
        ("A=" + "x" * 1200, ["setting-cut"]),
    ],
)
def test_findings_of_a_settings_line(text: str, expected: list[str]) -> None:
    """Hazard no-expansion and others."""
    assert kinds(items(text)[0]) == expected


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/x > /dev/null 2&>1", "`2&>1` joins no outputs: bash writes both outputs into a file called `1`"),
        ("/x >> /log 2>1", "`2>1` joins no outputs: the shell writes into a file called `1`"),
        ("/x 1>2; /y", "`1>2` joins no outputs: the shell writes into a file called `2`"),
    ],
)
def test_outputs_that_go_to_a_file_called_like_an_output(command: str, told: str) -> None:
    """A slip of the pen that makes a file in the home folder, and in sh a job in the background."""
    [finding] = entry(f"0 0 * * * {command}").findings
    assert finding.kind == "redirect-to-a-number"
    assert finding.text.startswith(told)


@pytest.mark.parametrize(
    "command",
    [
        "/x 2>&1",
        "/x >/log 2>&1",
        "/x &>/log",
        "/x &>> /log",
        "/x >1.log",
        "/x 2>1.log",
        "awk '$2>1' /x",
        "/x <1",
        "/x >&2",
    ],
)
def test_other_redirections_are_no_slip(command: str) -> None:
    """Outputs that are joined, files of other names, and a comparison."""
    assert entry(f"0 0 * * * {command}").findings == ()


def test_a_percent_in_a_date_is_named_as_one() -> None:
    """The shell gets a cut command: the finding shows it."""
    (found,) = entry("0 0 * * * tar czf x-$(date +%F).tgz /x").findings
    assert "date" in found.text


@pytest.mark.parametrize(("size", "refused"), [(998, False), (999, True)])
def test_debian_takes_commands_up_to_998_bytes(size: int, refused: bool) -> None:
    """Hazard command-998: counted in bytes; the job stays visible, marked."""
    for command in ("x" * size, "é" * (size // 2) + "x" * (size % 2)):
        found = entry(f"0 0 * * * {command}")
        assert (found.inactive is not None) == refused
        assert entry(f"0 0 * * * {command}", Dialect.CRONIE).inactive is None
    if refused:
        assert found.inactive is not None
        assert found.inactive.kind == "command-998"


def test_a_nul_hides_a_second_entry() -> None:
    """Hazard nul-byte: vixie and cronie run both, so both are listed and marked."""
    for dialect in (Dialect.DEBIAN, Dialect.CRONIE):
        first, second = items("* * * * * x\0* * * * * y", dialect)
        assert isinstance(first, Entry)
        assert isinstance(second, Entry)
        assert (first.command, second.command) == ("x", "y")
        assert first.origin == second.origin == ORIGIN
        assert "nul-byte" in kinds(first)
        assert "nul-byte" in kinds(second)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * * x\0zz", [Entry, Unread]),
        ("A=b\0* * * * * z", [Assignment, Entry]),
        ("A=b\0A=c\0# x", [Assignment, Assignment, Comment]),
        ("# a\0* * * * * y", [Comment]),
        ("5\0 * * * * x", [Entry]),
        ("* * * * * x\0", [Entry]),
        ("* * * * * \0* * * * * z", [Entry, Entry]),
        ("@daily\0* * * * * z", [Entry, Entry]),
        ("@da\0ily x", [Unread]),
        ("\0* * * * * x", [Unread]),
        ("* * * * * x\0  ", [Entry, Blank]),
    ],
)
def test_logical_lines_of_a_line_with_nuls(text: str, expected: list[type]) -> None:
    """As `crontab -n` of 3.0pl1-162 counts them; behind a fault the rest of the line is dropped."""
    assert [type(item) for item in items(text)] == expected


LINES = st.text(alphabet="0123*/,-~@=#%\\\"'\0\r\t aAdily.x\udcff\udce9é", max_size=60)


@given(text=LINES, dialect=st.sampled_from(list(Dialect)), user_column=st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_line_becomes_something(text: str, dialect: Dialect, user_column: bool) -> None:
    """Reading is total: at least one item, each with the line's origin and a reason where it is unread."""
    found = items(text, dialect, user_column=user_column)
    assert found
    for item in found:
        assert item.origin == ORIGIN
        if isinstance(item, Unread):
            assert item.reason
        if isinstance(item, Entry):
            assert item.schedule.dialect is dialect
            assert item.text in text


@given(
    before=LINES.filter(lambda text: "\0" not in text), command=st.text(alphabet="ab/ ", min_size=1).map("/x".__add__)
)
@settings(max_examples=200, deadline=None)
def test_an_entry_behind_a_nul_is_never_lost(before: str, command: str) -> None:
    """Whatever stands before, the hidden entry is listed or is part of a line that is refused or a comment."""
    found = items(f"{before}\00 0 * * * {command}")
    hidden = [item for item in found if isinstance(item, Entry) and command.rstrip() in item.command]
    swallowed = any(isinstance(item, Unread | Comment | Disabled) for item in found)
    assert hidden or swallowed
