"""Classes, generators, modules, libraries and hostile texts of Python programs."""

import pytest

from migrator.commands import analyse
from migrator.model import JobId
from tests.commands.tools import Files, facts, job, names, reads, writes


def _run(text: str, files: dict[str, str] | None = None, arguments: str = "", **more: object):  # type: ignore[no-untyped-def]
    return facts(f"cd /opt && python3 /opt/p.py {arguments}", {"opt/p.py": text, **(files or {})}, **more)


CLASS = """
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
class Paths:
    ROOT = '/c'
    def __init__(self, root=None):
        self.root = root or self.ROOT
    @property
    def raw(self):
        return self.root + '/raw'
    @cached_property
    def out(self):
        return self.raw + '/out'
    @classmethod
    def of(cls, root):
        return cls(root)
    @staticmethod
    def name(day):
        return day + '.csv'
    def __enter__(self):
        return self.root + '/entered'
    def __exit__(self, *rest):
        pass
@dataclass
class Job:
    path: str = '/d/default'
    full: str = ''
    def __post_init__(self):
        self.full = self.path + '/full'
@contextmanager
def opened(name):
    yield '/g/' + name
def both():
    yield '/y/1'
    yield from ['/y/2', '/y/3']
class Child(Paths):
    ROOT = '/child'
"""


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("open(Paths().raw)", {"/c/raw"}),
        ("open(Paths('/r').out)", {"/r/raw/out"}),
        ("open(Paths.of('/r').raw)", {"/r/raw"}),
        ("open('/a/' + Paths.name('x'))", {"/a/x.csv"}),
        ("open('/a/' + Paths().name('x'))", {"/a/x.csv"}),
        ("open(Child().raw)", {"/child/raw"}),
        ("with Paths() as p:\n    open(p)", {"/c/entered"}),
        ("open(Job().full)", {"/d/default/full"}),
        ("open(Job(path='/e').path)", {"/e"}),
        ("open(Job('/e').full)", {"/e/full"}),
        ("with opened('x') as p:\n    open(p)", {"/g/x"}),
        ("for p in both():\n    open(p)", {"/y/1", "/y/2", "/y/3"}),
        ("def f():\n    return '/a/x' if c else None\np = f()\nif not p:\n    raise SystemExit\nopen(p)", {"/a/x"}),
        ("def f():\n    if c:\n        return None\n    return get()\nif not f():\n    exit()\nopen('/a/x')", {"/a/x"}),
        ("flag = False\nif c:\n    flag = ask()\nif flag:\n    open('/a/x')", {"/a/x"}),
        ("import sys\nif 'x' in ('x', 'y'):\n    open('/a')\nelse:\n    open('/b')", {"/a"}),
        ("if 'z' in ['x']:\n    open('/a')\nelse:\n    open('/b')", {"/b"}),
        ("if 'x' not in {'y': 1}:\n    open('/a')", {"/a"}),
        ("if 'a' in 'abc':\n    open('/a')\nelse:\n    open('/b')", {"/a"}),
        ("if k in ['x']:\n    open('/a')\nelse:\n    open('/b')", {"/a", "/b"}),
        ("x = 3 * 2 - 1\nif x == 5:\n    open('/a')", {"/a"}),
        (
            "import datetime\nd = datetime.date.today() - datetime.timedelta(days=1)\nopen(f'/a/{d:%Y}.csv')",
            {"/a/*.csv"},
        ),
        ("open('{0}/{name}'.format('/a', name='x'))", {"/a/x"}),
        ("open('%(d)s/%(n)s' % {'d': '/a', 'n': 'x'})", {"/a/x"}),
        ("try:\n    open('/a')\nexcept* OSError:\n    open('/b')", {"/a", "/b"}),
    ],
)
def test_classes_and_control(code: str, read: set[str]) -> None:
    """Methods, properties, generators and tests are followed as Python would."""
    assert reads(_run(CLASS + code + "\n")) == read


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("import subprocess\nsubprocess.run(['cp', 'x', 'y'], cwd='/w')", {"/w/x"}, {"/w/y"}),
        ("import subprocess\nsubprocess.run('cp x y', shell=True, cwd='/w')", {"/w/x"}, {"/w/y"}),
        ("import os\nos.execv('/bin/cp', ['cp', '/a', '/b'])", {"/a"}, {"/b"}),
        (
            "import papermill as pm\npm.execute_notebook('/n/in.ipynb', '/n/out.ipynb')",
            {"/n/in.ipynb"},
            {"/n/out.ipynb"},
        ),
        ("import s3fs\nfs = s3fs.S3FileSystem()\nwith fs.open('b/k', 'w') as f:\n    pass", set(), {"s3://b/k"}),
        (
            "import s3fs\nfs = s3fs.S3FileSystem()\nfor k in fs.ls('b/in'):\n    pass\nfs.put('/a', 'b/x')",
            {"/a", "s3://b/in"},
            {"s3://b/x"},
        ),
        ("import gcsfs\ngcsfs.GCSFileSystem().get('gs://b/x', '/a')", {"gs://b/x"}, {"/a"}),
        ("import paramiko\ns = paramiko.SSHClient().open_sftp()\ns.get('/r/x', '/a/x')", set(), {"/a/x"}),
        ("import h5py\nh5py.File('/a.h5', 'w')\nh5py.File('/b.h5')", {"/b.h5"}, {"/a.h5"}),
        ("import polars as pl\npl.scan_parquet('/a').sink_parquet('/b')", {"/a"}, {"/b"}),
        (
            "def f(n):\n    open(n)\nwith ThreadPoolExecutor() as e:\n    e.submit(f, '/a')",
            {"/a"},
            set(),
        ),
        ("def f(a, b):\n    open(a + b)\npool.starmap(f, [('/a', '/x')])", {"/a/x"}, set()),
        (
            "from threading import Thread\ndef f(n):\n    open(n)\nThread(target=f, kwargs={'n': '/a'}).start()",
            {"/a"},
            set(),
        ),
        (
            "import logging\nlogging.basicConfig(filename='/var/log/p.log')\nlogging.FileHandler('/l/x.log')",
            set(),
            set(),
        ),
        ("import os\nos.makedirs('/out', exist_ok=True)", set(), set()),
        ("df.write.saveAsTable('mart.t')\nspark.table('raw.s')", set(), {"mart.t"}),
    ],
)
def test_libraries(text: str, read: set[str], written: set[str]) -> None:
    """What libraries read, write and start; logs and folders are no outputs."""
    found = _run(text)
    assert (reads(found), writes(found)) == (read, written)


