"""Paths, templates and choice rules of the Amazon States Language, read without running anything."""

from __future__ import annotations

import pytest

from migrator.verify.machines.data import DataError, filled, holds, looked_up, put

DATA = {"name": "a", "list": [{"n": 1}, {"n": 2}], "none": None, "flag": True, "number": 3, "text": "10"}
CONTEXT = {"Execution": {"Id": "run-7"}}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", DATA),
        ("$.name", "a"),
        ("$.list[1].n", 2),
        ("$.list[*].n", [1, 2]),
        ("$.list[*]", [{"n": 1}, {"n": 2}]),
        ("$.none", None),
        ("$$.Execution.Id", "run-7"),
        ("$$", CONTEXT),
    ],
)
def test_a_path_is_followed(path, found):
    """Names, places, all items of a list, and the context object."""
    assert looked_up(path, DATA, CONTEXT) == found


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("$.nobody", "leads nowhere"),
        ("$.name.inner", "leads nowhere"),
        ("$.list[2]", "leads nowhere"),
        ("$.name[0]", "leads nowhere"),
        ("$.name[*]", "leads nowhere"),
        ("$.list[*].m", "leads nowhere"),
        ("$..name", "is not read"),
        ("$.list[?(@.n > 1)]", "is not read"),
        ("$.list[-1]", "is not read"),
    ],
)
def test_a_path_that_leads_nowhere(path, why):
    """What is not there, and what the language has beside reference paths, is no value."""
    with pytest.raises(DataError, match=why):
        looked_up(path, DATA, CONTEXT)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("$.number", 3),
        ("States.Array($.name, 'b', 'it\\'s', 7, true)", ["a", "b", "it's", 7, True]),
        ("States.Array()", []),
        ("States.Format('{} of {}', $.name, $$.Execution.Id)", "a of run-7"),
        ("States.Format('plain')", "plain"),
        ("States.MathAdd($.number, 4)", 7),
        ("States.ArrayGetItem($.list[*].n, 1)", 2),
    ],
)
def test_a_template_is_filled_in(text, made):
    """Only members whose name ends in `.$` are looked up, at any depth."""
    template = {"a": [{"b.$": text}, "$.name"], "c": {"d": "$.name"}, "e": 1}
    assert filled(template, DATA, CONTEXT) == {"a": [{"b": made}, "$.name"], "c": {"d": "$.name"}, "e": 1}


@pytest.mark.parametrize(
    "text",
    [
        "States.UUID()",
        "States.Array(States.UUID())",
        "States.Array($.nobody)",
        "States.Array(1.5)",
        "States.MathAdd($.text, 1)",
        "States.MathAdd($.flag, 1)",
        "States.MathAdd(1, 2, 3)",
        "States.ArrayGetItem($.list, 9)",
        "States.ArrayGetItem($.list, true)",
        "States.ArrayGetItem($.list)",
        "States.ArrayGetItem($.name, 0)",
        "States.Format('{}{}', $.name)",
        "States.Format('{}', $.name, $.text)",
        "name",
    ],
)
def test_a_template_that_is_not_read(text):
    """Other functions, what leads nowhere, and places without values."""
    with pytest.raises(DataError):
        filled({"a.$": text}, DATA, CONTEXT)


def test_a_result_is_put_where_it_belongs():
    """`ResultPath`: nowhere, instead of all, or below a name, and the input is left as it was."""
    given = {"a": {"b": 1}, "c": 2}
    assert put(None, "x", given) == given
    assert put("$", "x", given) == "x"
    assert put("$.a.d", "x", given) == {"a": {"b": 1, "d": "x"}, "c": 2}
    assert put("$.c.d", "x", given) == {"a": {"b": 1}, "c": {"d": "x"}}
    assert put("$.e.f", "x", given) == {"a": {"b": 1}, "c": 2, "e": {"f": "x"}}
    assert given == {"a": {"b": 1}, "c": 2}


@pytest.mark.parametrize(("path", "data"), [("$[0]", {}), ("$.a[0]", {}), ("$.a", []), ("x", {})])
def test_a_result_path_that_is_not_read(path, data):
    """Places in lists, and input that is no table."""
    with pytest.raises(DataError, match="is not read"):
        put(path, "x", data)


def rule(operator, wanted, variable):
    """Give a rule that compares."""
    return {"Variable": variable, operator: wanted, "Next": "there"}


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        (rule("StringEquals", "a", "$.name"), rule("StringEquals", "b", "$.name")),
        (rule("StringEqualsPath", "$.name", "$.name"), rule("StringEqualsPath", "$.text", "$.name")),
        (rule("StringLessThan", "b", "$.name"), rule("StringLessThan", "a", "$.name")),
        (rule("NumericEquals", 3, "$.number"), rule("NumericEquals", 3, "$.text")),
        (rule("NumericGreaterThan", 2, "$.number"), rule("NumericGreaterThan", 3, "$.number")),
        (rule("NumericGreaterThanEquals", 3, "$.number"), rule("NumericGreaterThanEquals", 4, "$.number")),
        (rule("NumericLessThanEquals", 3, "$.number"), rule("NumericLessThanEquals", 1, "$.flag")),
        (rule("BooleanEquals", True, "$.flag"), rule("BooleanEquals", True, "$.number")),
        (rule("StringMatches", "run-*", "$$.Execution.Id"), rule("StringMatches", "*", "$.number")),
        (rule("IsNull", True, "$.none"), rule("IsNull", True, "$.name")),
        (rule("IsPresent", True, "$.none"), rule("IsPresent", True, "$.nobody")),
        (rule("IsPresent", False, "$.nobody"), rule("IsPresent", False, "$.name")),
        ({"Not": rule("IsNull", True, "$.name")}, {"Not": rule("IsNull", False, "$.name")}),
        (
            {"And": [rule("IsPresent", True, "$.name"), rule("StringEquals", "a", "$.name")]},
            {"And": [rule("IsPresent", True, "$.name"), rule("StringEquals", "b", "$.name")]},
        ),
        (
            {"Or": [rule("StringEquals", "b", "$.name"), rule("StringEquals", "a", "$.name")]},
            {"Or": [rule("StringEquals", "b", "$.name"), rule("StringEquals", "c", "$.name")]},
        ),
    ],
)
def test_choice_rules(yes, no):
    """A type that does not fit is no match, and a number is no flag."""
    assert holds(yes, DATA, CONTEXT) is True
    assert holds(no, DATA, CONTEXT) is False


@pytest.mark.parametrize(
    "odd",
    [
        {"Variable": "$.name", "Next": "there"},
        {"Variable": "$.name", "StringEquals": "a", "IsNull": False},
        rule("StringContains", "a", "$.name"),
        rule("IsString", True, "$.name"),
        rule("StringEquals", "a", "$.nobody"),
    ],
)
def test_choice_rules_that_are_not_read(odd):
    """Neither a guess nor a silent no."""
    with pytest.raises(DataError):
        holds(odd, DATA, CONTEXT)
