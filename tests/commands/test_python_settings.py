"""What a Python program is told: command lines, settings files, the environment, locks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.tools import facts, reads, writes


def _run(text: str, arguments: str = "", files: dict[str, str] | None = None, **more: object):  # type: ignore[no-untyped-def]
    return facts(f"cd /opt && python3 /opt/p.py {arguments}", {"opt/p.py": text, **(files or {})}, **more)


SUBCOMMANDS = """
import argparse
def load(args):
    open('/a/' + args.table)
def save(args):
    open('/b/' + args.table, 'w')
p = argparse.ArgumentParser()
p.add_argument('--root', default='/r')
sub = p.add_subparsers(dest='what')
one = sub.add_parser('load')
one.add_argument('table')
one.set_defaults(func=load)
two = sub.add_parser('save', aliases=['store'])
two.add_argument('--table', default='d')
two.set_defaults(func=save)
args = p.parse_args()
open(args.root + '/' + args.what)
args.func(args)
"""


@pytest.mark.parametrize(
    ("arguments", "read", "written"),
    [
        ("load x", {"/a/x", "/r/load"}, set()),
        ("--root /s save --table y", {"/s/save"}, {"/b/y"}),
        ("store", {"/r/store"}, {"/b/d"}),
    ],
)
def test_subcommands(arguments: str, read: set[str], written: set[str]) -> None:
    """The word chooses the parser, its options and its function."""
    found = _run(SUBCOMMANDS, arguments)
    assert (reads(found), writes(found)) == (read, written)


@pytest.mark.parametrize(
    ("declared", "arguments", "path"),
    [
        ("'--out', default='/d'", "--out=/x", "/x"),
        ("'-o', '--out'", "-o/x", "/x"),
        ("'-o', '--out'", "-o /x --other 3", "/x"),
        ("'--out', type=str, required=True", "--out /x", "/x"),
        ("'--out', nargs='?', const='/c'", "--out", "/c"),
        ("'--out', dest='out', action='append'", "--out /x", "/x"),
        ("'out', nargs='?', default='/d'", "", "/d"),
        ("'out', nargs='*'", "/x", "/x"),
        ("'out', type=Path", "/x", "/x"),
    ],
)
def test_how_options_are_passed(declared: str, arguments: str, path: str) -> None:
    """Spellings of argparse."""
    text = (
        f"import argparse\nfrom pathlib import Path\np = argparse.ArgumentParser()\np.add_argument({declared})\n"
        "a = p.parse_args()\nfor o in a.out if isinstance(a.out, list) else [a.out]:\n    open(o, 'w')\n"
    )
    assert writes(_run(text, arguments)) == {path}


@pytest.mark.parametrize(("arguments", "written"), [("", {"/a"}), ("--no-full", set()), ("--full", {"/a"})])
def test_flags_of_two_sides(arguments: str, written: set[str]) -> None:
    """`--full/--no-full` of click and of argparse."""
    click = "import click\n@click.command()\n@click.option('--full/--no-full', default=True)\ndef main(full):\n"
    parser = (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--full', default=True, "
        "action=argparse.BooleanOptionalAction)\nfull = p.parse_args().full\nif full:\n    open('/a', 'w')\n"
    )
    assert writes(_run(click + "    if full:\n        open('/a', 'w')\nmain()\n", arguments)) == written
    assert writes(_run(parser, arguments)) == written


GROUP = """
import click
@click.group()
def cli():
    pass
@cli.command()
@click.argument('name')
@click.option('--day', default='d')
def load_all(name, day):
    open(f'/a/{name}/{day}')
@cli.command('put')
def save():
    open('/b', 'w')
if __name__ == '__main__':
    cli()
"""
TYPER = """
import typer
app = typer.Typer()
@app.command()
def load(name: str, day: str = 'd', dry: bool = False):
    if not dry:
        open(f'/a/{name}/{day}')
@app.command()
def save(out: str = typer.Option('/b', '--to')):
    open(out, 'w')
if __name__ == '__main__':
    app()
"""


@pytest.mark.parametrize(
    ("text", "arguments", "read", "written"),
    [
        (GROUP, "load-all x --day 1", {"/a/x/1"}, set()),
        (GROUP, "put", set(), {"/b"}),
        (GROUP, "other", set(), set()),
        (TYPER, "load x --day 1", {"/a/x/1"}, set()),
        (TYPER, "load x --dry", set(), set()),
        (TYPER, "save --to /c", set(), {"/c"}),
        (TYPER, "save", set(), {"/b"}),
        ("import typer\ndef main(n: str):\n    open('/a/' + n)\ntyper.run(main)", "x", {"/a/x"}, set()),
        (
            "import fire\ndef run(n, day='d'):\n    open(f'/a/{n}/{day}')\nfire.Fire(run)",
            "x --day=2",
            {"/a/x/2"},
            set(),
        ),
        ("import fire\nclass J:\n    def go(self, n):\n        open('/a/' + n)\nfire.Fire(J)", "go x", {"/a/x"}, set()),
        ("import fire\nfire.Fire({'go': lambda n: open('/a/' + n)})", "go x", {"/a/x"}, set()),
    ],
)
def test_decorated_command_lines(text: str, arguments: str, read: set[str], written: set[str]) -> None:
    """Click's groups, typer, fire: the words choose the function and fill its parameters."""
    found = _run(text, arguments)
    assert (reads(found), writes(found)) == (read, written)