APPENDED = "import os, sys\nsys.path.append(os.path.dirname(__file__) + '/src')\n"
MODULES = {
    "opt/lib/__init__.py": "",
    "opt/lib/paths.py": "from . import base\nfrom .base import ROOT\nRAW = ROOT + '/raw'\n",
    "opt/lib/base.py": "ROOT = '/data'\n",
    "opt/src/deep/one.py": "HERE = '/deep'\n",
    "opt/lib/__main__.py": "open('/main')\n",
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("import lib.paths\nopen(lib.paths.RAW)", {"/data/raw"}),
        ("import lib.paths\nimport lib.base\nopen(lib.base.ROOT + lib.paths.RAW)", {"/data/data/raw"}),
        ("import lib.paths as p\nopen(p.RAW)", {"/data/raw"}),
        ("from lib import paths\nopen(paths.RAW)", {"/data/raw"}),
        ("from lib.paths import *\nopen(RAW)", {"/data/raw"}),
        ("def f():\n    from lib.base import ROOT\n    open(ROOT + '/x')\nf()", {"/data/x"}),
        (
            APPENDED + "from deep.one import HERE\nopen(HERE)",
            {"/deep"},
        ),
        ("import importlib\nopen(importlib.import_module('lib.base').ROOT)", {"/data"}),
        ("import nowhere.at.all\nopen(nowhere.at.all.PATH)", set()),
    ],
)
def test_modules(text: str, read: set[str]) -> None:
    """Packages, relative imports, folders added to the path, imports inside functions."""
    assert reads(_run(text, MODULES)) == read
    assert reads(facts("cd /opt && python3 -m lib.paths && python3 -m lib", MODULES)) == {"/main"}


