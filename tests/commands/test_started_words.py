"""Words of commands that a program starts, some of them known in part, and what a program does as it ends."""

import pytest

from migrator.commands.facts import CommandFacts
from tests.commands.tools import facts, reads, writes

_HEAD = "import os, subprocess, sys\nDAYS = int(os.environ.get('DAYS', '7'))\n"


def _run(text: str) -> CommandFacts:
    return facts("python3 /opt/p.py", {"opt/p.py": _HEAD + text})


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        # A comparison in SQL is no redirection, whatever else of the word is unknown.
        (
            "subprocess.run(['psql', '-d', 'shop', '-c', f'SELECT a FROM parts p WHERE p.age >= {DAYS}'])",
            {"shop.parts"},
            set(),
        ),
        (
            "subprocess.run(['psql', '-d', 'shop', '-c', f'INSERT INTO old SELECT a FROM parts WHERE age > {DAYS}'])",
            {"shop.parts"},
            {"shop.old"},
        ),
        # One word stays one word, and what stands behind the unknown part stays.
        ("subprocess.run(['cp', f'/in/of {DAYS}.csv', '/out/x.csv'])", {"/in/of *.csv"}, {"/out/x.csv"}),
        ("subprocess.run(['cp', f'/in/a_{DAYS}_day.csv', '/out/x.csv'])", {"/in/a_*_day.csv"}, {"/out/x.csv"}),
        ("subprocess.run(f'cp /in/a_{DAYS}_day.csv /out/x.csv', shell=True)", {"/in/a_*_day.csv"}, {"/out/x.csv"}),
        ("subprocess.run(['sh', '-c', f'cd /in && cp a.{DAYS} /out/x'])", {"/in/a.*"}, {"/out/x"}),
        ("subprocess.run(['cp', f'/in/a;{DAYS}', '/out/x > y'])", {"/in/a;*"}, {"/out/x > y"}),
        # A shell's own text keeps its signs.
        ("subprocess.run(f'sort -n /in/{DAYS}.csv > /out/x', shell=True)", {"/in/*.csv"}, {"/out/x"}),
    ],
)
def test_words(text, read, written):
    """A word of a list of words is one word, however little of it is known."""
    found = _run(text)
    assert (reads(found), writes(found)) == (read, written)


@pytest.mark.parametrize(
    "end",
    [
        "raise SystemExit(main())",
        "if __name__ == '__main__':\n    raise SystemExit(main())",
        "raise SystemExit(main()) from None",
        "sys.exit(main())",
        "def stop():\n    raise RuntimeError(main())\nstop()",
    ],
)
def test_the_end_does_its_work_first(end):
    """What a program ends with is worked out before it ends."""
    assert reads(_run(f"def main():\n    open('/in/x.csv')\n    return 0\n{end}\nopen('/never')")) >= {"/in/x.csv"}


def test_nothing_is_read_behind_an_end():
    """A program that has ended reads nothing more, and an end without work reads nothing."""
    assert reads(_run("raise SystemExit\nopen('/in/x.csv')")) == set()
    assert reads(_run("raise SystemExit(0)\nopen('/in/x.csv')")) == set()
