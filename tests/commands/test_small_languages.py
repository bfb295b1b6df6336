"""Programs whose argument is a program of its own: awk, lftp, rrdtool; commands that find and parallel run."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, names, reads, touched, writes


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("""awk '{print > "/a/x"}' /in""", {"/in"}, {"/a/x"}),
        ("""awk '{printf "%s\\n", $1 >> "/a/x"; print $2}' /in""", {"/in"}, {"/a/x"}),
        ("""awk 'BEGIN {while ((getline line < "/b") > 0) n++} {print n}' /in""", {"/b", "/in"}, set()),
        # A comparison is no file, and what is named by a field is not known.
        ("""awk '$1 > 5 {print $2}' /in""", {"/in"}, set()),
        ("""awk '{print > $1 ".csv"}' /in""", {"/in"}, set()),
        ("""awk '{print "no" > "/dev/stderr"}' /in""", {"/in"}, set()),
        ("lftp -e 'mirror /r /a; quit' h", set(), {"/a/"}),
        ("lftp -e 'mirror -R --delete /a /r; quit' h", {"/a/"}, set()),
        ("lftp -c 'open h; lcd /a; mget x y; put z'", {"/a/z"}, {"/a/x", "/a/y"}),
        ("lftp -e 'mirror /deep/r' h", set(), {"~/r/"}),
        ("rrdtool update /a/x.rrd N:1", set(), {"/a/x.rrd"}),
        ("rrdtool fetch /a/x.rrd AVERAGE", {"/a/x.rrd"}, set()),
        ("rrdtool graph /g.png --start 1 DEF:a=/a/x.rrd:v:AVERAGE LINE1:a#000", {"/a/x.rrd"}, {"/g.png"}),
        ("rrdtool graph - DEF:a=/a/x.rrd:v:AVERAGE", {"/a/x.rrd"}, set()),
        ("rrdtool restart", set(), set()),
    ],
)
def test_programs_in_arguments(command, read, written):
    """They tell the files that they name in full."""
    found = facts(command)
    assert (reads(found), writes(found)) == (read, written)


@pytest.mark.parametrize(
    ("script", "unclear"),
    [("'get a -o b'", True), ("'mirror a b'", False), ('"$(cat x)"', False)],
)
def test_a_session_says_what_it_does_not_know(script, unclear):
    """A move whose place is not understood is told."""
    [step] = facts(f"lftp -e {script} h").steps
    assert any("lftp" in why for why in step.unclear) is unclear


def test_a_session_in_a_file_is_unclear():
    """What stands in a file is not read."""
    found = facts("lftp -f /s.lftp")
    assert reads(found) == {"/s.lftp"}
    assert any("lftp" in why for why in found.steps[0].unclear)


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("find /in -name '*.csv' -exec cp {} /a/ \\;", {"/in/**/*.csv"}, {"/a/*.csv"}),
        ("find /in -name '*.csv' -exec mv {} /a \\;", {"/in/**/*.csv"}, {"/a/*.csv"}),
        ("find /in /on -type f -exec cp -t /a {} +", {"/in/*", "/on/*"}, {"/a/*"}),
        ("find /in -name '*.gz' -exec python3 /p.py {} \\;", {"/in/**/*.gz"}, {"/out"}),
        ("find /in -name '*.gz' -exec sh -c 'zcat \"$1\" > \"$1.txt\"' _ {} \\;", {"/in/**/*.gz"}, {"/in/*.gz.txt"}),
        ("find /in -name '*.gz' -exec sh -c 'cat {} > /a/x' \\;", {"/in/**/*.gz"}, {"/a/x"}),
        # Only `find` itself: packing, asking, clearing.
        ("find /in -name '*.csv' -exec gzip {} +", {"/in/**/*.csv"}, {"/in/*.csv"}),
        ("find /in -name '*.csv' -exec grep -l x {} +", {"/in/**/*.csv"}, set()),
        ("find /in -name '*.csv' -exec rm {} +", set(), set()),
        ("find /in -exec", {"/in/"}, set()),
        ("parallel cp {} /a/ ::: x y", set(), {"/a/*"}),
        ("for i in {1..3}; do date > /a/$i; done", set(), {"/a/1", "/a/2", "/a/3"}),
        ("for i in {08..10}; do date > /a/$i; done", set(), {"/a/08", "/a/09", "/a/10"}),
        ("for i in {1..900}; do date > /a/$i; done", set(), {"/a/*"}),
        ("cp /in/{3..2} /a/", {"/in/3", "/in/2"}, {"/a/3", "/a/2"}),
        ("exec 3> /a/x; date >&3", set(), {"/a/x"}),
        ("exec 3>&1; date >&3", set(), set()),
        ("exec 9> /run/x.lock; flock -n 9; date > /a/x", set(), {"/a/x"}),
    ],
)
def test_what_is_run_for_each(command, read, written):
    """A command in another's arguments is read with the pattern of what it is run for."""
    files = {"p.py": "import sys\nopen(sys.argv[1])\nopen('/out', 'w')"}
    found = facts(command, files, shell="/bin/bash")
    assert (reads(found), writes(found)) == (read, written)


def test_the_command_is_the_step():
    """The step is named after what find runs, and clearing stays clearing."""
    assert names(facts("find /in -name '*.gz' -exec python3 /p.py {} \\;")) == ["p.py"]
    assert touched(facts("find /in -mtime +9 -exec rm {} \\;"), Mode.DELETE) == {"/in/"}
