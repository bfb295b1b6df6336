"""Wildcards of what programs pick out of folders: never narrower than what the program takes."""

import re
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands import wildcards

PIECES = st.sampled_from(
    [
        "sales",
        "-",
        r"\.",
        ".",
        ".*",
        r"\d+",
        "[0-9]{8}",
        "(a|b)",
        "x?",
        "y*",
        "z+",
        "(?:n\\d)?",
        "^",
        "$",
        r"\w",
        "q{2}",
        "_",
    ]
)


@given(st.lists(PIECES, max_size=6).map("".join), st.data())
@settings(max_examples=300, deadline=None)
def test_no_name_that_matches_is_left_out(pattern, data):
    """Whatever a regular expression takes, its wildcard takes."""
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    name = data.draw(st.from_regex(compiled)).rstrip("\n")
    for from_start, to_end, way in ((False, False, re.search), (True, False, re.match), (True, True, re.fullmatch)):
        if way(compiled, name):
            assert fnmatchcase(name, wildcards.of_pattern(pattern, from_start=from_start, to_end=to_end))


@given(st.text("\\^$.*+?()[]{}|ab-", max_size=20))
def test_any_text_is_survived(pattern):
    """What is no regular expression gives some wildcard."""
    assert "**" not in wildcards.of_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^sales-\d{8}\.csv$", "sales-*.csv"),
        (r"\.json$", "*.json"),
        ("^part", "part*"),
        ("a|b", "*"),
        (r"(jpg|png)$", "*"),
        (r"\.(?:jpe?g|png)$", "*.*"),
        ("x" * 500, "*"),
        ("", "*"),
        ("ab?c", "*a*c*"),
        ("[", "*"),
        (r"[[:digit:]]+\.csv$", "*"),
        (r"^$pre.*csv$", "*"),
        ("#{pre}x$", "*"),
        (r"\x2ecsv$", "*"),
        (r"\Q$pre\E_", "*"),
        (r"\p{Lu}x$", "*"),
        (r"^sales [0-9]+ \.csv$", "*"),
        (r"(?x)^sales$", "*"),
        (r"\[a\]$", "*a]"),
        (r"(?:a)b$", "*b"),
    ],
)
def test_what_a_pattern_says(pattern, expected):
    """Plain letters stay, all else may be anything."""
    assert wildcards.of_pattern(pattern) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("*.csv", "sales*", "sales*.csv"),
        ("sales*", "*.csv", "sales*.csv"),
        ("*", "a*", "a*"),
        ("a*", "*", "a*"),
        ("*x*", "*.csv", "*.csv"),
        ("a-*.csv", "a*", "a-*.csv"),
    ],
)
def test_two_tests_of_one_name(one, other, expected):
    """A beginning and an end go together; else the one that says more stands."""
    assert wildcards.both(one, other) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("/d/*", "/d/*.csv"), ("*", "*.csv"), ("/d/a-*", "/d/a-*"), ("/d/x", "/d/x")]
)
def test_only_what_is_unknown_is_narrowed(name, expected):
    """A name that tells something already stays."""
    assert wildcards.narrowed(name, "*.csv") == expected
