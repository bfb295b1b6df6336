"""Settings lines as load_env reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.model import Dialect
from migrator.sources.grammar import Setting, read_assignment


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("A=b", "A", "b"),
        ("A = b c", "A", "b c"),
        ("A\t=\tb  ", "A", "b"),
        ('A="b c "', "A", "b c "),
        ("A=' b'", "A", " b"),
        ('"A B"=c', "A B", "c"),
        ("'q' = 'v' \t", "q", "v"),
        ("A=it's", "A", "it's"),
        ('A=x"y"', "A", 'x"y"'),
        ("PATH=/a:$PATH", "PATH", "/a:$PATH"),
        ("A=b=c", "A", "b=c"),
        ("A=b # c", "A", "b # c"),
        ("=novalue", "", "novalue"),
        ('MAILTO=""', "MAILTO", ""),
        ("lower.case=1", "lower.case", "1"),
        ("ÉTÉ=1", "ÉTÉ", "1"),
        ("A=b\r", "A", "b"),
        ('A="b"\r', "A", "b"),
        ("1~5=*  *  c", "1~5", "*  *  c"),
    ],
)
@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE])
def test_name_and_value_are_those_that_cron_stores(line: str, name: str, value: str, dialect: Dialect) -> None:
    """Trap 11: blanks, quotes, lower case and odd names; nothing is expanded."""
    assert read_assignment(line, dialect) == Setting(name, value)


@pytest.mark.parametrize(
    "line",
    [
        'A="x" y',
        'A="x',
        "A='x",
        '"A=b',
        '"A"="',
        "export A=1",
        "A B=c",
        "0 5 * * * X=1 cmd",
        '"A=B"=c',
        '"A" "=b',
        "A",
        "",
        "'",
    ],
)
@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE])
def test_what_is_no_settings_line(line: str, dialect: Dialect) -> None:
    """Text behind a closing quote, an open quote, a second word before the `=`."""
    assert read_assignment(line, dialect) is None


@pytest.mark.parametrize("line", ["A=", "A =", "MAILTO= ", "A=\r"])
def test_an_empty_value_wants_quotes_on_debian_only(line: str) -> None:
    """Hazard empty-mailto: Debian 12 takes the line for an entry, cronie stores an empty value."""
    assert read_assignment(line, Dialect.DEBIAN) is None
    setting = read_assignment(line, Dialect.CRONIE)
    assert setting is not None
    assert setting.value == ""


def test_debian_keeps_998_bytes_of_the_line() -> None:
    """The rest of an unquoted value is dropped in silence; a quoted one is then open, and no setting."""
    setting = read_assignment("A=" + "x" * 2000, Dialect.DEBIAN)
    assert setting is not None
    assert len(setting.value) == 996
    assert setting.cut
    assert read_assignment('A="' + "x" * 994 + '"', Dialect.DEBIAN) == Setting("A", "x" * 994)
    assert read_assignment('A="' + "x" * 995 + '"', Dialect.DEBIAN) is None
    assert read_assignment("x" * 996 + "=1", Dialect.DEBIAN) == Setting("x" * 996, "1")
    assert read_assignment("x" * 997 + "=1", Dialect.DEBIAN) is None
    assert read_assignment("A=" + "é" * 600, Dialect.DEBIAN) is not None
    cronie = read_assignment("A=" + "x" * 2000, Dialect.CRONIE)
    assert cronie == Setting("A", "x" * 2000)


@pytest.mark.parametrize(
    ("line", "setting"),
    [
        ("MAILTO=a@b", Setting("MAILTO", "a@b")),
        ("MAILTO=", Setting("MAILTO", "")),
        ('PATH="/a b"', Setting("PATH", '"/a', cut=True)),
        ("SHELL=/bin/ash#x", Setting("SHELL", "/bin/ash", cut=True)),
        ("HOME=/x", None),
        ("MAILTO = x", None),
    ],
)
def test_busybox_knows_three_names_and_one_word(line: str, setting: Setting | None) -> None:
    """crond.c keeps the first word, quotes and all."""
    assert read_assignment(line, Dialect.BUSYBOX) == setting


@given(line=st.text(alphabet="A=\"' \t\rb\0\udcff#", max_size=30), dialect=st.sampled_from(list(Dialect)))
def test_reading_is_total(line: str, dialect: Dialect) -> None:
    """Every text gives a setting or None, and what it gives stood in the text."""
    setting = read_assignment(line, dialect)
    if setting is not None:
        assert setting.name in line
        assert setting.value in line
