"""Which ways a Python program may take where a part of its values is not known."""

import pytest

from tests.commands.tools import facts, reads, writes


def _writes(text: str, arguments: str = "", **files: str) -> set[str]:
    return writes(facts(f"cd /opt && python3 /opt/p.py {arguments}", {"opt/p.py": text, **files}))


def test_a_list_that_may_be_empty_is_gone_through() -> None:
    """`return []` on an error does not hide what is done with what was fetched."""
    assert "/srv/out.csv" in _writes("""
import requests
def fetch(url):
    answer = requests.get(url)
    if answer.status_code == 404:
        return []
    return answer.text.splitlines()
for line in fetch("http://x"):
    open("/srv/out.csv", "a").write(line)
""")


def test_many_ways_out_with_nothing_do_not_hide_the_one_with_something() -> None:
    """Of eight `return []` and one list of rows the rows are remembered."""
    early = "".join(f"    if ask({n}):\n        return []\n" for n in range(8))
    assert "/srv/out.csv" in _writes(f"""
from thing import ask
def rows():
{early}    found = []
    for each in ask(9):
        found.append(each)
    return found
for row in rows():
    open("/srv/out.csv", "a").write(row)
""")


def test_what_a_function_gives_in_several_ways_is_taken_apart() -> None:
    """`ok, label = check(row)` of a function that gives `(False, None)` or `(True, label)`."""
    text = """
from thing import ask
def check(row):
    if not ask(row):
        return False, None
    return True, "x"
ok, label = check(1)
if not ok:
    raise SystemExit
open("/srv/out.csv", "w")
"""
    assert _writes(text) == {"/srv/out.csv"}


@pytest.mark.parametrize("value", ["(row.get('a') or '').strip()", "(row['a'] or '')", "(ask(2) or '').lower()"])
def test_a_value_that_is_not_known_or_empty_may_be_either(value: str) -> None:
    """`x or ""` of something that is not known is not surely empty."""
    assert "/srv/out.csv" in _writes(f"""
from thing import ask
row = ask(1)
name = {value}
if not name:
    raise SystemExit
open("/srv/out.csv", "w")
""")


def test_a_known_empty_value_still_decides() -> None:
    """`"" or ""` is empty, and what is behind it is not done."""
    assert _writes("name = '' or ''\nif name:\n    open('/srv/out.csv', 'w')\n") == set()


_COMMANDS = """
import argparse
p = argparse.ArgumentParser()
sub = p.add_subparsers(dest="cmd")
sub.add_parser("fetch")
sub.add_parser("stats")
args = p.parse_args()
if args.cmd == "stats":
    open("/srv/seen.csv")
else:
    open("/srv/out.csv", "w")
"""


def test_no_command_is_none_of_the_commands() -> None:
    """Without a subcommand argparse gives None for its name, and the other way is not taken."""
    found = facts("python3 /opt/p.py", {"opt/p.py": _COMMANDS})
    assert (reads(found), writes(found)) == (set(), {"/srv/out.csv"})
    assert reads(facts("python3 /opt/p.py stats", {"opt/p.py": _COMMANDS})) == {"/srv/seen.csv"}


@pytest.mark.parametrize(("kind", "passed"), [("str.upper", "get"), ("str.lower", "GET"), ("str", "get")])
def test_an_argument_is_compared_as_its_type_makes_it(kind: str, passed: str) -> None:
    """`type=str.upper` turns the word of the crontab line before the program compares it."""
    wanted = "GET" if kind == "str.upper" else "get"
    text = f"""
import argparse
p = argparse.ArgumentParser()
p.add_argument("-j", dest="job", type={kind})
job = p.parse_args().job
if job == "{wanted}":
    open("/srv/got.csv", "w")
else:
    open("/srv/other.csv", "w")
"""
    assert _writes(text, f"-j {passed}") == {"/srv/got.csv"}


_MODULE = "def run():\n    open('/srv/out.csv', 'w')\n"


@pytest.mark.parametrize("place", ["opt/src/shop/load.py", "opt/shop/load.py", "opt/lib/shop/load.py"])
def test_a_package_of_the_project_is_found_from_a_script_beside_it(place: str) -> None:
    """A project that is installed for development: its packages lie at the top, in `src/` or in `lib/`."""
    program = "from shop.load import run\nrun()\n"
    found = facts("python3 /opt/scripts/p.py", {"opt/scripts/p.py": program, place: _MODULE})
    assert writes(found) == {"/srv/out.csv"}


def test_a_library_is_not_taken_for_a_module_of_another_project() -> None:
    """A module that lies beside no folder above the program is none of its own."""
    files = {"opt/a/b/p.py": "from shop.load import run\nrun()\n", "opt/other/deep/load.py": _MODULE}
    assert writes(facts("python3 /opt/a/b/p.py", files)) == set()


@pytest.mark.parametrize(
    ("made", "pattern"),
    [
        ("os.path.basename(name).split('.')[0] + '.csv'", "gfs*.csv"),
        ("os.path.basename(name).rsplit('.', 1)[0] + '.csv'", "gfs*.csv"),
        ("os.path.basename(name).replace('.grib2', '.csv')", "gfs*.csv"),
        ("os.path.basename(name).replace('gfs', 'GFS')", "GFS*.grib2"),
        ("os.path.basename(name).upper()", "GFS*.GRIB2"),
        ("os.path.basename(name).split('.')[-1]", "grib2"),
        ("'x.' + os.path.basename(name).split('_')[-1]", "x.*"),
    ],
)
def test_a_name_that_is_known_in_part_keeps_that_part(made: str, pattern: str) -> None:
    """What a glob chose begins and ends as the glob does, in the name that is made of it too."""
    text = f"import glob, os\nfor name in glob.glob('/in/gfs*.grib2'):\n    open('/out/' + {made}, 'w')\n"
    assert _writes(text) == {f"/out/{pattern}"}


