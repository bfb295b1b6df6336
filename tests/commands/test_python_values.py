"""What Python's own values come to: strings, paths, lists, dictionaries, operators, classes."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, traits, writes


def _read(text: str, arguments: str = "", **more: object):  # type: ignore[no-untyped-def]
    return facts(f"cd /opt && python3 /opt/p.py {arguments}", {"opt/p.py": text}, **more)


@pytest.mark.parametrize(
    ("expression", "path"),
    [
        ("'/'.join(['/a', 'b', 'x'])", "/a/b/x"),
        ("' /a/x '.strip()", "/a/x"),
        ("'/a/x//'.rstrip('/')", "/a/x"),
        ("'--/a/x'.lstrip('-')", "/a/x"),
        ("'/A/X'.lower()", "/a/x"),
        ("'/a/x'.upper()", "/A/X"),
        ("'/a/y'.replace('y', 'x')", "/a/x"),
        ("'/a/x,/a/y'.split(',')[1]", "/a/y"),
        ("'/a/x /a/y'.split()[0]", "/a/x"),
        ("b'/a/x'.decode() if False else '/a/x'.encode()", "/a/x"),
        ("'{0}/{n}'.format('/a', n='x')", "/a/x"),
        ("'/a/' + 'x' if '/a/x'.startswith('/a') else '/b/y'", "/a/x"),
        ("'/a/x' if '/a/x'.endswith('.csv') else '/b/y'", "/b/y"),
        ("'%s/%s' % ('/a', 'x')", "/a/x"),
        ("'%(d)s/x' % {'d': '/a'}", "/a/x"),
        ("['/a/x', '/a/y'][-1]", "/a/y"),
        ("['/a/w', '/a/x', '/a/y'][1:][0]", "/a/x"),
        ("(['/a/x'] + ['/a/y'])[1]", "/a/y"),
        ("{'k': '/a/x'}['k']", "/a/x"),
        ("{'k': '/a/x'}.get('k')", "/a/x"),
        ("{}.get('k', '/a/x') or '/a/x'", "/a/x"),
        ("dict(k='/a/x')['k']", "/a/x"),
        ("{**{'k': '/a/x'}, 'l': '/a/y'}['k']", "/a/x"),
        ("list({'/a/x': 1}.keys())[0]", "/a/x"),
        ("list({'k': '/a/x'}.values())[0]", "/a/x"),
        ("[v for k, v in {'k': '/a/x'}.items()][0]", "/a/x"),
        ("[d + '/x' for d in ['/a', '/b']][0]", "/a/x"),
        ("[d for d in ['/b', '/a/x'] if d != '/b'][0]", "/a/x"),
        ("max(['/a/x'])", "/a/x"),
        ("'' or '/a/x'", "/a/x"),
        ("'/b' and '/a/x'", "/a/x"),
        ("'/a/x' if not 0 else '/b'", "/a/x"),
        ("'/a/x' if 3 > 2 else '/b'", "/a/x"),
        ("'/a/x' if 2 >= 3 else '/b/y'", "/b/y"),
        ("'/a/x' if 1 is not 2 else '/b/y'", "/a/x"),
        ("'/a/x' if len(['k']) <= 1 and 1 < 2 else '/b/y'", "/a/x"),
        ("(p := '/a/x')", "/a/x"),
        ("(lambda d: d + '/x')('/a')", "/a/x"),
        ("os.path.splitext('/a/x.gz')[0]", "/a/x"),
        ("os.path.join('/a', os.path.basename('/b/x'))", "/a/x"),
        ("os.sep + 'a' + os.path.sep + 'x'", "/a/x"),
        ("os.path.expanduser('~/x')", "~/x"),
        ("os.path.join(os.getcwd(), 'x')", "/opt/x"),
        ("str(Path('/a') / 'x')", "/a/x"),
        ("Path('/a').joinpath('b', 'x')", "/a/b/x"),
        ("Path('/a/x.csv').with_suffix('.gz')", "/a/x.gz"),
        ("Path('/a/y').with_name('x')", "/a/x"),
        ("Path('/a/b/y').parent.parent / 'x'", "/a/x"),
        ("Path('/a') / Path('/b/x.csv').name", "/a/x.csv"),
        ("Path('/a') / (Path('/b/x.csv').stem + '.txt')", "/a/x.txt"),
        ("Path('x').absolute()", "/opt/x"),
        ("Path('~/x').expanduser()", "~/x"),
        ("Path.home() / 'x'", "~/x"),
        ("Path('/a', 'x').as_posix()", "/a/x"),
        ("getattr(C, 'D') + '/x'", "/c/x"),
        ("C().path('x')", "/c/x"),
        ("C(d='/e').path('x')", "/e/x"),
        ("E().path('x')", "/c/x"),
        ("given('x', root='/a')", "/a/x"),
        ("given('x')", "/k/x"),
        ("several('/a', 'b', 'x')", "/a/b/x"),
        ("options(name='/a/x')", "/a/x"),
        ("os.environ['ROOT'] + '/x'", "/env/x"),
        ("os.getenv('NONE', '/a/x')", "/a/x"),
        ("sys.argv[1]", "/arg/x"),
        ("sys.argv[1:][0]", "/arg/x"),
    ],
)
def test_a_path_that_an_expression_comes_to(expression: str, path: str) -> None:
    """Read as Python would, without running it."""
    text = f"""import os, sys
