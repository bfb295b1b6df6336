"""Programs for a newer Python than the one that reads them: f-strings of PEP 701."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands.languages.python.newer_text import as_older
from tests.commands.tools import facts, writes


@pytest.mark.parametrize(
    "text",
    [
        "row = {'day': 'mon'}\nopen(f'/a/{row['day']}.csv', 'w')",
        'row = {"day": "mon"}\nopen(f"/a/{row["day"]}.csv", "w")',
        "row = {'day': 'mon'}\nopen(f'''/a/{row['day']}.csv''', 'w')",
        'print(f"{"\\n".join([])} it\'s # {{x}}")\nopen("/a/mon.csv", "w")',
        "print(f'{', '.join(f'{n:>{3}}' for n in [1])}')\nopen('/a/mon.csv', 'w')",
    ],
)
def test_quotes_within_fields(text: str) -> None:
    """The key is known, and what stands behind the string is read too."""
    assert writes(facts("python3 /o/p.py", {"o/p.py": text})) == {"/a/mon.csv"}


@pytest.mark.parametrize("text", ["f'{a'", "f'{a\n}'", "'", "f'" + "{f'" * 40, "x = f'{a[\"b\"]}' # f'{", "f'{{}}'"])
def test_what_needs_nothing_or_is_no_program_stays(text: str) -> None:
    """A string without an end, fields within fields without an end, an older program."""
    assert as_older(text) == text


@settings(max_examples=80, deadline=None)
@given(st.text("f'\"{}\\\n# a[]", max_size=40))
def test_what_an_older_python_reads_says_the_same_afterwards(text: str) -> None:
    """Only what it could not read is changed; lines keep their numbers."""
    found = as_older(text)
    assert found.count("\n") == text.count("\n")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    if not any(isinstance(node, ast.JoinedStr) for node in ast.walk(tree)):
        assert found == text
