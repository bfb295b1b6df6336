"""Tokens begin and end where a shell's do."""

from __future__ import annotations

import pytest

from migrator.shell import parse
from migrator.shell.lexing import ASSIGNMENT, LexError, skip, tokens
from migrator.shell.tree import Command, FaultKind

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


@pytest.mark.parametrize(
    "text",
    ['a["x y"]=1', "a['x ] y']+=1", 'a["$label Update"]="no"', "a[$(( i + 1 ))]=x", "a[$i]=1", 'a["x"]=1', "a=1"],
)
def test_a_subscript_may_have_blanks_where_quotes_hold_them(text):
    """Bash takes the whole for one assignment."""
    assert ASSIGNMENT.match(text)
    [item] = parse(text).items
    assert isinstance(item.node, Command)
    assert len(item.node.assignments) == 1
    assert not item.node.words


@pytest.mark.parametrize("text", ["a[x y]=1", 'a["x]=1', "a[x", '"a[x]"=1', "a b=1"])
def test_what_is_no_subscript_makes_no_assignment(text):
    """An open quote, a blank without quotes and a quoted name are words."""
    assert not ASSIGNMENT.match(text)