from pathlib import Path
class C:
    D = '/c'
    def __init__(self, d=None):
        self.d = d or self.D
    def path(self, name):
        return self.d + '/' + name
class E(C):
    pass
def given(name, *, root='/k'):
    return root + '/' + name
def several(*parts):
    return '/'.join(parts)
def options(**named):
    return named['name']
open({expression}, 'w')
"""
    assert path in writes(_read(text, "/arg/x", settings={"ROOT": "/env"}))


@pytest.mark.parametrize(
    ("text", "read", "written", "gone"),
    [
        ("p = Path('/a/x')\np.rename('/b/x')", {"/a/x"}, {"/b/x"}, {"/a/x"}),
        ("Path('/a/x').replace('/b/x')", {"/a/x"}, {"/b/x"}, {"/a/x"}),
        ("Path('/a/x').unlink()", set(), set(), {"/a/x"}),
        ("Path('/a/x').touch()", set(), {"/a/x"}, set()),
        ("Path('/a/x').write_bytes(b'')\nPath('/a/y').read_bytes()", {"/a/y"}, {"/a/x"}, set()),
        ("Path('/a/x').open('a').write('')", set(), {"/a/x"}, set()),
        ("for f in Path('/a').glob('*.csv'):\n  f.unlink()", set(), set(), {"/a/*.csv"}),
        ("for f in Path('/a').iterdir():\n  f.read_text()", {"/a/*"}, set(), set()),
        ("list(Path('/a').rglob('*.csv'))", {"/a/**/*.csv"}, set(), set()),
        ("import glob\nfor f in glob.glob('/a/*.csv'):\n  os.remove(f)", set(), set(), {"/a/*.csv"}),
        ("import shutil\nshutil.move('/a/x', '/b/x')", {"/a/x"}, {"/b/x"}, {"/a/x"}),
        ("import shutil\nshutil.rmtree('/a/b')", set(), set(), {"/a/b/"}),
        ("for n in os.listdir('/a'):\n  open(os.path.join('/a', n))", {"/a/", "/a/*"}, set(), set()),
        ("for d, _, fs in os.walk('/a'):\n  pass", {"/a/"}, set(), set()),
        (
            "x = ['/a/x']\nx.append('/a/y')\nx.extend(['/a/z'])\nfor f in x:\n  open(f)",
            {"/a/x", "/a/y", "/a/z"},
            set(),
            set(),
        ),
        ("s = {'/a/x'}\ns.add('/a/y')\nfor f in s.copy():\n  open(f)", {"/a/x", "/a/y"}, set(), set()),
        ("q = ['/a/x']\nopen(q.pop())", {"/a/x"}, set(), set()),
        (
            "d = {}\nd['k'] = '/a/x'\nd.update({'l': '/a/y'})\nopen(d['k'])\nopen(d['l'])",
            {"/a/x", "/a/y"},
            set(),
            set(),
        ),
        ("for a, b in zip(['/a/x'], ['/b/y']):\n  open(a)\n  open(b, 'w')", {"/a/x"}, {"/b/y"}, set()),
        ("for n, f in enumerate(['/a/x']):\n  open(f)", {"/a/x"}, set(), set()),
        ("for f in map(lambda n: '/a/' + n, ['x']):\n  open(f)", {"/a/x"}, set(), set()),
        ("for i in range(2):\n  open(f'/a/{i}.csv')", {"/a/0.csv", "/a/1.csv"}, set(), set()),
        ("(a, b), *c = ('/a/x', '/a/y'), 1\nopen(a)\nopen(b)", {"/a/x", "/a/y"}, set(), set()),
        ("class T: pass\nt = T()\nt.p = '/a/x'\nopen(t.p)", {"/a/x"}, set(), set()),
        ("os.chdir('/b')\nopen('x.csv')", {"/b/x.csv"}, set(), set()),
        ("p = '/a'\np += '/x'\nopen(p)", {"/a/x"}, set(), set()),
        ("open('/a/x', 'r+').write('')", {"/a/x"}, {"/a/x"}, set()),
        (
            "import threading\ndef f(p):\n  open(p)\nthreading.Thread(target=f, args=('/a/x',)).start()",
            {"/a/x"},
            set(),
            set(),
        ),
        (
            "from urllib.request import urlretrieve\nurlretrieve('https://h/x', '/a/x')",
            {"https://h/x"},
            {"/a/x"},
            set(),
        ),
        (
            "import requests\nrequests.post('https://h/x')\nrequests.get('https://h/y')",
            {"https://h/y"},
            {"https://h/x"},
            set(),
        ),
        (
            "import psycopg2\nc = psycopg2.connect(dbname='shop').cursor()\nc.execute('insert into a select * from b')",
            {"shop.b"},
            {"shop.a"},
            set(),
        ),
        (
            "import sqlalchemy as s\ne = s.create_engine('postgresql://u@h/shop')\npd.read_sql('select * from a', e)",
            {"shop.a"},
            set(),
            set(),
        ),
        ("import sqlite3\nsqlite3.connect('/a/x.db')", {"/a/x.db"}, set(), set()),
        ("with tempfile.NamedTemporaryFile() as f:\n  open(f.name)", set(), set(), set()),
    ],
)
def test_what_a_program_touches(text: str, read: set[str], written: set[str], gone: set[str]) -> None:
    """Files, tables and addresses."""
    found = _read("import os, tempfile\nimport pandas as pd\nfrom pathlib import Path\n" + text + "\n")
    assert reads(found) == read
    assert writes(found) == written
    assert touched(found, Mode.DELETE) == gone


@pytest.mark.parametrize(
    "expression",
    [
        "unknown()",
        "x.y.z",
        "names[k]",
        "'a'[0]",
        "-'a'",
        "1 if a < b < c else 2",
        "{}['k']",
        "[][3]",
        "await_(1)",
        "open",
    ],
)
def test_what_is_not_known_is_no_file(expression: str) -> None:
    """Nothing is made up."""
    assert not _read(f"open({expression})\n").touched


def test_both_sides_of_an_unknown_choice_are_kept() -> None:
    """Which one, only a run tells."""
    found = _read("import os\np = '/a/x' if os.path.exists('/q') else '/b/y'\nopen(p)\nopen(('/c', '/d')[k] + '/z')\n")
    assert {"/a/x", "/b/y"} <= reads(found)


def test_the_clock_makes_a_program_depend_on_the_date() -> None:
    """`date.today()` in a name is a varying part."""
    found = _read("from datetime import date\nopen(f'/a/{date.today():%Y%m%d}.csv', 'w')\n")
    assert writes(found) == {"/a/*.csv"}
    assert "date-dependent" in traits(found)


@pytest.mark.parametrize(
    "call",
    ["'%s/%s.csv' % (BASE, x)", "'{}/{}.csv'.format(BASE, x)", "'{b}/{}.csv'.format(x, b=BASE)", "f'{BASE}/{x}.csv'"],
)
def test_a_template_of_one_of_two_folders_is_one_of_two_paths(call: str) -> None:
    """A base that a test may change is not lost in a template."""
    text = f"import os\nBASE = '/a'\nif os.path.exists('/T'):\n    BASE = '/b'\nx = input()\nopen({call}, 'w')\n"
    assert writes(facts("python3 /p.py", {"p.py": text})) == {"/a/*.csv", "/b/*.csv"}


def test_a_document_is_written_where_its_own_call_says() -> None:
    """`hdus = fits.open(x); hdus.writeto(y)`; what is written into a file is no path."""
    text = (
        "hdus = fits.open('/a/x.fits')\nhdus.writeto('/b/x.fits')\nwith open('/c', 'w') as f:\n    f.write('d/e.csv')\n"
    )
    assert writes(facts("python3 /p.py", {"p.py": text})) == {"/b/x.fits", "/c"}


@pytest.mark.parametrize(
    "call",
    [
        "cd /srv/app && python -m jobs.get",
        "cd /srv/app && PYTHONPATH=. python jobs/get.py",
        "python /srv/app/jobs/get.py",
    ],
)
def test_a_module_lies_where_it_does_in_the_tree(call: str) -> None:
    """A module beside the folder of the program tells its own place, however it is looked for."""
    files = {
        "srv/app/jobs/get.py": "from settings import DATA\nopen(DATA / 'x', 'w')\n",
        "srv/app/settings.py": "from pathlib import Path\nDATA = Path(__file__).resolve().parent / 'data'\n",
    }
    assert writes(facts(call, files)) == {"/srv/app/data/x"}


def test_rows_put_into_a_declared_table_are_not_read() -> None:
    """`orders.insert().values(…)` only writes, `select(orders)` only reads."""
    head = "import sqlalchemy as sa\norders = sa.Table('orders', sa.MetaData())\nc = sa.create_engine('postgresql://h/shop')\n"
    put = facts("python /a.py", {"a.py": head + "c.execute(orders.insert().values(id=1))\n"})
    assert (reads(put), writes(put)) == (set(), {"shop.orders"})
    asked = facts("python /a.py", {"a.py": head + "c.execute(sa.select(orders))\n"})
    assert (reads(asked), writes(asked)) == ({"shop.orders"}, set())


def test_statements_in_a_file_are_of_the_clients_database() -> None:
    """Tables of a fed file are named as the client's are, and reading statements write no database."""
    files = {"srv/r.sql": "select * from orders;\n"}
    assert reads(facts("mysql shop < /srv/r.sql", files)) == {"/srv/r.sql", "shop.orders"}
    found = facts("sqlite3 /srv/shop.db < /srv/r.sql > /srv/o.csv", files)
    assert reads(found) == {"/srv/shop.db", "/srv/r.sql", "shop.orders"}
    assert writes(found) == {"/srv/o.csv"}


