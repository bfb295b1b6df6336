"""What the interpreter takes down, and what it refuses."""

from __future__ import annotations

import pytest

from migrator.verify.traces import Context, Event, NotComparableError, Outcomes, shell_trace

SUCCESS = Outcomes()


def texts(command, outcomes=SUCCESS, **context):
    """Give the commands that are run, in the order in which they were met."""
    return [event.text for event in shell_trace(command, outcomes, Context(**context)).events]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("D=/data; load $D/in '$D'", ["load /data/in $D"]),
        ("F='a b'; load $F; load \"$F\"", ["load a b", "load a b"]),
        ("load ${DAY:-today}", ["load ${DAY:-today}"]),
        ("DAY=; load ${DAY:-today}", ["load today"]),
        ("x=$(date +%F); load $x", ["date +%F", "load $(date +%F)"]),
        ("for i in 1 2; do load $i; done", ["load 1", "load 2"]),
        ("f() { load $1 $#; }; f a b", ["load a 2"]),
        ('set -- x y; load "$@"', ["load x y"]),
        ("load; exit $?; never", ["load"]),
        ("exec load; never", ["load"]),
        ("[ 3 -gt 2 ] && load; [ a = b ] || other", ["load", "other"]),
        ("[[ abc == a* ]] && load", ["load"]),
        ("[ -f x ] && load", ["[ -f x ]", "load"]),
        ("load < <(make)", ["make", "load"]),
        ("while read line; do load $line; done < list", ["read line", "load line of line 1"] * 1),
    ],
)
def test_texts_are_expanded_as_far_as_they_are_known(command, expected):
    """Variables whose value stands in the script are put in; what only a run knows stays as it is written."""
    assert texts(command)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("load 'a b'", "load a b"),
        ("rm *.csv", "rm '*.csv'"),
        ("load", "cd /data && load"),
        ("load", "load > log"),
        ("load", "{ load; } 2>&1"),
        ("load", "export A=1; load"),
        ("load", "PATH=/x; load"),
        ("load $x", "x=1; load $x"),
        ("load <<X\na\nX\n", "load <<X\nb\nX\n"),
        ("load", "umask 077; load"),
        ("load", ". /etc/settings; load"),
        ("load", "exec > log; load"),
    ],
)
def test_another_meaning_is_another_event(one, other):
    """Quotes, folder, redirections, exported variables: none of them may be lost."""
    assert shell_trace(one, SUCCESS).events[-1] != shell_trace(other, SUCCESS).events[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('load "a"', "load a"),
        ("D=/x; load $D", "load /x"),
        ("cd /data; load", "cd /tmp; cd /data; load"),
        ("A=1; load", "load"),
        ("(cd /data); load", "load"),
        ("{ load; } 2>&1; save", "{ load; } 2>&1 && save"),
        ("pushd /data; load", "cd /data; load"),
        ("cd /data; pushd x; a; popd; load", "cd /data; load"),
        ("pushd /a; pushd b; popd; load", "cd /a; load"),
    ],
)
def test_the_same_meaning_is_the_same_event(one, other):
    """Two ways to write the same command are one event."""
    first, second = (shell_trace(text, SUCCESS, Context(bash=True)) for text in (one, other))
    assert first.events[-1] == second.events[-1]


@pytest.mark.parametrize(
    "command",
    [
        "eval $x",
        "exit $code",
        "trap load DEBUG",
        "f() { f; }; f",
        "while true; do load; done",
        "for ((i=0; i<3; i++)); do load; done",
        "case a in a) b ;& c) d ;; esac",
        "coproc load",
        "if load",
        "wait 123",
        "pushd",
        "pushd +1",
        "popd",
        "(pushd /x); popd",
        "return 1",
        "(break)",
        "alias load=x; load",
        "( " * 60 + "a" + " )" * 60,
    ],
)
def test_what_is_not_known_is_said(command):
    """Where the order cannot be told, there is a reason and no trace."""
    with pytest.raises(NotComparableError, match=r"\w"):
        shell_trace(command, SUCCESS, Context(bash=True))


def test_an_unknown_word_of_case_takes_each_way():
    """The ways are the arms, and none of them."""
    trace = shell_trace("case $x in a) one ;; b) two ;; esac", SUCCESS)
    assert trace.asked[0] == ("case $x", 3)
    said = [texts("case $x in a) one ;; b) two ;; esac", Outcomes(chosen=(("case $x", way),))) for way in range(3)]
    assert said == [["one"], ["two"], []]


def test_a_loop_over_what_only_a_run_knows_may_go_round_or_not():
    """A pattern of files: one round, or none."""
    trace = shell_trace("for f in *.csv; do load $f; done; save", SUCCESS)
    assert trace.asked[0] == ("for f in *.csv", 2)
    assert texts("for f in *.csv; do load $f; done; save", Outcomes(chosen=trace.asked[:1])) == ["save"]


def test_what_runs_beside_another_waits_for_nothing():
    """Both jobs start at once, what stands behind `wait` comes after both."""
    trace = shell_trace("a & b & wait; c", SUCCESS)
    assert [sorted(before) for before in trace.before] == [[], [], [0, 1]]


def test_a_command_of_another_process_inherits_nothing():
    """Each command has a shell of its own."""
    assert shell_trace("load", SUCCESS).events == (Event(("load",)),)


def test_twenty_thousand_commands_are_refused_in_time():
    """A list of any length has an answer."""
    with pytest.raises(NotComparableError):
        shell_trace(" && ".join(["a"] * 20_000), SUCCESS)
