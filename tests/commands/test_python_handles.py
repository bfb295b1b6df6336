"""Files open for both, functions that are handed to libraries, and libraries that do what a program does."""

import pytest

from tests.commands.tools import facts, reads, writes


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("f = open('/a', 'r+')\nx = f.readlines()\nf.close()", {"/a"}, set()),
        ("for line in open('/a', 'r+'):\n    print(line)", {"/a"}, set()),
        ("with open('/a', 'r+') as f:\n    f.write(f.read() + 'x')", {"/a"}, {"/a"}),
        ("with open('/a', 'r+') as f:\n    f.truncate(0)", {"/a"}, {"/a"}),
        ("f = open('/a', 'rb+')\njson.dump({}, f)", {"/a"}, {"/a"}),
        ("f = open('/a', 'r+')\nprint('x', file=f)", {"/a"}, {"/a"}),
        ("def put(f):\n    f.write('x')\nput(open('/a', 'r+'))", {"/a"}, {"/a"}),
        ("f = open('/a', 'a+')\nf.seek(0)\nx = f.read()", set(), set()),
        ("f = open('/a', 'a+')\nf.write('x')", set(), {"/a"}),
        ("open('/a', 'w+')", set(), {"/a"}),
        ("open('/a', 'a')", set(), {"/a"}),
        ("open('/a', 'rb')", {"/a"}, set()),
        ("open('/a', 'r+' if unknown() else 'w')", {"/a"}, {"/a"}),
    ],
)
def test_a_file_open_for_both(text, read, written):  # type: ignore[no-untyped-def]
    """It is written only where something is put into it; `w+` empties it at once."""
    found = facts("python3 /o/p.py", {"o/p.py": "import json\n" + text})
    assert (reads(found), writes(found)) == (read, written)


@pytest.mark.parametrize(
    ("call", "written"),
    [
        ("agents.Agent(tools=[save])", {"/a"}),
        ("agents.Agent(tools=(save, other))", {"/a", "/b"}),
        ("agents.Agent({'save': save})", {"/a"}),
        ("agents.Agent(on_end=save)", {"/a"}),
        ("Agent([save])", {"/a"}),
        ("agents.Agent(tools=['save'])", set()),
        ("agents.Agent(tools=[lambda: other()])", set()),
    ],
)
def test_functions_that_are_handed_to_a_library(call, written):  # type: ignore[no-untyped-def]
    """Alone, in a list or in a dictionary: somebody will call them."""
    text = "import agents\ndef save(x):\n    open('/a', 'w')\ndef other():\n    open('/b', 'w')\n" + call
    assert writes(facts("python3 /o/p.py", {"o/p.py": text})) == written


@pytest.mark.parametrize(
    ("call", "read", "written"),
    [
        ("rrdtool.update('/a.rrd', 'N:1')", set(), {"/a.rrd"}),
        ("rrdtool.update('/' + n + '.rrd', 'N:' + str(n))", set(), set()),
        ("rrdtool.graph('/a.png', '--start', '-1d', 'DEF:x=/a.rrd:T:AVERAGE')", {"/a.rrd"}, {"/a.png"}),
        ("rrdtool.graph('/a.png', ['DEF:x=/a.rrd:T:AVERAGE'])", {"/a.rrd"}, {"/a.png"}),
        ("rrdtool.info('/a.rrd')", {"/a.rrd"}, set()),
    ],
)
def test_a_library_that_is_named_as_a_program(call, read, written):  # type: ignore[no-untyped-def]
    """What `rrdtool update` touches on a command line, `rrdtool.update` does."""
    found = facts("python3 /o/p.py", {"o/p.py": "import rrdtool\nfrom thing import n\n" + call})
    assert (reads(found) <= read | {"/*.rrd"}, read <= reads(found)) == (True, True)
    assert written <= writes(found) <= written | {"/*.rrd"}


def test_a_command_that_is_started_again_and_again_hides_no_other():
    """Each of many calls of one function starts the same: what comes behind them is read."""
    text = "import subprocess\ndef look():\n    subprocess.call(['cat', '/a'])\n" + "look()\n" * 80
    found = facts("python3 /o/p.py", {"o/p.py": text + "subprocess.call(['cp', '/b', '/c'])\n"})
    assert (reads(found), writes(found)) == ({"/a", "/b"}, {"/c"})