TRIED = """
import sys
row = {}
try:
    row['x'] = fetch()
    out = '/real.txt'
except OSError:
    row['x'] = ''
    out = '/other.txt'
if row['x'] != '':
    open('/seen', 'w')
open(out, 'w')
try:
    day = sys.argv[1]
except IndexError:
    day = 'today'
open('/in/%s' % day)
try:
    kept = '/kept'
except ValueError:
    kept = '/never'
    raise
open(kept, 'w')
"""


def test_what_a_handler_sets_is_one_of_two_values() -> None:
    """The body's value stays; a handler that gives up leaves nothing; what was given is not missing."""
    assert writes(_read(TRIED)) == {"/seen", "/real.txt", "/other.txt", "/kept"}
    assert reads(_read(TRIED)) == {"/in/today"}
    assert reads(_read(TRIED, "monday")) == {"/in/monday"}


@pytest.mark.parametrize("step", ["a = a + a", "a = a + b + a; b = a", "a = f'{a}{a}'", "a = '%s%s' % (a, a)"])
def test_a_text_that_doubles_itself(step: str) -> None:
    """It is known while it is short, and never fills the memory; what comes after is read all the same."""
    begin, end = "a, b = '/s/x', 'y'\n", "open(a, 'w')\nopen('/s/after', 'w')\n"
    assert any("/s/x" in path for path in writes(_read(f"{begin}{step}\n{end}")))
    assert writes(_read(begin + f"{step}\n" * 80 + "open('/s/after', 'w')\n")) == {"/s/after"}


