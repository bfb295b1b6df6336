"""Tests of how commands look in a log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.history.logged import as_logged, key_of_command, read_back, redacted, without_last_word


@pytest.mark.parametrize(
    ("command", "logged"),
    [
        ("a\tb", "a^Ib"),
        ("cp ü x", "cp \\303\\274 x"),
        ("a \x7f", "a ^?"),
        ("grep ^a \\d", "grep ^a \\d"),
        ("\udcff", "\\377"),
    ],
)
def test_writes_what_mkprints_writes(command, logged):
    """Control characters with a caret, bytes above ASCII in octal, all else as it is."""
    assert as_logged(command) == logged


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_the_log_s_text_and_the_file_s_meet(command):
    """Whatever a command holds, its log line is known again."""
    assert read_back(as_logged(command)) == key_of_command(command)


def test_a_half_character_is_no_traceback():
    """A manifest can hold a lone surrogate."""
    assert key_of_command("\ud800x").endswith("x")


def test_takes_secrets_out_behind_a_logged_tab():
    """The word before a tab does not hide the password behind it."""
    text, kinds = redacted("mysql^I-psecretpass12 db")
    assert "secretpass12" not in text
    assert kinds == ("password",)


def test_drops_the_word_that_was_cut():
    """Half a secret is not known as one, so the last word goes."""
    assert without_last_word("curl -H tok") == "curl -H"
    assert without_last_word("word") == ""
