"""What a Python program picks out of a folder."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched

LOOPS = {
    "suffix": "for f in os.listdir(D):\n    if f.endswith('.csv'):\n        use(f)",
    "continue": "for f in sorted(os.listdir(D)):\n    if not f.endswith('.csv'):\n        continue\n    use(f)",
    "path first": "for f in os.listdir(D):\n    p = D + '/' + f\n    if f.lower().endswith('.csv'):\n        use(f)",
    "comprehension": "for f in [n for n in os.listdir(D) if n.endswith('.csv')]:\n    use(f)",
    "generator": "for f in (n for n in os.listdir(D) if n[-4:] == '.csv' and n != 'x'):\n    use(f)",
    "regex": "for f in os.listdir(D):\n    if not re.match(r'.*\\.csv$', f):\n        continue\n    use(f)",
    "compiled": "P = re.compile(r'\\.csv$')\n"
    "for f in os.listdir(D):\n    m = P.search(f)\n    if not m:\n        continue\n    use(f)",
    "walrus": "P = re.compile(r'^\\w+\\.csv$')\nfor f in os.listdir(D):\n    if (m := P.match(f)):\n        use(f)",
    "splitext": "for f in os.listdir(D):\n    if os.path.splitext(f)[1] != '.csv':\n        continue\n    use(f)",
    "fnmatch": "for f in os.listdir(D):\n    if fnmatch.fnmatch(f, '*.csv'):\n        use(f)",
    "entry": "for e in os.scandir(D):\n    if e.is_file() and e.name.endswith('.csv'):\n        use(e.name)",
    "pathlib": "for p in Path(D).iterdir():\n    if p.suffix.lower() == '.csv':\n        use(p.name)",
    "walk": "for r, ds, fs in os.walk(D):\n    for f in fs:\n        if f.endswith('.csv'):\n            use(f)",
}
PROGRAM = (
    "import fnmatch, os, re\nfrom pathlib import Path\nD = '/data/in'\ndef use(f): open(os.path.join(D, f)).read()\n"
)


def read_by(program: str) -> set[str]:
    """Give what a program reads."""
    return reads(facts("python3 /opt/p.py", {"opt/p.py": PROGRAM + program}))


@pytest.mark.parametrize("loop", LOOPS.values(), ids=LOOPS)
def test_names_that_are_picked(loop):
    """Only what the loop picks is read, the folder as such is not."""
    assert read_by(loop) - {"/data/in/**/*.csv"} == {"/data/in/*.csv"}
    assert ("/data/in/**/*.csv" in read_by(loop)) is ("os.walk" in loop)


@pytest.mark.parametrize(
    ("loop", "read"),
    [
        ("for p in Path(D).rglob('*.csv'):\n    p.read_text()", {"/data/in/**/*.csv"}),
        ("for p in Path(D).glob('**/*.csv'):\n    p.read_text()", {"/data/in/**/*.csv"}),
        ("import glob\nfor p in glob.glob(D + '/**/a-*.csv', recursive=True):\n    open(p)", {"/data/in/**/a-*.csv"}),
        (
            "for r, ds, fs in os.walk(D):\n    for f in fs:\n        open(os.path.join(r, f))",
            {"/data/in/", "/data/in/**/*"},
        ),
        # Two parts that a run knows are no folders within folders.
        ("import sys\nopen(f'{D}/{sys.argv[1]}{sys.argv[2]}/x.csv')", {"/data/in/*/x.csv"}),
    ],
)
def test_folders_within_folders(loop, read):
    """A walk goes through all folders below one."""
    assert read_by(loop) == read


def test_what_is_written_in_a_walk_lies_somewhere():
    """A file beside each one that a walk finds, and the removal of all, are told as before."""
    walk = "for r, ds, fs in os.walk(D):\n    for f in fs:\n"
    found = facts("python3 /opt/p.py", {"opt/p.py": PROGRAM + walk + "        open(os.path.join(r, f + '.out'), 'w')"})
    assert touched(found, Mode.WRITE) == {"/data/in/*.out"}
    found = facts("python3 /opt/p.py", {"opt/p.py": PROGRAM + walk + "        os.remove(os.path.join(r, f))"})
    assert touched(found, Mode.DELETE) == {"/data/in/*"}
    assert not reads(found)


def test_several_kinds():
    """Each of several endings is one of the names."""
    program = "for f in os.listdir(D):\n    if not f.endswith(('.csv', '.tsv')):\n        continue\n    use(f)"
    assert read_by(program) == {"/data/in/*.csv", "/data/in/*.tsv"}
    either = "for f in os.listdir(D):\n    if f.endswith('.csv') or f.startswith('x-'):\n        use(f)"
    assert read_by(either) == {"/data/in/*.csv", "/data/in/x-*"}


@pytest.mark.parametrize(
    "loop",
    [
        "for f in os.listdir(D):\n    if f.endswith('.csv'):\n        print(f)\n    use(f)",
        "for f in os.listdir(D):\n    if f.endswith('.csv'):\n        use(f)\n    else:\n        use(f)",
        "for f in os.listdir(D):\n    use(f)\n    if not f.endswith('.csv'):\n        continue",
        "for f in os.listdir(D):\n    if f.endswith('.csv') or len(f) > 3:\n        use(f)",
        "for f in os.listdir(D):\n    if not f.endswith('.csv'):\n        use(f)",
        "for f in os.listdir(D):\n    if other.endswith('.csv'):\n        use(f)",
        "for f in os.listdir(D):\n    if f.endswith(ending()):\n        use(f)",
        "for f in os.listdir(D):\n    if not f.endswith('.csv'):\n        use(f)\n        continue\n    use(f)",
        "for f in os.listdir(D):\n    if use(f):\n        continue\n    if not f.endswith('.csv'):\n        continue",
        "for f in os.listdir(D):\n    if use(f) and f.endswith('.csv'):\n        pass",
        "for f in os.listdir(D):\n    if os.path.splitext(f)[0] == 'latest':\n        use(f)",
        "for f in os.listdir(D):\n    f = change(f)\n    if f.endswith('_final'):\n        use(f)",
        "for f in [n for n in os.listdir(D) if use(n) and n.endswith('.csv')]:\n    print(f)",
    ],
)
def test_all_names(loop):
    """Where the loop may use any name, the folder is read."""
    assert "/data/in/*" in read_by(loop)


def test_a_program_that_clears_only_some():
    """What is picked and deleted is deleted, and no other file; looking for it is no use of the data."""
    program = PROGRAM + "for f in os.listdir(D):\n    if f.endswith('.tmp'):\n        os.remove(os.path.join(D, f))"
    found = facts("python3 /opt/p.py", {"opt/p.py": program})
    assert touched(found, Mode.DELETE) == {"/data/in/*.tmp"}


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("for p in Path(D).iterdir():\n    if p.name.startswith('a-'):\n        p.read_text()", "/data/in/a-*"),
        ("for p in glob.glob(D + '/*'):\n    if 'in' in p:\n        open(p)", "/data/in/*"),
        ("for p in glob.glob(D + '/*'):\n    if p.endswith('.csv'):\n        open(p)", "/data/in/*.csv"),
        ("for f in os.listdir(D):\n    if re.match('.*csv$', f, re.I):\n        use(f)", "/data/in/*csv"),
        ("for f in os.listdir(D):\n    if not f.endswith('.csv') or use(f):\n        continue", "/data/in/*.csv"),
        (
            "for f in os.listdir(D):\n    if not f.endswith('.csv'):\n        print(f)\n        continue\n    use(f)",
            "/data/in/*.csv",
        ),
    ],
)
def test_names_and_paths(loop, expected):
    """Of a whole path a test of its end tells the name; of a name, any; what tests first is done first."""
    assert read_by("import glob\n" + loop) - {"/data/in/"} == {expected}
