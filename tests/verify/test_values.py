"""Values of written YAML and JSON: what each question gives for a value of another kind than expected."""

from __future__ import annotations

import pytest

from migrator.verify.values import Value, as_list, loaded, scalars, table


@pytest.mark.parametrize("value", [None, "a", 1, True, ["a"]])
def test_what_is_no_mapping_is_an_empty_one(value: Value) -> None:
    """A member can be asked for without looking first whether there is a mapping."""
    assert table(value) == {}
    assert table({"a": value}) == {"a": value}


@pytest.mark.parametrize(("value", "expected"), [(None, []), ([], []), (["a"], ["a"]), ("a", ["a"]), ({}, [{}])])
def test_one_alone_is_a_list_of_one(value: Value, expected: list[Value]) -> None:
    """IAM takes one action without a list around it."""
    assert as_list(value) == expected


@pytest.mark.parametrize("text", [None, "", "{", "{'a': 1}", "[" * 100_000])
def test_what_is_no_json_is_nothing(text: Value) -> None:
    """A text that is not JSON, or is too deep to be read, says nothing and raises nothing."""
    assert loaded(text) is None


def test_json_is_read_as_it_is() -> None:
    """Numbers stay numbers."""
    assert loaded('{"a": [1, "1", null]}') == {"a": [1, "1", None]}


def test_scalars_come_in_their_order_without_keys() -> None:
    """What a person fills in may stand at any depth; an empty mapping holds nothing."""
    assert list(scalars({"a": ["x", {"b": 1}], "c": None, "d": {}})) == ["x", 1, None]
