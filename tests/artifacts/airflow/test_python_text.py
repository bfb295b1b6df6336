"""Texts as Python source, and as templates that give them back."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.artifacts.airflow.python_text import Name, call, identifier, literal, names, unrendered

VALUES = st.recursive(
    st.text(max_size=60) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=80)
@given(VALUES)
def test_a_literal_is_its_value(value):
    """Whatever it holds; printable ASCII alone, so that nothing is hidden from a reader."""
    text = literal(value, 8)
    assert ast.literal_eval(text) == value
    assert text.isascii()
    assert text.isprintable() or text.replace("\n", "").isprintable()


@settings(max_examples=80)
@given(st.text(alphabet="{}%#' \"a\n\r.sh", max_size=14))
def test_a_template_gives_the_text_back(text):
    """Jinja takes nothing of it for its own, and no ending for the name of a file."""
    jinja = pytest.importorskip("jinja2")
    made = unrendered(text, (".sh",))
    assert jinja.Environment().from_string(made).render() == text
    assert not made.endswith(".sh")


def test_identifiers_are_python_s_and_no_two_are_alike():
    """Words of the language, digits in front and other alphabets are no names."""
    name = names(["dag"])
    assert [name("a-b"), name("A.b"), name("dag"), name("class"), name("1st"), name("été"), name("")] == [
        "a_b", "a_b_2", "dag_2", "task_class", "task_1st", "t", "task",
    ]  # fmt: skip
    assert identifier("x" * 500) == "x" * 60


def test_a_call_is_laid_out_as_a_formatter_would():
    """Two short arguments stay on a line; long values are broken up."""
    assert call("F", [("", "a"), ("b", Name("c"))]) == 'F("a", b=c)'
    assert (
        call("F", [("a", ["x" * 60, "y" * 60])])
        == f'F(\n    a=[\n        "{"x" * 60}",\n        "{"y" * 60}",\n    ],\n)'
    )