def test_a_long_chain_of_texts_is_cut_short() -> None:
    """Thousands of texts, each a little longer than the one before, end in a word of doubt, not in gigabytes."""
    chain = "".join(f"v{n} = v{n - 1} + 'x' * 1 + '{'y' * 90}'\n" for n in range(1, 4000))
    assert any("longer than is read" in why for why in _read(f"v0 = '/s'\n{chain}open(v3999, 'w')\n").unclear)


_OPTIONS = """import sys
for arg in sys.argv[1:]:
    if {0}:
        where = arg.replace('--envir=', '')
    elif {1}:
        date = arg.replace('--date=', '')
open('/d/' + where + '/x.csv', 'w')
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("'--envir' in arg", "'--date' in arg"),
        ("arg.startswith('--envir=')", "arg.startswith('--date=')"),
    ],
)
def test_an_option_whose_value_is_unknown_is_no_other_option(one, other):
    """The name is known, whatever the value turns out to be."""
    assert writes(_read(_OPTIONS.format(one, other), "--envir=prod --date=$(date +%F)")) == {"/d/prod/x.csv"}


@pytest.mark.parametrize("test", ["'b' in arg", "arg.startswith('--da')", "arg.endswith('b')", "'--x' in arg"])
def test_what_the_unknown_part_may_hold_is_not_known(test):
    """Both ways are looked at, but for what the known part has already."""
    text = f"import sys\narg = sys.argv[1]\nopen('/d/x' if {test} else '/d/y', 'w')\n"
    assert writes(_read(text, "--d$(date +%F)")) == {"/d/x", "/d/y"}
