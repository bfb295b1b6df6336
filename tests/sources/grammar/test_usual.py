"""The usual lines: read at once, and never otherwise than line by line."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.model import Dialect, Origin
from migrator.sources.grammar import Rules, read_line
from migrator.sources.grammar.usual import usual_reader
from migrator.sources.items import Assignment, Blank, Comment, Entry
from tests.schedules.cron.golden import line_text, rows

LOGGED = (Dialect.DEBIAN, Dialect.CRONIE)
FRONTS = (
    "0 3 * * *",
    "*/25 * * * *",
    "@daily",
    "@nope",
    "0  3\t* * mon",
    "-1 3 * * *",
    "61 * * * *",
    "0 0 1 * 1",
    "0 3 *",
)
MIDDLES = (" ", "  ", "\t", "", " root ", "    root ", " root\t", " www-data  ", " ro\x0bot ", " \x0b")
COMMANDS = (
    "/bin/load a b",
    "echo %x\\%y",
    "tar c \\\\host",
    "root /bin/x",
    "*/5 x",
    "-n /bin/x",
    "a\0b",
    "x\r",
    "",
    " ",
    "é" * 300,
    "x\udcff",
    "%",
    "A=b",
    "/bin/x 2&>1",
    "/bin/x &>/dev/null 2>&1",
)
WHOLE = (
    "",
    " ",
    "# 0 3 * * * /bin/x",
    "# prose",
    "MAILTO=ops",
    "A=",
    "A = 'b'",
    "A=$B",
    "A\0=b",
    "'A'=b",
    "x" * 2000,
    "=",
)


def usual(text: str, dialect: Dialect, *, user_column: bool) -> object:
    """Read a line as a usual one; None where it is left."""
    return usual_reader(dialect, user_column=user_column)(text, "tab", 7)


def same(text: str, dialect: Dialect, *, user_column: bool) -> bool:
    """Hold the usual reading to the line's; say whether there was one."""
    item = usual(text, dialect, user_column=user_column)
    if item is None:
        return False
    read = read_line(text, Origin("tab", 7), Rules(dialect, user_column))
    assert read.items == (item,), text
    assert read.open_end is isinstance(item, Entry | Assignment)
    assert type(read.items[0]) is type(item)
    return True


@pytest.mark.parametrize("user_column", [False, True])
@pytest.mark.parametrize("dialect", LOGGED)
def test_a_usual_line_is_read_as_any_other(dialect: Dialect, user_column: bool) -> None:
    """Every schedule, every blank behind it and every command: item for item what the careful reader gives."""
    made = ["".join(parts) for parts in product(FRONTS, MIDDLES, COMMANDS)]
    assert sum(same(text, dialect, user_column=user_column) for text in (*made, *WHOLE)) > len(made) // 8


@given(st.text(alphabet="0123*/-,@ \t#=%\\\0\r'\"AMrotx\udcffé", max_size=40), st.sampled_from(LOGGED), st.booleans())
def test_any_text_is_read_as_any_other(text: str, dialect: Dialect, user_column: bool) -> None:
    """So is whatever else a line may hold."""
    same(text, dialect, user_column=user_column)


@pytest.mark.parametrize("user_column", [False, True])
@pytest.mark.parametrize("dialect", LOGGED)
def test_the_recorded_lines_are_read_as_any_other(dialect: Dialect, user_column: bool) -> None:
    """So are the 2,500 lines of the recorded answers; most of those that are accepted are usual."""
    usual_ones = sum(same(line_text(row), dialect, user_column=user_column) for row in rows("golden_accept.jsonl.gz"))
    assert user_column or usual_ones > 500


@pytest.mark.parametrize(
    ("text", "user_column", "kind"),
    [
        ("0 3 * * * /bin/load", False, Entry),
        ("0\t3  * * *  /bin/load", False, Entry),
        ("*/25 * * * * cd /x && tar c \\%F", False, Entry),
        ("@daily /bin/load", False, Entry),
        ("0 3 * * *\troot  /bin/load", True, Entry),
        ("MAILTO=ops", False, Assignment),
        ("# daily load", False, Comment),
        ("", False, Blank),
    ],
)
def test_what_is_usual_is_read_at_once(text: str, user_column: bool, kind: type) -> None:
    """Entries with aligned columns, remarks and percent signs too."""
    assert isinstance(usual(text, Dialect.DEBIAN, user_column=user_column), kind)


@pytest.mark.parametrize(
    "text",
    [
        "61 * * * * /bin/x",
        "# 0 3 * * * /bin/load",
        "0 3 * * * -x",
        "0 3 * * * a\0b",
        f"{'0,' * 60}0 3 * * * /bin/x",
        " x",
    ],
)
def test_the_rest_is_left(text: str) -> None:
    """What is refused, disabled, ended by a NUL or very long goes the careful way."""
    assert usual(text, Dialect.DEBIAN, user_column=False) is None


@pytest.mark.parametrize("dialect", [Dialect.BUSYBOX, Dialect.KUBERNETES])
def test_other_dialects_have_no_usual_lines(dialect: Dialect) -> None:
    """Busybox joins lines and Kubernetes parts words otherwise."""
    assert usual("0 3 * * * /bin/x", dialect, user_column=False) is None