def test_a_name_of_which_nothing_is_known_stays_unknown() -> None:
    """Pieces of a text of which nothing is known are not known."""
    text = "import lib\nname = lib.ask()\nopen('/out/' + name.split('.')[0] + '.csv', 'w')\n"
    assert _writes(text) == {"/out/*.csv"}


_FOUND = """
found = None
for name in ("a", "b"):
    if exists("/srv/" + name):
        {found}
        {leave}
if not found:
    raise SystemExit
open(found)
open("/srv/out", "w")
"""


@pytest.mark.parametrize("leave", ["break", "continue"])
def test_what_a_loop_found_is_known_behind_it(leave: str) -> None:
    """`if exists(path): found = path; break`: a program that ends where nothing was found goes on."""
    text = "from thing import exists\n" + _FOUND.format(found="found = '/srv/' + name", leave=leave)
    found = facts("python3 /opt/p.py", {"opt/p.py": text})
    assert (reads(found), writes(found)) == ({"/srv/a", "/srv/b"}, {"/srv/out"})


def test_a_loop_that_finds_nothing_leaves_what_was_there() -> None:
    """Nothing was set before the way out: the program ends."""
    assert _writes("from thing import exists\n" + _FOUND.format(found="pass", leave="break")) == set()


def test_what_a_while_loop_found_is_known_behind_it() -> None:
    """`while True: … break`, in a function of its own too."""
    text = """
from thing import ask
def place():
    found = None
    while True:
        if ask():
            found = "/srv/out"
            break
    return found
if place():
    open(place(), "w")
"""
    assert _writes(text) == {"/srv/out"}


@pytest.mark.parametrize(
    "missing",
    [
        "missing = [c for c in ['a', 'b'] if c not in df.columns]",
        "missing = {c: 1 for c in ['a', 'b'] if c not in df.columns}",
        "missing = {}\nfor c in ['a', 'b']:\n    if c not in df.columns:\n        missing[c] = 1",
    ],
)
def test_what_a_test_may_leave_out_does_not_end_the_program(missing: str) -> None:
    """`if missing: exit` behind a list of columns that may all be there."""
    text = "import pandas as pd, sys\ndf = pd.read_csv('/srv/in.csv')\n"
    assert _writes(f"{text}{missing}\nif missing:\n    sys.exit(1)\ndf.to_csv('/srv/out.csv')") == {"/srv/out.csv"}


def test_what_is_surely_there_ends_it() -> None:
    """A list whose tests are known, a dictionary that is filled on every way."""
    for found in ("[c for c in ['a'] if c != 'b']", "{c: 1 for c in ['a']}"):
        text = f"import sys\nfound = {found}\nif found:\n    raise SystemExit\nopen('/srv/out.csv', 'w')"
        assert _writes(text) == set()


def test_a_loop_that_spares_a_service_goes_on_to_the_next() -> None:
    """Each of several things is fetched, with a pause behind it."""
    text = """
import time
from thing import ask
for name in ["a", "b"]:
    open(f"/srv/{name}.csv", "w").write(ask(name))
    time.sleep(1)
"""
    assert _writes(text) == {"/srv/a.csv", "/srv/b.csv"}


@pytest.mark.parametrize("cut", ["[:-1]", "[0:-2]", ".rstrip(',')"])
def test_a_statement_that_loses_its_last_comma_keeps_its_table(cut: str) -> None:
    """`INSERT INTO t (` and columns put together in a loop."""
    text = f"""
import MySQLdb
from thing import ask
db = MySQLdb.connect(host="h", db="shop")
def add(row, table):
    query = "INSERT INTO " + table + " ("
    for name in row.keys():
        query += name + ","
    query = query{cut}
    db.cursor().execute(query + ") VALUES (1)")
add(ask(), "orders")
"""
    assert _writes(text) == {"shop.orders"}


def test_a_cut_that_may_reach_into_what_is_known_takes_it() -> None:
    """Of `/srv/` and a name of any length, without its last eight signs, no path is left."""
    text = "from thing import ask\nname = '/srv/' + ask()\nopen(name[:-8] + '.csv', 'w')\nopen(name[5:], 'w')"
    assert "/srv/*.csv" not in _writes(text)


_TWO = """
import sqlite3, subprocess
from pathlib import Path
from thing import ask
base = Path('/s/one') if ask(1) else Path('/s/two')
"""


def test_a_place_of_two_written_as_text() -> None:
    """`str` of what may be one of two places is one of two texts."""
    text = _TWO + "sqlite3.connect(str(base / 'shop.sqlite')).execute('insert into sums values (1)')"
    assert "shop.sums" in _writes(text)


def test_a_place_of_two_given_to_a_program() -> None:
    """A program that is started with a place of two may work on each; other words of two stay unknown."""
    more = "subprocess.run(['cp', '/a/x.csv', str(base / 'x.csv')])\n"
    assert _writes(_TWO + more) == {"/s/one/x.csv", "/s/two/x.csv"}
    word = "subprocess.run(['cp', '/a/x.csv', 'one' if ask(2) else 'two'])\n"
    assert not _writes(_TWO + word) & {"/opt/one", "/opt/two"}
