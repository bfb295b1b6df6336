"""Tokens begin and end where a shell's do."""

from __future__ import annotations

import pytest

from migrator.shell.lexing import LexError, skip, tokens
from migrator.shell.tree import FaultKind

TOKENS = {
    "a  b\tc": ["a", "b", "c"],
    "a>b": ["a", ">", "b"],
    "a 2>&1": ["a", "2>&", "1"],
    "a2>b": ["a2", ">", "b"],
    "a&>b&&c": ["a", "&>", "b", "&&", "c"],
    "a;;&b;&c": ["a", ";;&", "b", ";&", "c"],
    "a#b #c\nd": ["a#b", "\n", "d"],
    "x=(a 'b)' c) y": ["x=(a 'b)' c)", "y"],
    "a+(b|c)d e": ["a+(b|c)d", "e"],
    "a(b": ["a", "(", "b"],
    '\'a b\'"c $(d "e")"`f g`': ['\'a b\'"c $(d "e")"`f g`'],
    "${a:-b c} $(d e) $((f + g))": ["${a:-b c}", "$(d e)", "$((f + g))"],
    '"${a:-it\'s}" b': ['"${a:-it\'s}"', "b"],
    "$(# it's\na) b": ["$(# it's\na)", "b"],
    "$(case a in b) c;; esac) d": ["$(case a in b) c;; esac)", "d"],
    "<(a b) >(c)": ["<(a b)", ">(c)"],
    "a\\ b \\\nc": ["a\\ b", "c"],
    "a\\": ["a\\"],
    "$'a\\'b' c": ["$'a\\'b'", "c"],
}


@pytest.mark.parametrize(("text", "expected"), TOKENS.items())
def test_tokens(text: str, expected: list[str]) -> None:
    """Words, operators and redirections come apart; comments and blanks go."""
    found, fault = tokens(text, 0, len(text))
    assert [token.text for token in found] == expected
    assert all(text[token.start : token.end] == token.text for token in found)
    assert fault is None


@pytest.mark.parametrize("text", ["'a", '"a', "`a", "$(a", "${a", "$'a", '"$(', "a=(b", "<(a"])
def test_open_constructs(text: str) -> None:
    """What does not close is named by where it opens, and what stands before it is kept."""
    found, fault = tokens("x " + text, 0, len(text) + 2)
    assert [token.text for token in found] == ["x"]
    assert fault is not None
    assert fault.kind is FaultKind.UNTERMINATED
    assert fault.offset >= 2


def test_skip_stops_at_the_end_given() -> None:
    """A quote that closes behind the end is open."""
    assert skip("(a)b", 0, 4) == 3
    with pytest.raises(LexError):
        skip("(a)b", 0, 2)
