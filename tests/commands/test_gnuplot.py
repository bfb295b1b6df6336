"""Scripts of gnuplot."""

from __future__ import annotations

import pytest

from migrator.commands import CommandFacts
from tests.commands.tools import facts, reads, writes


def plotted(script: str, call: str = "cd /w && gnuplot p.gp") -> CommandFacts:
    """Read a call of gnuplot whose script has this text."""
    return facts(call, {"w/p.gp": script})


@pytest.mark.parametrize(
    ("script", "read"),
    [
        ("plot '/d/a.csv' using 1:2 title 'x.y', \\\n  \"/d/b.csv\" with lines\n", {"/d/a.csv", "/d/b.csv"}),
        ("f = '/d/a.csv'\nplot f using 1:2\n", {"/d/a.csv"}),
        ("d = '/d/'\nplot d.'a.csv'\n", {"/d/a.csv"}),
        ("splot [0:1] [*:*] 'x/a.dat' u 1:2:3\n", {"/w/x/a.dat"}),
        ("set xlabel 'a/b'; plot '/d/a.csv'\n", {"/d/a.csv"}),
        ("fit f(x) '/d/a.csv' via a,b\n", {"/d/a.csv"}),
        ("stats '/d/a.csv' using 2\n", {"/d/a.csv"}),
        ("load '/d/style.plt'\n", {"/d/style.plt"}),
        ('files = system("ls /d/*.csv")\nplot for [f in files] f\n', {"/d/*.csv"}),
        ("plot '< sort /d/a.csv' using 1\n", {"/d/a.csv"}),
    ],
)
def test_what_is_plotted(script: str, read: set[str]) -> None:
    """Strings and variables that hold one, and what is listed for a loop."""
    assert reads(plotted(script)) == read


def test_the_picture_is_written_where_it_is_said() -> None:
    """By `set output`, by a variable that `-e` sets, with the line as proof."""
    found = plotted("set terminal png\n\nset output out\nplot 'a.csv'\n", "cd /w && gnuplot -e \"out='/s/x.png'\" p.gp")
    assert writes(found) == {"/s/x.png"}
    assert reads(found) == {"/w/a.csv"}
    [line] = [access.origin.line for access in found.touched if access.resource.name == "/s/x.png"]
    assert line == 3


@pytest.mark.parametrize(
    "script",
    [
        "# plot '/d/a.csv'\n",
        "plot sin(x), x**2 title '/d/a.csv'\n",
        "plot '-' using 1:2\n1 2\ne\n",
        "plot name using 1:2\n",
        "set title '/d/a.csv'\n",
        "set label 'x' at 1,2; set key off\n",
        "plot '",
        "",
    ],
)
def test_silent(script: str) -> None:
    """Comments, functions, data on the line, titles, names that nothing sets, text that breaks off."""
    found = plotted(script)
    assert reads(found) == writes(found) == set()


def test_hostile_text_ends() -> None:
    """Long lines and deep brackets cost no more than their length."""
    assert reads(plotted("plot " + "(" * 50_000 + "\n")) == set()
    assert reads(plotted("plot " + "'a' . " * 20_000 + "\n")) == set()
