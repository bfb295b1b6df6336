"""Names behind those before them."""

from __future__ import annotations

from migrator.verify.ordering import in_order


def test_each_stands_behind_those_before_it():
    """What is free together keeps its order."""
    assert in_order({"c": ["a"], "b": [], "a": [], "d": ["c", "b"]}) == ["b", "a", "c", "d"]


def test_a_circle_comes_last():
    """What stands before a circle is sorted all the same, and names of elsewhere are no names."""
    assert in_order({"x": ["y", "a"], "y": ["x"], "a": ["elsewhere"]}) == ["a", "x", "y"]


def test_a_long_chain():
    """Ten thousand names in a chain."""
    names = [f"n{number}" for number in range(10_000)]
    chain = dict(zip(reversed(names), ([name] for name in [*reversed(names[:-1]), names[0]]), strict=True))
    chain["n0"] = []
    assert in_order(chain) == names
