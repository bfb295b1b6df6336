"""Tests of reading TOML with lines."""

import pytest

from migrator.sources.grammar.document import DocumentError, line_of, plain
from migrator.sources.grammar.toml_document import read_toml

TEXT = """version = 1
[defaults]
host = "etl1"

[[jobs]]
id = "a"
command = "/x"

[[jobs]]
id = "b"
call = {service = "glue", name = "y"}
since = 2026-01-01
"""


def test_values_and_lines():
    """Tables of `[[jobs]]` and their keys have the lines they stand on; a date is text."""
    node = read_toml(TEXT)
    assert plain(node) == {
        "version": 1,
        "defaults": {"host": "etl1"},
        "jobs": [
            {"id": "a", "command": "/x"},
            {"id": "b", "call": {"service": "glue", "name": "y"}, "since": "2026-01-01"},
        ],
    }
    assert line_of(node, ("jobs", 0, "command")) == 7
    assert line_of(node, ("jobs", 1)) == 9
    assert line_of(node, ("jobs", 1, "call", "name")) == 11
    assert line_of(node, ("version",)) == 1


def test_a_header_inside_a_text_makes_lines_unknown():
    """Where the headers cannot be told from text, no line is claimed."""
    node = read_toml('note = """\n[[jobs]]\n"""\n[[jobs]]\nid = "a"\n')
    assert line_of(node, ("jobs", 0, "id")) in {0, 1}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[jobs]]\nid = "a"\nid = "b"\n', 3, "overwrite"),
        ("a = \n", 1, "invalid value"),
        ("a = " + "[" * 20_000, 0, "deep"),
        ("a = [[[1]]]\nb = " + "[" * 80 + "]" * 80 + "\n", 0, "deep"),
    ],
)
def test_faults(text: str, line: int, words: str):
    """Faults have the line that the standard reader names; deep nesting is one."""
    with pytest.raises(DocumentError) as caught:
        read_toml(text)
    assert words in caught.value.fault.lower()
    assert caught.value.line == line or words == "deep"


def test_odd_numbers():
    """Infinities and numbers of hundreds of digits become text, which no key takes for a number."""
    assert plain(read_toml("a = inf\nb = " + "9" * 1000 + "\nc = 1.5\nd = true\n")) == {
        "a": "inf",
        "b": "a number of too many digits",
        "c": 1.5,
        "d": True,
    }


def test_a_key_of_very_many_parts():
    """It is a fault with its line, before it takes gigabytes; a nest is one, too."""
    with pytest.raises(DocumentError) as caught:
        read_toml(f"a = 1\n{'b.' * 20_000}c = 1\n")
    assert caught.value.line == 2
    with pytest.raises(DocumentError, match="nested too deeply"):
        read_toml(f"a = {'[' * 50_000}{']' * 50_000}\n")