COMMANDS = """
import sys
def load():
    open('/a')
def save():
    open('/b', 'w')
COMMANDS = {'load': load, 'save': save}
if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
    sys.exit(1)
COMMANDS[sys.argv[1]]()
"""


def test_a_table_of_functions() -> None:
    """The word of the call chooses from a dictionary; an unknown word ends the program."""
    assert (reads(_run(COMMANDS, "load")), writes(_run(COMMANDS, "load"))) == ({"/a"}, set())
    assert writes(_run(COMMANDS, "save")) == {"/b"}
    assert not _run(COMMANDS).touched


@pytest.mark.parametrize(("word", "path"), [("a", "/x"), ("b", "/x"), ("c", "/y"), ("z", "/rest")])
def test_match_takes_one_arm(word: str, path: str) -> None:
    """A known subject takes its own arm alone."""
    text = (
        "import sys\nmatch sys.argv[1]:\n    case 'a' | 'b':\n        open('/x')\n    case 'c':\n        open('/y')\n"
        "    case _:\n        open('/rest')\n"
    )
    assert reads(_run(text, word)) == {path}


INI = "import configparser\nc = configparser.ConfigParser()\nc.read('c.ini')\n"
FILES = {
    "opt/c.ini": "[paths]\nroot = /data\nraw = %(root)s/raw\ncount = 3\nfull = yes\n",
    "opt/c.yaml": "paths:\n  raw: /data/raw\nlist:\n  - /data/one\n  - /data/two\n",
    "opt/c.json": '{"paths": {"raw": "/data/raw"}}',
    "opt/c.toml": '[paths]\nraw = "/data/raw"\n',
    "opt/.env": "# paths\nexport RAW='/data/raw'\nOTHER=/data/other # note\nbroken line\n",
    "opt/q.sql": "insert into mart.t select * from raw.s;\n",
    "opt/bad.ini": "no section\n",
    "opt/bad.json": "{",
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            INI + "open(c['paths']['raw'])",
            {"/data/raw"},
        ),
        (
            "import configparser\nc = configparser.ConfigParser()\nc.read(['c.ini'])\nopen(c.get('paths', 'raw'))",
            {"/data/raw"},
        ),
        (INI + "open(c.get('paths', 'none', fallback='/data/f'))", {"/data/f"}),
        (INI.replace("'c.ini'", "__file__.replace('p.py', 'c.ini')") + "open(c.get('paths', 'raw'))", {"/data/raw"}),
        (
            INI + "if c.getboolean('paths', 'full'):\n  open('/y')",
            {"/y"},
        ),
        (
            INI + "if c.getint('paths', 'count') > 5:\n  open('/y')",
            set(),
        ),
        ("import configparser\nc = configparser.ConfigParser()\nc.read('bad.ini')\nopen(c.get('paths', 'raw'))", set()),
        (
            INI + "for s in c.sections():\n  for k, v in c.items(s):\n    if k == 'raw':\n      open(v)",
            {"/data/raw"},
        ),
        ("import yaml\nc = yaml.safe_load(open('c.yaml'))\nopen(c['paths']['raw'])", {"/data/raw", "/opt/c.yaml"}),
        (
            "import yaml\nfor p in yaml.safe_load(open('c.yaml'))['list']:\n  open(p)",
            {"/data/one", "/data/two", "/opt/c.yaml"},
        ),
        (
            "import json\nwith open('c.json') as f:\n  c = json.load(f)\nopen(c['paths']['raw'])",
            {"/data/raw", "/opt/c.json"},
        ),
        (
            "import json, pathlib\nc = json.loads(pathlib.Path('c.json').read_text())\nopen(c['paths']['raw'])",
            {"/data/raw", "/opt/c.json"},
        ),
        ("import json\nopen(json.load(open('bad.json'))['raw'])", {"/opt/bad.json"}),
        (
            "import tomllib\nc = tomllib.load(open('c.toml', 'rb'))\nopen(c['paths']['raw'])",
            {"/data/raw", "/opt/c.toml"},
        ),
        ("import os\nfrom dotenv import load_dotenv\nload_dotenv()\nopen(os.environ['RAW'])", {"/data/raw"}),
        ("from dotenv import dotenv_values\nopen(dotenv_values('.env')['OTHER'])", {"/data/other"}),
        ("import environs\nenv = environs.Env()\nenv.read_env()\nopen(env.str('RAW'))", {"/data/raw"}),
        ("from decouple import config\nopen(config('NONE', default='/data/d'))", {"/data/d"}),
        ("c.execute(open('q.sql').read())", {"/opt/q.sql", "raw.s"}),
    ],
)
def test_settings_files(text: str, read: set[str]) -> None:
    """Keys of settings files of the tree give the paths; what cannot be read gives none."""
    assert reads(_run(text, files=FILES)) == read