def test_python_path_of_the_crontab() -> None:
    """`PYTHONPATH` of the call leads to modules; what is unknown in it leads nowhere."""
    files = {"opt/p.py": "from one import HERE\nopen(HERE)\n", **MODULES}
    assert reads(facts("PYTHONPATH=/opt/src/deep:$X python3 /opt/p.py", files)) == {"/deep"}


@pytest.mark.parametrize(
    "text",
    [
        "print 'a' else\n",
        "exec 'x' 5\n",
        "def f(:\n",
        "x = (\n",
        "\tx\n  y\n",
        "lambda: " * 3000,
        "(" * 400 + ")" * 400,
    ],
)
def test_what_cannot_be_parsed_says_so(text: str) -> None:
    """Broken texts: one step, and a reason."""
    found = _run(text)
    assert names(found) == ["p.py"]
    assert any("not Python" in why for why in found.unclear)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * 60_000,
        "open('/a')\n" * 20_000,
        "x = [" + "1, " * 100_000 + "]\n",
        "if a:\n" + "".join(" " * n + "if a:\n" for n in range(1, 80)) + " " * 80 + "open('/b')\n",
        "for a in b:\n for c in d:\n  for e in f:\n   for g in h:\n    open(g)\n",
        "def f(n):\n" + "    f(n)\n" * 60 + "f(1)\n",
        "class A(A): pass\nA().x()\n",
        "class A: pass\nclass B(A): pass\nA.b = B\nB.b = A\nopen(A().b.b.b)\n",
        "x = y = []\nx.append(y)\nx.extend(x)\nopen(x[0][0])\n",
        "def g():\n    yield from g()\nfor a in g():\n    open(a)\n",
        "@property\ndef f(): return f\nopen(f)\n",
        "from p import *\nimport p.p.p\n",
        "f = lambda: f()\nf()\n",
        "a" + ".a" * 1500 + "()\n",
        "x = 10 ** 10 ** 10\ny = 'a' * 10 ** 9\nopen(y)\n",
    ],
)
def test_hostile_programs_end(text: str) -> None:
    """Length, depth, recursion and circles are bounded, and the program is one step."""
    assert names(_run(text)) == ["p.py"]


def test_what_comes_after_a_long_loop_is_read() -> None:
    """One long part does not take all that may be read: later statements have their share."""
    heavy = "def work(a):\n" + "    a = a + 1 + 2 + 3\n" * 200
    loops = "for a in range(9):\n  for b in range(9):\n    for c in range(9):\n      work(c)\n" * 4
    found = _run(heavy + loops + "open('/b', 'w')\n")
    assert writes(found) == {"/b"}
    assert any("longer than is read" in why for why in found.unclear)


def test_a_program_is_gone_through_once_for_equal_calls() -> None:
    """Jobs that differ in their logs alone share a reading; other arguments make another."""
    tree = Files({"opt/p.py": "import sys\nimport lib\nopen(sys.argv[1])\n", "opt/lib.py": "open('/l')\n"})
    jobs = [
        job(f"cd /opt && python3 p.py {word} >> /var/log/{n}.log", name=f"j{n}")
        for n, word in enumerate(["/a", "/a", "/b", "/a"])
    ]
    found = analyse(jobs, tree)
    assert [reads(found[JobId(f"j{n}")]) for n in range(4)] == [{"/a", "/l"}, {"/a", "/l"}, {"/b", "/l"}, {"/a", "/l"}]
    once = tree.asked
    analyse([job("cd /opt && python3 p.py /a >> /x.log"), *jobs], tree)
    assert tree.asked - once <= once
