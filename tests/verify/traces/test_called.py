"""Shell text that a command starts: told in the place of the call, in a shell of its own or in the caller's."""

from __future__ import annotations

import pytest

from migrator.verify.traces import Context, NotComparableError, Outcomes, shell_trace

SCRIPTS = {
    "./night.sh": "#!/bin/sh -e\nextract $1\ntransform\nload\n",
    "plain.sh": "extract\ntransform\n",
    "conf.sh": "D=/data\nexport E=1\n",
    "deep.sh": "./night.sh x\n. conf.sh\nload $D\n",
    "again.sh": "again.sh\n",
    "behind.sh": "extract &\n",
    "waits.sh": "extract & transform & wait\nload\n",
}


def told(command, *failed, bash=False):
    """Give what is run and the final status."""
    trace = shell_trace(command, Outcomes(frozenset(failed)), Context(bash=bash, scripts=SCRIPTS))
    return [event.text for event in trace.events], trace.status


@pytest.mark.parametrize(
    ("command", "failed", "expected", "status"),
    [
        ("./night.sh a", (), ["extract a", "transform", "load"], 0),
        ("./night.sh a", ("transform",), ["extract a", "transform"], 1),
        ("./night.sh a || notify", ("transform",), ["extract a", "transform", "notify"], 0),
        ("plain.sh && load", ("extract",), ["extract", "transform", "load"], 0),
        ("sh plain.sh && load", ("transform",), ["extract", "transform"], 1),
        ("bash -e plain.sh", ("extract",), ["extract"], 1),
        ("/usr/bin/env bash -c 'extract $1' x.sh a", (), ["extract a"], 0),
        ("/usr/bin/env sh plain.sh", (), ["extract", "transform"], 0),
        ("env X=1 sh plain.sh", (), ["env X=1 sh plain.sh"], 0),
        ("/bin/sh -c 'extract $0 $1; load' name one", (), ["extract $0 one", "load"], 0),
        ("sh -ec 'extract; load'", ("extract",), ["extract"], 1),
        ("bash -o pipefail -c 'extract | load' || notify", ("extract",), ["extract", "load", "notify"], 0),
        ("sh -c 'exit 3'; load $?", (), ["load 3"], 0),
        ("D=/x; sh -c 'load $D'", (), ["load $D"], 0),
        ("export D=/x; sh -c 'load $D'", (), ["load /x"], 0),
        ("D=/x sh -c 'load $D'", (), ["load /x"], 0),
        (". conf.sh; load $D", (), ["load /data"], 0),
        ("deep.sh", (), ["extract x", "transform", "load", "load /data"], 0),
        ('sh -c "$(make)"', (), ["make", "sh -c $(make)"], 0),
        ("sh other.sh", (), ["sh other.sh"], 0),
        ("waits.sh; save", (), ["extract", "transform", "load", "save"], 0),
        ("sh", (), ["sh"], 0),
    ],
)
def test_what_is_called_is_told(command, failed, expected, status):
    """Options, arguments and variables are those that the other shell gets; an unknown text stays one event."""
    assert told(command, *failed) == (expected, status)


def test_a_file_is_emptied_once():
    """What a script prints goes on in the file that its call opened, as in parts that append to it."""
    whole = shell_trace("plain.sh > log", Outcomes(), Context(scripts=SCRIPTS))
    parts = shell_trace("sh -c extract > log; transform >> log", Outcomes(), Context())
    assert whole.events == parts.events
    emptied = shell_trace("sh -c extract > log; transform > log", Outcomes(), Context())
    assert whole.events != emptied.events


def test_what_is_exported_reaches_the_next_command():
    """A settings file that exports changes the surroundings; one that only sets variables does not."""
    events = shell_trace(". conf.sh; load", Outcomes(), Context(scripts=SCRIPTS)).events
    assert "E=1" in events[0].surroundings
    assert not any("conf.sh" in text for text in events[0].surroundings)


@pytest.mark.parametrize("command", ["again.sh", "behind.sh; load"])
def test_what_has_no_order_is_not_compared(command):
    """Scripts that call each other in a circle, and what a script leaves running."""
    with pytest.raises(NotComparableError):
        told(command)
