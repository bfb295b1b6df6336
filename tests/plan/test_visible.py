"""Texts as they may leave the program."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.plan import cut, storable, visible

ANY_TEXT = st.text(alphabet=st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text – é 漢", "plain text – é 漢"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x1b[31m\x07\x7f", "\\x1b[31m\\x07\\x7f"),
        ("\x85\xa0", "\\x85\\xa0"),
        ("\u202ecod\u2066\u200b", "\\u202ecod\\u2066\\u200b"),
        ("\ud83d", "\\ud83d"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), "caf\\xe9"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_shows_what_does_not_print_as_escapes(text, shown):
    """Control, format and undecodable characters become escapes; all others stay."""
    assert visible(text) == shown


def test_keeps_two_marks_on_a_letter_and_escapes_the_rest():
    """A pile of accents cannot climb over the lines above."""
    assert visible("a\u0301\u0301\u0301\u0301b\u0301") == "a\u0301\u0301\\u0301\\u0301b\u0301"


@given(ANY_TEXT)
def test_what_is_visible_prints_on_one_line(text):
    """The result is UTF-8, prints, and holds no direction or format character."""
    shown = visible(text)
    shown.encode()
    assert shown.isprintable()
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in shown)
    assert visible(shown) == shown


@given(ANY_TEXT, st.integers(1, 20))
def test_a_cut_text_is_never_longer_than_its_limit(text, limit):
    """What was left out is marked; what fits is kept whole."""
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == visible(text) or shown.endswith("…")


@settings(max_examples=20)
@given(st.integers(10_000, 200_000))
def test_a_long_text_is_cut_before_it_is_looked_at(length):
    """A line of megabytes costs no more than its first characters."""
    assert len(cut("\x1b" * length, 50)) == 50


@given(ANY_TEXT)
def test_what_is_stored_keeps_everything_that_utf8_can_carry(text):
    """Only surrogates are replaced, and a second time changes nothing."""
    kept = storable(text)
    assert storable(kept) == kept
    if not any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        assert kept == text
    kept.encode()
