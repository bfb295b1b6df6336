"""Lists of simple commands are read in one pass, and as the grammar would read them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.shell.heredocs import take_out
from migrator.shell.parser import _nested, _parse
from migrator.shell.plain import plain_items
from migrator.shell.source import Source
from migrator.shell.tree import Item
from migrator.shell.words import WordReader
from tests.shell.shape import shape

PIECES = st.sampled_from(
    [
        *(
            "a",
            "b-c",
            "x=1",
            "A+=b",
            "'q r'",
            '"d e"',
            '"$V x"',
            "$V",
            "${V:-w}",
            "$(c d)",
            "`e f`",
            "\\;",
            "#h",
            "i#j",
        ),
        *("&&", "||", ";", "&", "|", "|&", ">", ">>", "2>&1", "<", "&>", "<<<", ">f", "2>/dev/null", "<(g h)", "-"),
        *(
            "if",
            "fi",
            "!",
            "time",
            "{",
            "}",
            "(",
            ")",
            "[[",
            "in",
            "\n",
            "\\\n",
            " ",
            "  ",
            "\t",
            "é",
            "'",
            '"',
            "=",
            "",
        ),
    ]
)


def reader(text: str) -> WordReader:
    """Make a reader of a text without here documents."""
    bare, _ = take_out(text)
    return WordReader(Source(text, bare), _parse, 0, [100_000])


def plain(text: str) -> tuple[Item, ...] | None:
    """Read a text in one pass."""
    return plain_items(reader(text))


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=9).map("".join) | st.lists(PIECES, max_size=9).map(" ".join))
def test_both_readings_are_equal(text: str) -> None:
    """Spans, words and faults too, wherever the one pass reads a text at all."""
    one = reader(text)
    found = plain_items(one)
    if found is None or "<<" in text.replace("<<<", ""):
        return
    other = _nested(reader(text))
    assert found == other.items
    assert tuple(one.faults) == other.faults


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "[a]"),
        ("a b; c", "[a b]; [c]"),
        ("a && b || c", "([a] && [b] || [c])"),
        ("a | b |& c &", "([a] | [b] | [c]) &"),
        ("A=1 B= a >x 2>&1 <y", "[A=1 B= a >x 2>&1 <y]"),
        ('cd "$X" && a $(b; c) >> l', '([cd "$X"] && [a $(b; c) >>l])'),
        ("> f", "[>f]"),
        ("a 'b c'\\ d # e", "[a b c d]"),
        ("", ""),
        ("# only words", ""),
    ],
)
def test_what_is_plain(text: str, expected: str) -> None:
    """Lists, pipelines, redirections, assignments, words of every kind."""
    found = plain(text)
    assert found is not None
    assert "; ".join(shape(item.node) + (" &" if item.background else "") for item in found) == expected


@pytest.mark.parametrize(
    "text",
    [
        "if a; then b; fi",
        "(a)",
        "{ a; }",
        "a\nb",
        "! a",
        "time a",
        "[[ a ]]",
        "a &&",
        "; a",
        "a | | b",
        "a >",
        "f() { a; }",
        "'a",
    ],
)
def test_what_is_left_to_the_grammar(text: str) -> None:
    """Whatever nests, spans lines, or is no shell at all."""
    assert plain(text) is None
