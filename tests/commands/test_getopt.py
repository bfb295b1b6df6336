"""What getopt(1) makes of known arguments, and scripts that take it apart."""

import pytest

from migrator.commands.getopt import sorted_options
from migrator.commands.values import literal, unknown
from tests.commands.tools import facts, writes


def _sorted(*words: str) -> str | None:
    found = sorted_options([literal(word) for word in words])
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (("-o", "hv:", "--", "-v", "2", "in"), " -v 2 -- in"),
        (("--options", "hv:", "--longoptions", "help verbose:", "--", "--verbose=2"), " --verbose 2 --"),
        (("-o", "hv:", "-l", "help,verbose:", "-n", "me", "--", "x", "--verbose", "a b"), " --verbose 'a b' -- x"),
        (("-o", "ab", "--", "-ab", "--", "-c"), " -a -b -- -c"),
        (("-o", "v::", "--", "-v", "x"), " -v '' -- x"),
        (("hv:", "-hv2"), " -h -v 2 --"),
        (("-o", "h", "--"), " --"),
    ],
)
def test_options_come_first_and_the_rest_behind_two_dashes(words: tuple[str, ...], printed: str) -> None:
    """Each option is printed with its value, quoted for the shell (getopt(1), OUTPUT)."""
    assert _sorted(*words) == printed


def test_what_is_not_known_gives_nothing() -> None:
    """An option that the script does not have, a value that is missing, and an argument that only a run knows."""
    assert _sorted("-o", "h", "--", "-x") is None
    assert _sorted("-o", "v:", "--", "-v") is None
    assert _sorted("-o", "h", "-l", "help", "--", "--other") is None
    assert sorted_options([literal("-o"), literal("h"), literal("--"), unknown("$1")]) is None
    assert _sorted() is None


_SCRIPT = """#!/bin/bash
OUT=/srv/out
args=$(getopt -o ho: -l help,out: -- "$@") || exit 1
eval set -- "$args"
while :; do
  case "$1" in
    -h|--help) exit 0;;
    -o|--out) OUT=$2; shift 2;;
    --) shift; break;;
    *) exit 1;;
  esac
done
date > $OUT/made.csv
"""


@pytest.mark.parametrize(
    ("arguments", "made"), [("", "/srv/out/made.csv"), ("-o /x", "/x/made.csv"), ("--out=/y", "/y/made.csv")]
)
def test_arguments_that_are_taken_apart_reach_the_work(arguments: str, made: str) -> None:
    """The loop over what getopt prints ends at `--`, and what it sets is set."""
    assert made in writes(facts(f"/opt/a.sh {arguments}", {"opt/a.sh": _SCRIPT}))


def test_help_ends_the_script() -> None:
    """`--help` prints and leaves: nothing is written."""
    assert writes(facts("/opt/a.sh --help", {"opt/a.sh": _SCRIPT})) == set()


def test_arguments_that_are_not_known_leave_every_way_open() -> None:
    """What another program gives may be any option."""
    assert writes(facts("/opt/a.sh $(cat /etc/options)", {"opt/a.sh": _SCRIPT}))
