"""Tests of what is said of things that could not be read."""

from migrator.report.markdown.unclear import once


def test_many_evals_are_one_remark():
    """Above three the first stands for all of them; what else is unclear stays."""
    hidden = [f"what `eval` runs: eval $(tool {number})" for number in range(5)]
    assert once([*hidden, "what `/opt/x` does: it is not among the files read"]) == [
        "what `eval` runs in 5 places, such as eval $(tool 0)",
        "what `/opt/x` does: it is not among the files read",
    ]


def test_a_few_evals_are_each_told():
    """Three can be looked at one by one."""
    hidden = [f"what `eval` runs: eval $(tool {number})" for number in range(3)]
    assert once(hidden) == hidden
