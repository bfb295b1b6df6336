"""Words keep their parts: literal text with quotes gone, and what only a run can know."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.shell import commands, parse, quote
from migrator.shell.quoting import decode_ansi
from migrator.shell.tree import (
    Arithmetic,
    Command,
    Literal,
    Parameter,
    Part,
    ProcessSubstitution,
    Substitution,
    Word,
)
from tests.shell.shape import shape


def word(text: str) -> Word:
    """Give the argument of a command with one argument."""
    (item,) = parse(f"x {text}").items
    assert isinstance(item.node, Command)
    _, found = item.node.words
    return found


LITERALS = {
    "plain": "plain",
    "'a b'": "a b",
    '"a b"': "a b",
    "a'b'\"c\"\\d": "abcd",
    "pa'ss'\"wo\"rd": "password",
    '"a\\"b\\$c\\d\\\\"': 'a"b$c\\d\\',
    "''": "",
    '""': "",
    "$'a\\tb\\x41\\u00e9\\'\\101\\cA'": "a\tbAé'A\x01",
    '$"say"': "say",
    "a\\\nb": "ab",
    '"a\\\nb"': "ab",
    "50%": "50%",
    "a$": "a$",
    '"a$"': "a$",
    "{a,b}*[c]?": "{a,b}*[c]?",
    "~/x": "~/x",
    "a=b": "a=b",
    "@(a|b)": "@(a|b)",
}


@pytest.mark.parametrize(("text", "expected"), LITERALS.items())
def test_quotes_are_removed(text: str, expected: str) -> None:
    """A word without expansions has a literal; `raw` keeps what was written."""
    found = word(text)
    assert found.literal == expected
    assert found.raw == text


def test_quoted_and_unquoted_text_stay_apart() -> None:
    """A star that may glob is told from one that is quoted."""
    assert word("a*'*'\\?b").parts == (Literal("a*"), Literal("*?", quoted=True), Literal("b"))


PARAMETERS: dict[str, Part] = {
    "$x": Parameter("x"),
    '"$x"': Parameter("x", quoted=True),
    "$1": Parameter("1"),
    "$@": Parameter("@"),
    "${x}": Parameter("x"),
    "${x:-a b}": Parameter("x", ":-", "a b"),
    "${x%.*}": Parameter("x", "%", ".*"),
    "${x//a/b}": Parameter("x", "//", "a/b"),
    "${#x}": Parameter("x", "#"),
    "${!x}": Parameter("x", "!"),
    "${a[@]}": Parameter("a[@]"),
    "${x^^}": Parameter("x", "^^"),
    "${x:1:2}": Parameter("x", ":", "1:2"),
    "${ bad}": Parameter(" bad"),
    "$((1 + 2))": Arithmetic("1 + 2"),
}


@pytest.mark.parametrize(("text", "part"), PARAMETERS.items())
def test_expansions(text: str, part: Part) -> None:
    """Parameters keep name, operator and argument; a word with one has no literal."""
    found = word(text)
    assert found.parts == (part,)
    assert found.literal is None


SUBSTITUTIONS = {
    "$(a | b)": "([a] | [b])",
    '"$(a "b c" > d)"': "[a b c >d]",
    "`a b`": "[a b]",
    "`a \\`b\\``": "[a `b`]",
    '"`a \\"b\\"`"': "[a b]",
    "$(case x in a) b;; esac)": "case x in a) [b] ;; esac",
    "$((a); b)": "<[a]>; [b]",
    "${x:-$(a)}": "[a]",
    "$(($(a) + 1))": "[a]",
    '"${x:-$(a "b")}"': "[a b]",
}


@pytest.mark.parametrize(("text", "expected"), SUBSTITUTIONS.items())
def test_substitutions_are_parsed(text: str, expected: str) -> None:
    """What stands in `$(…)` or backticks is a script, within quotes and defaults too."""
    (part,) = word(text).parts
    match part:
        case Substitution(script=script):
            pass
        case Parameter(scripts=(script,)) | Arithmetic(scripts=(script,)):
            pass
        case _:
            pytest.fail(f"unexpected part {part}")
    assert shape(script) == expected


def test_process_substitution() -> None:
    """`<(…)` and `>(…)` say which way they go."""
    first, second = word("<(a)").parts[0], word(">(b c)").parts[0]
    assert isinstance(first, ProcessSubstitution)
    assert isinstance(second, ProcessSubstitution)
    assert (first.direction, shape(first.script), second.direction, shape(second.script)) == ("<", "[a]", ">", "[b c]")


def test_mixed_word() -> None:
    """Parts come in order, quotes noted on each."""
    parts = word('/var/"$H"/x-$(date +%F).tgz').parts
    assert [type(part).__name__ for part in parts] == ["Literal", "Parameter", "Literal", "Substitution", "Literal"]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="\0\r"), max_size=30))
def test_quote_round_trip(text: str) -> None:
    """A quoted text is one word that means the text."""
    found = word(quote(text))
    assert found.literal == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\\0b", "a"), ("\\udc80", "\ufffd"), ("\\UFFFFFFFF", "\ufffd"), ("\\q", "\\q"), ("\\e[0m", "\x1b[0m")],
)
def test_odd_escapes(text: str, expected: str) -> None:
    """A zero ends the text as in bash; numbers that are no character do not raise."""
    assert decode_ansi(text) == expected


@pytest.mark.parametrize("text", ["sleep $[ ( $RANDOM % 30 )  + 1 ]s", "sleep $[RANDOM%30]", "sleep $[ $n * 2 ]"])
def test_the_old_form_of_arithmetic(text: str) -> None:
    """`$[ … ]` is one word, whatever stands in it, and no fault."""
    script = parse(text)
    [item] = script.items
    assert not script.faults
    assert isinstance(item.node, Command)
    assert len(item.node.words) == 2


@pytest.mark.parametrize("word", ["'a$[ -f x ]'", "'it''s $[ 1 + 2 ]'", "\\$[RANDOM%30]"])
def test_what_is_quoted_is_no_arithmetic(word: str) -> None:
    """Single quotes and a backslash keep the old form as text; a comment's apostrophe opens nothing."""
    script = parse(f"# don't\necho {word}")
    [command] = commands(script)
    assert [each.raw for each in command.words] == ["echo", word]


def test_double_quotes_keep_arithmetic() -> None:
    """An apostrophe within double quotes is a letter: what stands between two of them is still worked out."""
    [command] = commands(parse("""sleep "it's $[ $n * 2 ] o'clock" """))
    assert command.words[1].raw == """"it's $(($n * 2)) o'clock\""""


def test_a_pattern_is_no_arithmetic() -> None:
    """The end of a line and a class behind it stay as they are written."""
    [item] = parse("grep 'abc$[0-9]' f").items
    assert isinstance(item.node, Command)
    assert item.node.words[1].raw == "'abc$[0-9]'"
