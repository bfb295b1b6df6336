"""Tests of reading JSON strictly."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.sources.grammar.document import DocumentError, line_of, plain
from migrator.sources.grammar.json_document import read_json


def fault(text: str) -> DocumentError:
    """Give the fault of a document."""
    with pytest.raises(DocumentError) as caught:
        read_json(text)
    return caught.value


def test_values_and_lines():
    """All kinds of values, each with its line."""
    node = read_json('{"a": [1, -2.5, 1e3, true, null],\n "b": {"c": "x\\u00e9", "d": []},\n\n "e": {}}\n')
    assert plain(node) == {"a": [1, -2.5, 1000.0, True, None], "b": {"c": "xé", "d": []}, "e": {}}
    assert line_of(node, ("b", "c")) == 2
    assert line_of(node, ("e",)) == 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,\n "a": 2}', 2, "stands twice"),
        ('{"a": NaN}', 1, "NaN"),
        ('{"a": -Infinity}', 1, "Infinity"),
        ('{"a": 1}\n{"b": 2}', 2, "follows the end"),
        ('{"a": 1,}', 1, "key"),
        ("[1, ]", 1, "value is missing"),
        ("[1 2]", 1, "comma"),
        ('{"a" 1}', 1, "colon"),
        ("{a: 1}", 1, "key"),
        ('["x\ny"]', 1, "control character"),
        ('["x', 1, "unterminated"),
        ('["\\q"]', 1, "escape"),
        ("", 1, "value is missing"),
        ("[01]", 1, "comma"),
        ("[" * 100_000, 1, "deeper"),
    ],
)
def test_faults_have_a_line(text: str, line: int, words: str):
    """What RFC 8259 forbids is told with line and remedy, deep nesting too."""
    found = fault(text)
    assert words in found.fault.lower() or words in found.fault
    assert found.line == line
    assert found.remedy


def test_absurd_numbers_stay_text():
    """Thousands of digits and what overflows a float are kept as text, to be refused by the key that holds them."""
    assert plain(read_json("[" + "9" * 5000 + ", 1e999]")) == ["9" * 5000, "1e999"]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from('{}[]",:0123456789.eE+-truefalsn \n\\')))
def test_any_text_is_read_or_refused(text: str):
    """No text raises anything but a DocumentError."""
    with contextlib.suppress(DocumentError):
        assert read_json(text).size >= 1
