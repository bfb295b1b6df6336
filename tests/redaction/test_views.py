"""A word's view leads back to its source, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction.marks import Cut, Kind, replace
from migrator.redaction.names import EXPANSION
from migrator.redaction.views import view
from migrator.shell import parse
from migrator.shell.tree import Command

VIEWS = {
    "plain": "plain",
    "'a'\"b\"\\c": "abc",
    '"a\\"b\\d"': 'a"b\\d',
    "$'a\\x41\\n'": "aA\n",
    '$"a"': "a",
    "a$B${C}$(d)`e`f": "a" + EXPANSION * 4 + "f",
    '"$A-$1"': EXPANSION + "-" + EXPANSION,
    "a$": "a$",
    "a\\": "a",
    "$(open": EXPANSION,
}


@pytest.mark.parametrize(("text", "expected"), VIEWS.items())
def test_text(text: str, expected: str) -> None:
    """Quotes are gone, expansions are one character each."""
    assert view(text, 0, len(text)).text == expected


def test_variables_and_defaults() -> None:
    """Names and defaults of the variables in a span are told."""
    text = '"$A"x${B:-d e}$(c)'
    found = view(text, 0, len(text))
    assert found.names(0, len(found.text)) == ["A", "B"]
    assert found.names(1, 3) == ["B"]
    assert [default[2] for default in found.defaults_in(0, len(found.text))] == ["d e"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["ab", "'c d'", '"e f"', "\\g", "$'h'", "''"]), min_size=1, max_size=6),
    st.integers(0, 20),
    st.integers(1, 20),
)
def test_cuts_leave_one_word(pieces: list[str], first: int, length: int) -> None:
    """Whatever span is cut out of a word, the rest still is one word with the mark in its place."""
    text = "".join(pieces)
    found = view(text, 0, len(text))
    last = min(first + length, len(found.text))
    if first >= last:
        return
    written, _ = replace("x " + text, [_moved(found.cut(first, last, Kind.TOKEN), 2)])
    (item,) = parse(written).items
    assert isinstance(item.node, Command)
    _, word = item.node.words
    assert word.literal == found.text[:first] + "REDACTED-token" + found.text[last:]


def _moved(cut: Cut, by: int) -> Cut:
    return Cut(cut.start + by, cut.end + by, cut.kind, cut.before, cut.after, cut.continued)


def test_overlapping_cuts_are_one_mark() -> None:
    """Of spans that overlap, one mark stands for all; lines are counted."""
    text, found = replace("a\nbcdef\ng", [Cut(2, 5, Kind.KEY), Cut(3, 7, Kind.JWT), Cut(8, 9, Kind.TOKEN)])
    assert text == "a\nREDACTED-key\nREDACTED-token"
    assert [(each.line, each.kind) for each in found] == [(2, Kind.KEY), (3, Kind.TOKEN)]
