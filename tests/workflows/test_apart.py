"""Commands taken apart: the pieces do what the command did, whatever fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from migrator.commands import analyse
from migrator.workflows.apart import Apart, take_apart
from tests.commands.tools import Files, job
from tests.workflows.commands import CALLS, lists
from tests.workflows.shells import NAMES, World

SHELLS = [shell for shell in ("/bin/sh", "/bin/bash") if Path(shell).exists()]
_MANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def apart(command: str, script: str = "", shell: str = "/bin/sh") -> Apart | str:
    """Take a command apart; `script` is the text of /o/x.sh, which it may call."""
    one = replace(job(command), shell=shell)
    facts = analyse([one], Files({"bin/x.sh": script} if script else {}))[one.id]
    return take_apart(one, facts) if len(facts.units) > 1 else "one unit"


def pieces(command: str, script: str = "") -> list[str]:
    """Give the commands of the pieces."""
    found = apart(command, script)
    assert isinstance(found, Apart), found
    return list(found.commands)


def same(world: World, command: str, text: str, script: str = "") -> None:
    """Compare a command with its pieces: with every program well, with each failing, and with all failing."""
    found = apart(command, script, world.shell)
    if isinstance(found, str):
        return
    used = [name for name in NAMES if name in text]
    for failing in ((), *((name,) for name in used), tuple(used)):
        ordered = " & " not in text
        assert world.whole(command, failing, ordered=ordered) == world.parts(found, failing, ordered=ordered)


@pytest.fixture(scope="module", params=SHELLS)
def world(request, tmp_path_factory):
    """Give a folder with the programs, for one shell."""
    return World(tmp_path_factory.mktemp("world"), request.param)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=_MANY)
@given(text=lists())
def test_the_pieces_of_a_list_do_what_it_did(world, text):
    """Same programs, arguments, folders, decisions and files, and the same final status."""
    same(world, text, text)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=_MANY)
@given(text=lists(), call=CALLS)
def test_the_pieces_of_a_called_script_do_what_it_did(world, text, call):
    """A script that a line calls, with its arguments and its log."""
    script = f"#!{world.shell}\n{text}\n"
    world.script(script)
    path = f"{world.programs}/x.sh"
    command = call.replace("{}/x.sh", path) if "{}" in call else call.replace("x.sh", path)
    same(world, command, text + call, script)


@pytest.mark.parametrize(
    "text",
    [
        "pa && pb; exit",
        "pa || pb; exit",
        "pa; pb; exit",
        "pa; exit; pb; pc",
        "if pa; then pb; exit; fi; pc; pd",
        "if pa; then pb; else pc; exit; fi; pd",
        "pa || { pb; exit; }; pc",
        "{ pa; pb; exit; }; pc",
        "(pa && pb; exit) && pc",
        "sh -c 'pa && pb; exit' && pc",
        "f() { pa; pb; exit; }; f; pc",
        "pa && pb; true; exit",
        "pa && pb; A=1; exit",
        "pa && pb\nexit\n",
    ],
)
def test_what_leaves_with_a_status_keeps_it(world, text):
    """`exit` alone ends with the status of what ran before it, wherever it stands."""
    same(world, text, text)


def test_an_exit_at_the_end_is_no_part():
    """It says what the end of the shell says anyway; one that gives a status of its own is another's."""
    assert pieces("/o/a && /o/b; exit") == ["/o/a", "/o/b"]
    assert pieces("/o/a; /o/b; exit $?") == ["/o/a", "/o/b"]
    assert pieces("/bin/x.sh", "#!/bin/sh\n/o/a\n/o/b\nexit $?\n") == ["/o/a", "/o/b"]
    assert pieces("/o/a; /o/b; exit 0")[-1].endswith("exit 0")


def test_settings_are_restated_where_they_are_needed():
    """The folder always, a variable where it is named, in the order of the text."""
    assert pieces("cd /srv; A=1; B=$A/x; /o/a; /o/b $B; /o/c") == [
        "cd /srv\n/o/a",
        "cd /srv\nA=1\nB=$A/x\n/o/b $B",
        "cd /srv\n/o/c",
    ]
    assert pieces("cd /srv && /o/a && /o/b || /o/c") == ["cd /srv && /o/a", "cd /srv && /o/b", "cd /srv\n/o/c"]


def test_a_called_script_keeps_its_shell_name_and_arguments():
    """A piece is run by the script's own shell; what it empties once is appended to by the others."""
    script = "#!/bin/bash -e\nD=/d/$1\nmkdir -p $D\n/o/a $D\n/o/b $0\n/o/c plain"
    assert pieces("/bin/x.sh one > /v/log 2>&1", script) == [
        "/bin/bash -e -c 'D=/d/$1\nmkdir -p $D\n/o/a $D' /bin/x.sh one > /v/log 2>&1",
        "/bin/bash -e -c '/o/b $0' /bin/x.sh one >> /v/log 2>&1",
        "/o/c plain >> /v/log 2>&1",
    ]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("D=$(date +%F); /o/a $D; /o/b $D", "`D` is only known in the shell that made it"),
        ("export D=$(date); /o/a; /o/b", "`D` is only known in the shell that made it"),
        ("/o/a; S=$?; /o/b; exit $S", "it asks how the command before it ended"),
        ("trap 'rm -f /x' EXIT; /o/a; /o/b", "`trap` holds for the shell that it stands in"),
        ("/o/a & /o/b", "what it starts with `&` may run on when its shell has ended"),
        ("flock /l sh -c '/o/a; /o/b'", "all of it runs under `flock`"),
        ("for f in /d/*; do /o/a $f; /o/b $f; done", "it repeats over words that only a run knows"),
        ("set -u; /o/a $X; /o/b", "`set -u` would end it at `$X`, which nothing that was read sets"),
        ("exec 3> /f; /o/a; /o/b", "`exec 3> /f` changes its shell"),
        ("eval $X; /o/a; /o/b", "`eval $X` changes its shell"),
        ("conda activate x; /o/a; /o/b", "`conda activate x` changes its shell"),
        ("nvm use 18 && /o/a; /o/b", "`nvm use 18` changes its shell"),
        ("module load gcc; /o/a; /o/b", "`module load gcc` changes its shell"),
        ("mysql -pREDACTED-password; /o/b", "a secret stands in it"),
        ("/o/a; /o/b\r", "a carriage return stands in it"),
        ("{ /o/a; /o/b; } > /f", "its parts share a file that is opened once for all of them"),
    ],
)
def test_what_stays_together_says_why(command, why):
    """Each reason in plain words."""
    assert apart(command) == why


def test_standard_input_and_other_shells_are_left_alone():
    """The text behind `%` is read once; how fish reads a part is not known."""
    one = job("/o/a; /o/b", stdin="x")
    facts = analyse([one], Files())[one.id]
    assert take_apart(one, facts) == "the job reads the text behind `%` as its standard input"
    assert apart("/o/a; /o/b", shell="/bin/fish") == "what `/bin/fish` makes of a part is not known"
