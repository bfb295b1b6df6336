"""Names of files through Python's own library: parsers of arguments, templates, containers of values, scopes."""

import pytest

from tests.commands.tools import facts, reads, writes


@pytest.mark.parametrize(
    ("call", "text", "written"),
    [
        (
            "-o /a/x",
            """
            opts, args = getopt.getopt(sys.argv[1:], "ho:v", ["out="])
            for o, a in opts:
                if o in ("-o", "--out"):
                    out = a
                elif o == "-h":
                    sys.exit()
            """,
            {"/a/x"},
        ),
        (
            "--out=/a/ x",
            """
            out = "/b"
            try:
                opts, args = getopt.gnu_getopt(sys.argv[1:], "v", ["out=", "quiet"])
            except getopt.GetoptError:
                sys.exit(2)
            for o, a in opts:
                if o == "--out":
                    out = a
            out += args[0]
            """,
            {"/a/x"},
        ),
        (
            "-d /a x",
            """
            parser = optparse.OptionParser(usage="…")
            parser.add_option("-d", "--dir", dest="folder")
            (options, args) = parser.parse_args()
            out = options.folder + "/" + args[0]
            """,
            {"/a/x"},
        ),
        (
            "",
            """
            parser = argparse.ArgumentParser()
            parser.add_argument("--out", default="/a/x")
            out = vars(parser.parse_args())["out"]
            """,
            {"/a/x"},
        ),
        (
            "",
            """
            parser = argparse.ArgumentParser()
            parser.add_argument("--out", default="/a/x")
            out = parser.parse_args().__dict__["out"]
            """,
            {"/a/x"},
        ),
    ],
)
def test_arguments(call, text, written):
    """getopt, optparse, and argparse as a dictionary."""
    lines = ["import argparse, getopt, optparse, sys", *(line[12:] for line in text.splitlines()), "open(out, 'w')"]
    assert writes(facts(f"python3 /opt/p.py {call}", {"opt/p.py": "\n".join(lines)})) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("open(os.environ.setdefault('OUT', '/a') + '/x', 'w')", {"/a/x"}),
        ("open(os.path.expandvars('$D/${N}.csv'), 'w')", {"/d/*.csv"}),
        ("open(os.path.expandvars(unknown()), 'w')", set()),
        ("C = namedtuple('C', 'd, n')\nc = C('/a', n='x')\nopen(c.d + '/' + c.n, 'w')", {"/a/x"}),
        ("C = namedtuple('C', ['d', 'n'])\nopen('/'.join(C('/a', 'x')), 'w')", set()),
        ("class C(NamedTuple):\n    d: str\n    n: str = 'x'\nc = C('/a')\nopen(f'{c.d}/{c.n}', 'w')", {"/a/x"}),
        ("@dataclass\nclass C:\n    d: str\n    n: str = 'y'\nc = C('/a', 'x')\nopen(f'{c.d}/{c.n}', 'w')", {"/a/x"}),
        ("class P(Enum):\n    OUT = '/a/x'\nopen(P.OUT.value, 'w')", {"/a/x"}),
        ("def save(d, n, e=''):\n    open(d + n + e, 'w')\npartial(save, '/a/', e='.z')('x')", {"/a/x.z"}),
        ("shutil.make_archive('/a/x', 'gztar', '/in')", {"/a/x.tar.gz"}),
        ("shutil.make_archive('/a/x', unknown(), '/in')", set()),
        ("subprocess.run(shlex.split('cp /in /a/x'))", {"/a/x"}),
        ("subprocess.run(shlex.split(f'cp {unknown()} /a/x'))", {"/a/x"}),
        ("subprocess.run(shlex.split('cp \"/in'))", set()),
        ("open(Template('$d/${n}.csv').substitute(d='/a', n='x'), 'w')", {"/a/x.csv"}),
        ("open(Template('$d/$n').safe_substitute({'d': '/a'}), 'w')", {"/a/*"}),
        ("t = jinja2.Template('/a/{{ n }}/{{ m | upper }}')\nopen(t.render(n='x'), 'w')", {"/a/x/*"}),
        ("jinja2.Template(unknown()).render()", set()),
    ],
)
def test_values(text, written):
    """What goes through a container, a template or a function comes out as it is."""
    heads = [
        "import jinja2, os, shlex, shutil, subprocess",
        "from collections import namedtuple",
        "from dataclasses import dataclass",
        "from enum import Enum",
        "from functools import partial",
        "from string import Template",
        "from typing import NamedTuple",
    ]
    found = facts("D=/d python3 /opt/p.py", {"opt/p.py": "\n".join([*heads, text])})
    assert writes(found) == written
    assert reads(found) <= {"/in", "/in/"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("D = None\ndef setup():\n    global D\n    D = '/a'\nsetup()\nopen(D + '/x', 'w')", {"/a/x"}),
        (
            "D = '/b'\ndef setup():\n    global D\n    if unknown():\n        D = '/a'\nsetup()\nopen(D + '/x', 'w')",
            {"/a/x", "/b/x"},
        ),
        ("D = '/b'\ndef setup():\n    D = '/a'\nsetup()\nopen(D + '/x', 'w')", {"/b/x"}),
        (
            (
                "D = '/b'\ndef load():\n    global D\n    D = '/a'\ndef main():\n    global D\n    load()\n"
                "    open(D + '/x', 'w')\nmain()"
            ),
            {"/a/x"},
        ),
        (
            (
                "def outer():\n    d = '/b'\n    def inner():\n        nonlocal d\n        d = '/a'\n    inner()\n"
                "    open(d + '/x', 'w')\nouter()"
            ),
            {"/a/x"},
        ),
        (
            (
                "D = '/b'\ndef load():\n    global D\n    try:\n        unknown()\n    except OSError:\n"
                "        D = '/a'\nload()\nopen(D + '/x', 'w')"
            ),
            {"/a/x", "/b/x"},
        ),
    ],
)
def test_names_of_another_place(text, written):
    """`global` and `nonlocal` set a name where it stands; without them a function has its own."""
    assert writes(facts("python3 /opt/p.py", {"opt/p.py": text})) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("d = {n: f'/a/{n}' for n in ('x', 'y')}\nfor n, p in d.items():\n    open(p, 'w')", {"/a/x", "/a/y"}),
        ("d = {n: 1 for n in ('x', 'y') if n != 'y'}\nfor n in d:\n    open('/a/' + n, 'w')", {"/a/x"}),
        ("d = dict([('o', '/a')], n='x')\nopen(d['o'] + '/' + d['n'], 'w')", {"/a/x"}),
        ("d = dict(unknown())\nopen(d['o'] + '/x', 'w')", {"*/x"}),
        ("class T(threading.Thread):\n    def run(self):\n        open('/a/x', 'w')\nT().start()", {"/a/x"}),
        ("class T:\n    def begin(self):\n        open('/a/x', 'w')\nT().start()", set()),
        ("exec(open('/c.py').read())\nopen(D + '/x', 'w')", {"/a/x"}),
        ("exec(unknown())\nopen('/a/x', 'w')", {"/a/x"}),
        ("c = SimpleNamespace(**{'p': {'o': '/a'}})\nopen(c.p['o'] + '/x', 'w')", {"/a/x"}),
        (
            (
                "K = {}\ndef register(n):\n    def keep(f):\n        K[n] = f\n        return f\n    return keep\n"
                "@register('x')\ndef go():\n    open('/a/x', 'w')\nK['x']()"
            ),
            {"/a/x"},
        ),
        (
            (
                "def logged(f):\n    @wraps(f)\n    def inner(*a):\n        return f(*a)\n    return inner\n"
                "@logged\ndef save(n):\n    open('/a/' + n, 'w')\nsave('x')"
            ),
            {"/a/x"},
        ),
        (
            (
                "def logged(f):\n    @wraps(f)\n    def inner(*a):\n        return f(*a)\n    return inner\n"
                "@logged\ndef never(n):\n    open('/a/' + n, 'w')"
            ),
            set(),
        ),
        ("pdfkit.from_url('u', '/a/x.pdf')\nnp.savez_compressed('/a/x.npz')", {"/a/x.pdf", "/a/x.npz"}),
    ],
)
def test_what_is_made_and_called(text, written):
    """Dictionaries that are made in a loop, threads, decorators, programs in texts."""
    heads = [
        "import pdfkit, threading",
        "import numpy as np",
        "from functools import wraps",
        "from types import SimpleNamespace",
    ]
    found = facts("python3 /opt/p.py", {"opt/p.py": "\n".join([*heads, text]), "c.py": "D = '/a'\n"})
    assert writes(found) == written
