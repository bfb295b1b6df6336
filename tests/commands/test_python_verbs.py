"""Calls of libraries that the reader does not know: a path and a verb tell; without both nothing is said."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes


def _run(text: str):  # type: ignore[no-untyped-def]
    return facts("cd /opt && python3 /opt/p.py", {"opt/p.py": "import lib\nfrom lib.io import ncopen\n" + text + "\n"})


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("ncopen('/a/x.nc')", {"/a/x.nc"}, set()),
        ("ncopen('/a/x.nc', 'w')", set(), {"/a/x.nc"}),
        ("lib.open_dataset('/a/x.zarr', 'zarr')", {"/a/x.zarr"}, set()),
        ("lib.Dataset('/a/x.nc', mode='a')", set(), {"/a/x.nc"}),
        ("lib.IO.readProduct('/a/x')", {"/a/x"}, set()),
        ("lib.IO.writeProduct(p, '/a/x', 'BEAM')", set(), {"/a/x"}),
        ("lib.Api().download_all(p, directory_path='/a/in')", set(), {"/a/in/"}),
        ("lib.load_table('x.csv')", {"/opt/x.csv"}, set()),
        ("lib.f(1).export_report(output='/a/x.pdf')", set(), {"/a/x.pdf"}),
        ("lib.render(page, output_path='/a/x.pdf')", set(), {"/a/x.pdf"}),
        ("hdus.writeto('/a/x.fits', clobber=True)", set(), {"/a/x.fits"}),
        ("frame.to_zarr('/a/x.zarr')", set(), {"/a/x.zarr"}),
        ("lib.imread('/a/x.png')", {"/a/x.png"}, set()),
        ("file('/a/x').read()", {"/a/x"}, set()),
        ("lib.Reader('/a/geo.mmdb')", {"/a/geo.mmdb"}, set()),
        ("lib.asn.database('/a/asn.dat')", {"/a/asn.dat"}, set()),
    ],
)
def test_a_verb_and_a_path(text: str, read: set[str], written: set[str]) -> None:
    """The verb says what becomes of the path."""
    found = _run(text)
    assert reads(found) == read
    assert writes(found) == written


@pytest.mark.parametrize(
    "text",
    [
        "lib.load_language('en')",
        "lib.read_timeout(5)",
        "lib.save('Some words with blanks.')",
        "lib.write('SELECT a/b')",
        "lib.load_page('https://h.example/x')",
        "lib.download('*')",
        "lib.convert('/a/x', '/a/y')",
        "lib.saved_searches('/a/x.csv')",
        "lib.write('/a/x', '/a/y')",
        "lib.browser.reopen('/a/x')",
        "lib.FileHandler('/a/run.txt')",
        "lib.Reader('geo.mmdb')",
        "lib.Reader('/a/program')",
        "lib.upload('/a/x.csv')",
        "import os\nos.path.split('/a/x.csv')",
        "from os.path import split\nsplit('/a/x.csv')",
        "Unknown('/a/x.csv')",
        "lib.make_report('/a/x.csv')",
        "lib.Client('h').reader('/a/geo.mmdb')",
    ],
)
def test_silence_without_a_path_or_a_verb(text: str) -> None:
    """A word, an address, two paths, another verb: nothing is said of files."""
    found = _run(text)
    assert not [name for name in reads(found) | writes(found) if not name.startswith("http")]


def test_a_verb_is_believed_less_than_a_known_name() -> None:
    """The access says by its confidence that the library is not known."""
    known, told = _run("open('/a/x.csv', 'w')"), _run("lib.save_table('/a/x.csv')")
    assert told.steps[0].accesses[0].confidence < known.steps[0].accesses[0].confidence


def test_a_folder_that_is_only_cleared_is_not_read() -> None:
    """Listing what is then removed uses no data; listing what is also opened does."""
    cleared = _run("from pathlib import Path\nfor f in Path('/a').glob('*.json'):\n    f.unlink()")
    used = _run("from pathlib import Path\nfor f in Path('/a').glob('*.json'):\n    f.read_text()\n    f.unlink()")
    assert (reads(cleared), touched(cleared, Mode.DELETE)) == (set(), {"/a/*.json"})
    assert reads(used) == {"/a/*.json"}


def test_a_list_that_may_be_empty_decides_nothing() -> None:
    """Errors that are added on one of two ways do not end the program."""
    text = "def check():\n    bad = []\n    if lib.odd():\n        bad.append('odd')\n    return bad\n"
    found = _run(text + "def main():\n    if check():\n        raise SystemExit(1)\n    open('/a/x', 'w')\nmain()")
    assert writes(found) == {"/a/x"}


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("os.path.expanduser('~reports/out/x')", {"/home/reports/out/x"}),
        ("os.path.expanduser('~root/x')", {"/root/x"}),
        ("str(Path('/a/b/c/d.py').parents[2] / 'x')", {"/a/x"}),
        ("os.path.join(BASE, 'x')", {"/a/x", "/b/x"}),
        ("f'{BASE}/x'", {"/a/x", "/b/x"}),
    ],
)
def test_paths_that_are_known_in_part(expression: str, paths: set[str]) -> None:
    """Homes of other users, folders above, a base that is one of two."""
    head = "import os\nfrom pathlib import Path\nBASE = '/a'\nif os.path.exists('/testing'):\n    BASE = '/b'\n"
    assert reads(_run(head + f"open({expression})")) == paths


def test_an_address_of_sqlite_is_a_file() -> None:
    """`file:/a/x.db?mode=ro` is the file, and its tables are the file's."""
    found = _run("import sqlite3\nc = sqlite3.connect('file:/a/x.db?mode=ro', uri=True)\nc.execute('select * from t')")
    assert reads(found) == {"/a/x.db", "x.t"}


def test_a_table_that_a_keyword_names() -> None:
    """A library of one's own for rows: the verb says which way they go; each name of a loop is one table."""
    text = (
        "import store\nfor kind in {'meta': 1, 'rows': 2}:\n    store.db.save(keys=['id'], data={}, table_name=kind)\n"
        "store.db.fetch(1, table='prices')\nstore.db.select(\"body FROM notes WHERE id = 1\")\n"
    )
    found = facts("python3 /opt/p.py", {"opt/p.py": text})
    assert writes(found) == {"meta", "rows"}
    assert reads(found) == {"prices", "notes"}


def test_silent_where_a_keyword_is_no_table() -> None:
    """Furniture, a table made at run time, a choice from a list of words, a verb that moves nothing."""
    text = (
        "import sys, store\nstore.draw(table='oak')\nstore.save(1, table=sys.argv[1] + 'x y')\n"
        "store.select('the best from all')\nstore.select('SELECT')\nstore.save(1, table='two words')\n"
    )
    found = facts("python3 /opt/p.py a", {"opt/p.py": text})
    assert writes(found) == set()