def test_settings_of_the_environment() -> None:
    """Pydantic's fields take the environment's values; the crontab's own settings win over `.env`."""
    text = "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    raw: str = '/d'\nopen(S().raw)\n"
    assert reads(_run(text)) == {"/d"}
    assert reads(_run(text, settings={"RAW": "/e"})) == {"/e"}
    text = "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nopen(os.environ['RAW'])"
    assert reads(_run(text, files=FILES, settings={"RAW": "/e"})) == {"/e"}


def test_an_empty_default_decides_nothing() -> None:
    """A setting that may be there: both ways are read."""
    text = "import os\nif not os.environ.get('HOOK', ''):\n    open('/without')\nelse:\n    open('/with')\n"
    assert reads(_run(text)) == {"/without", "/with"}


@pytest.mark.parametrize(
    ("text", "name", "skips"),
    [
        ("from filelock import FileLock\nwith FileLock('/a/x.lock'):\n    open('/b')", "/a/x.lock", False),
        ("from filelock import FileLock\nwith FileLock('/a/x.lock', timeout=0):\n    open('/b')", "/a/x.lock", True),
        ("import portalocker\nwith portalocker.Lock('/a/x.lock', timeout=1):\n    open('/b')", "/a/x.lock", True),
        ("import fcntl\nf = open('/a/x.lock', 'w')\nfcntl.flock(f, fcntl.LOCK_EX)\nopen('/b')", "/a/x.lock", False),
        (
            "from fcntl import flock, LOCK_NB as N\nf = open('/a/x.lock', 'w')\nflock(f.fileno(), LOCK_NB)\nopen('/b')",
            "/a/x.lock",
            True,
        ),
    ],
)
def test_locks(text: str, name: str, skips: bool) -> None:
    """A lock is noted, and its file is no output."""
    found = _run(text)
    assert [(lock.name, lock.skips) for lock in found.locks] == [(name, skips)]
    assert (reads(found), writes(found)) == ({"/b"}, set())


def test_unlocking_is_no_lock() -> None:
    """Giving a lock back takes none."""
    assert _run("import fcntl\nf = open('/a/x', 'w')\nfcntl.flock(f, fcntl.LOCK_UN)\n").locks == ()


@settings(max_examples=40)
@given(st.text(alphabet="[]{}:=\n-& *'\"ab$(%)s.", max_size=60))
def test_any_settings_file_is_read(text: str) -> None:
    """Whatever stands in a settings file, the program is one step."""
    program = (
        "import configparser, json, tomllib, yaml\nfrom dotenv import dotenv_values\nc = configparser.ConfigParser()\n"
        "c.read('s')\nfor s in c.sections():\n    open(c.get(s, 'a'))\nopen(json.load(open('s'))['a'])\n"
        "open(yaml.safe_load(open('s'))['a'])\nopen(tomllib.load(open('s', 'rb'))['a'])\n"
        "open(dotenv_values('s')['a'])\n"
    )
    assert len(_run(program, files={"opt/s": text}).steps) == 1


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ("# where\nOUT = /a\nNAME=x\n\n", {"/a/x"}),
        ("OUT=/a\nNAME=x\n" + "".join(f"K{n}=1\n" for n in range(30)), {"/a/x"}),
        ("OUT=/a\nNAME=x\njust words\n", set()),
        ("one\ntwo\n", set()),
    ],
)
def test_settings_that_a_program_takes_apart_itself(content: str, written: set[str]) -> None:
    """`for line in open(path): name, value = line.split("=")`; a file of other lines is data."""
    program = """
said = {}
for line in open("/opt/app.conf"):
    parts = line.strip().split("=")
    if len(parts) > 1:
        said[parts[0].strip()] = parts[1].strip()
open(said["OUT"] + "/" + said["NAME"], "w")
"""
    found = facts("python3 /opt/p.py", {"opt/p.py": program, "opt/app.conf": content})
    assert {name for name in writes(found) if not name.startswith("*")} == written
