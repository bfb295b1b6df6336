"""Filters of the shell: which words are files, by each program's own options."""

import pytest

from tests.commands.tools import facts, reads, writes


@pytest.mark.parametrize(
    "command",
    [
        "sort -n /in/a.csv",
        "sort -k 2 -n -t , /in/a.csv",
        "sort -rn -T /tmp/sort /in/a.csv",
        "tail -f /in/a.csv",
        "tail -c +2 /in/a.csv",
        "head -n 5 /in/a.csv",
        "cut -d , -f 1 /in/a.csv",
        "cat -n /in/a.csv",
        "uniq -c /in/a.csv",
        "uniq -f 2 /in/a.csv",
        "shuf -n 3 /in/a.csv",
        "nl -b a /in/a.csv",
        "base64 -w 0 /in/a.csv",
        "wc -l /in/a.csv",
        "grep -v -w word /in/a.csv",
        "grep -m 3 -e word /in/a.csv",
        "sed -n 1p /in/a.csv",
        "join -t , -1 2 -2 1 /in/a.csv /in/a.csv",
        "fold -w 70 /in/a.csv",
    ],
)
def test_files(command):
    """A sign such as `-n` takes the next word for one program and none for another."""
    found = facts(f"{command} > /out/x")
    assert (reads(found), writes(found)) == ({"/in/a.csv"}, {"/out/x"})


@pytest.mark.parametrize("command", ["sort -n", "head -n 5", "tail -n +2", "cut -f 2", "grep -c word", "nl -w 3"])
def test_no_files(command):
    """A filter without a file reads what it is given."""
    found = facts(f"cat /in/a.csv | {command} > /out/x")
    assert (reads(found), writes(found)) == ({"/in/a.csv"}, {"/out/x"})
