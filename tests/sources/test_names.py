"""Tests of file names as safe text."""

from hypothesis import given
from hypothesis import strategies as st

from migrator.sources.names import parts_of, shown


def test_what_acts_or_hides_is_written_out():
    """Line breaks, escapes, bidirectional marks, bytes that are no UTF-8, and the backslash itself."""
    assert shown("a\nb\x1b[2J\u202ec\\d") == "a\\nb\\x1b[2J\\u202ec\\\\d"
    assert shown(b"x\xff\xfe".decode("utf-8", "surrogateescape")) == "x\\xff\\xfe"


def test_ordinary_names_stay():
    """Letters of any language and blanks are shown as they are."""
    assert shown("crontab für 日本 (2).txt") == "crontab für 日本 (2).txt"


@given(st.text(), st.text())
def test_two_names_never_look_the_same(one: str, other: str):
    """The writing is injective, and printable apart from blanks."""
    assert (shown(one) == shown(other)) == (one == other)
    assert "\n" not in shown(one)


def test_parts_of_a_path():
    """A path is split from the root, dots resolved."""
    assert parts_of("/srv/./x/../tabs") == ("srv", "tabs")
    assert parts_of("/") == ()
