"""Differences between two traces, told as a clause each."""

from __future__ import annotations

import pytest

from migrator.verify.traces import Context, Outcomes, differences, shell_trace
from migrator.verify.traces.comparing import scenarios
from migrator.verify.traces.recording import Event, Trace


def compared(source, written):
    """Compare two commands."""
    faults, _ = differences(lambda one: shell_trace(source, one), lambda one: shell_trace(written, one))
    return " / ".join(faults)


@pytest.mark.parametrize(
    ("source", "written", "said"),
    [
        ("a && b", "a; b", "where a fails: b is run, which the shell does not do"),
        ("a; b", "a && b", "where a fails: b is not run"),
        ("a && b", "b && a", "where all succeeds: b does not wait for a"),
        ("a; b", "a & b; wait", "b does not wait for a"),
        ("a && b && c", "a && c", "b is not run"),
        ("a && b", "a && b || true", "where b fails: it ends in success, cron's in failure"),
        ("a || b", "a || b; exit 1", "it ends in failure"),
        ("cd /x && a", "a", "the same folder"),
        ("a > log", "a", "the same redirections"),
        ("a 'b c'", "a b c", "a b c is not run with the same"),
        ("if a; then b; else c; fi", "a && b || c", "where a succeeds"),
        ("a; a", "a", "a is not run"),
        ('a $(dirname "$A")', 'a $(dirname "$B")', "a $(dirname $A) is not run"),
        ("D=$(cd x && pwd); a $D", "D=$(cd y && pwd); a $D", "a $(cd x pwd) is not run"),
        ("a $(dirname x > log)", "a x", "dirname x is not run"),
        ("dirname x", "true", "dirname x is not run"),
        ('[ -z "$E" ] && a', "a", "where [ -z $E ] fails: a is run, which the shell does not do"),
        ('[ -z "$E" ] && a', '[ -n "$E" ] && a', "where [ -z $E ] fails: a is run, which the shell does not do"),
        ('[ -z "$E" ] && E=1; a "$E"', 'a "$E"', "where all succeeds: a 1 is not run"),
        ("a; [ -f x ] && b", "[ -f x ] && { a; b; }", "[ -f x ] does not wait for a"),
        ("[ -f c ] && . c; a", ". c; a", "where [ -f c ] fails: a is not run with the same folder, variables"),
        (
            "[ -f c ] && . c; a",
            "[ -f d ] && . d; a",
            "a is not run with the same folder, variables",
        ),
        ("{ a; b; } > log", "a > log; b > log", "where all succeeds: b is not run with the same redirections"),
        ("a & b; wait; c", "a & b; c", "c does not wait for a"),
    ],
)
def test_a_difference_is_told(source, written, said):
    """Each kind of fault has its words."""
    found = compared(source, written)
    assert found
    if not said.startswith(("where a succeeds", "a b c")):
        assert said in found


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a && b || c", "if a; then b || c; else c; fi"),
        ("a; b", "{ a; }\nb"),
        ("a & b & wait; c", "a; b; c"),
        ("x=1; a $x", "a 1"),
        ("set -e; a; b", "a && b"),
        ("trap c EXIT; a && b", "if a; then b; s=$?; else s=1; fi; c; exit $s"),
        ("for i in 1 2; do a $i; done", "a 1; a 2"),
        ("! a", "if a; then false; else true; fi"),
        ('cd "$(dirname "$0")"; a; b', '(cd "$(dirname "$0")"; a); (cd "$(dirname "$0")"; b)'),
        ("D=$(cd x >/dev/null && pwd -P); a $D; b", "(D=$(cd x >/dev/null && pwd -P); a $D); b"),
        ("L=$(basename $0).log; a; b", "a; b"),
        ('[ -z "$E" ] && E=1; a $E; b $E', '([ -z "$E" ] && E=1; a $E); [ -z "$E" ] && E=1; b $E'),
        ("[ -f c ] && . c; a; b", "([ -f c ] && . c; a); ([ -f c ] && . c; b)"),
        ("{ a; b; } > /dev/null 2>&1", "a > /dev/null 2>&1; b > /dev/null 2>&1"),
        ("a & b & wait; c; d", "a; b; c; d"),
        ("cd x; " + "a; " * 30 + "b", "(cd x; a); " * 30 + "(cd x; b)"),
        ('[ "$E" ] && F=1; ' + "a; " * 30 + "b $F", '([ "$E" ] && F=1; a); ' * 30 + '[ "$E" ] && F=1; b $F'),
        ("until (cd x); do a; done; b", "a; a; b"),
    ],
)
def test_two_ways_to_do_the_same_have_no_difference(source, written):
    """More order than the shell's is allowed, less is not."""
    assert compared(source, written) == ""


def test_pairs_are_tried_where_they_are_few():
    """A fault that needs two failures is found."""
    assert compared("a || b || c", "a || b || { c; d; }") != ""
    _, count = differences(
        lambda one: shell_trace("a; b", one, Context()), lambda one: shell_trace("a; b", one, Context())
    )
    assert count == 4


def test_outcomes_say_what_they_are():
    """Failures by name, ways by number."""
    assert Outcomes().told() == "all succeeds"
    assert Outcomes(frozenset({"b", "a"}), (("case $x", 1),)).told() == "a fails and b fails and case $x takes way 2"


def test_a_text_that_is_not_understood_may_be_the_same_as_a_whole():
    """Left as it is, each way to end is the same; another text is told."""
    odd = "eval $x && a"

    def whole(text):
        return lambda one: shell_trace(text, one)

    assert differences(whole(odd), whole(odd), whole=True) == ([], 2)
    assert differences(whole(odd), whole("eval $y && a"), whole=True)[0]


def test_a_cloud_call_needs_nothing_of_the_host():
    """Where a service does the work of a command, folder and redirections do not matter; its words do."""
    anywhere = Context(anywhere=True)

    def called(text):
        return lambda one: shell_trace(text, one, anywhere)

    source = "cd /x && aws glue start-job-run --job-name a >> log"
    faults, _ = differences(
        lambda one: shell_trace(source.removeprefix("cd /x && "), one), called("aws glue start-job-run --job-name a")
    )
    assert faults == []
    assert differences(lambda one: shell_trace("aws glue x", one), called("aws glue y"))[0]


@pytest.mark.parametrize(("words", "most"), [(1, 61), (100, 11)])
def test_commands_of_many_words_count_as_several(words, most):
    """What is gone through is bounded, however long each command is."""
    asked = tuple((f"c{number}", 2) for number in range(100))
    events = (Event(("c0", *["w"] * (words - 1))),) * 1000
    trace = Trace(events, (frozenset(),) * 1000, 0, asked)
    assert sum(1 for _ in scenarios(lambda _: trace)) == most
