"""Tests whose outcome is known without a run: bash says the same of each."""

from __future__ import annotations

import subprocess

import pytest

from migrator.verify.traces import Context, Outcomes, shell_trace

KNOWN = [
    "[ a ]", "[ '' ]", "[ ! a ]", "[ ! '' ]", "[ -n a ]", "[ -n '' ]", "[ -z a ]", "[ -z '' ]", "[ ! -z '' ]",
    "[ a = a ]", "[ a = b ]", "[ a == a ]", "[ a != a ]", "[ a != b ]", "[ ! a = b ]", "test a = a", "test a",
    "[ 3 -eq 3 ]", "[ 3 -ne 3 ]", "[ 3 -lt 3 ]", "[ 3 -le 3 ]", "[ 3 -gt 2 ]", "[ 3 -ge 4 ]", "[ -3 -lt +2 ]",
    "[ ' 3' -eq '3 ' ]", "[ 010 -eq 10 ]", "[[ 10 -eq 10 ]]", "[[ -0 -eq 0 ]]",
    "[ 'a*' = abc ]", "[ abc = 'a*' ]", "[[ abc == a* ]]", "[[ abc == 'a*' ]]", "[[ 'a*' == 'a*' ]]",
    "[[ abc != a? ]]", "[[ abc = ab[a-c] ]]", "[[ abc = 'ab[a-c]' ]]", "[[ a ]]", "[[ -z '' ]]", "[[ ! a = b ]]",
    "x=a; [ $x = a ]", "x=a; [[ $x == b ]]", "x=3; [ $x -gt 2 ]",
]  # fmt: skip
OPEN = [
    "[ -f /etc/passwd ]", "[ a -nt b ]", "[ 1 = 1 -a 2 = 2 ]", "[ x -eq 1 ]", '[ "$X" = a ]', "[ ! -d /srv ]",
    "[[ 010 -eq 10 ]]", "[ 99999999999999999999 -gt 1 ]", "[[ abc =~ a.c ]]", "[[ a < b ]]",
]  # fmt: skip


@pytest.mark.oracle
def test_bash_says_the_same():
    """In one shell, test by test."""
    text = "".join(f"({one}); echo $?\n" for one in KNOWN)
    told = subprocess.run(["bash"], input=text, capture_output=True, text=True, timeout=60, check=True).stdout
    found = [shell_trace(one, Outcomes(), Context(bash=True)) for one in KNOWN]
    assert [one for one, trace in zip(KNOWN, found, strict=True) if trace.events] == []
    statuses = dict(zip(KNOWN, map(int, told.split()), strict=True))
    assert {one: trace.status for one, trace in zip(KNOWN, found, strict=True)} == statuses


@pytest.mark.parametrize("one", OPEN)
def test_what_only_a_run_knows_is_asked(one):
    """Files, numbers that are none, variables from outside: either outcome is possible."""
    assert shell_trace(one, Outcomes(), Context(bash=True)).asked != ()
