"""Tests of the group: help, start-up, names of commands, messages."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import pytest

from migrator import __version__, cli
from migrator.cli.options import source_options
from migrator.model import Dialect, Target
from migrator.sources import Format
from tests.cli.running import Ran, run

COMMANDS = ("scan", "plan", "explain", "graph", "schedule", "init", "schema")


def test_help_names_every_command_in_the_order_of_use():
    """`--help` lists what there is, the first thing to try first, and the exit codes."""
    told = run("--help")
    assert (told.code, told.err) == (0, "")
    places = [told.out.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert all(f"\n    {code}" in told.out for code in ("0 ", "1 ", "2 ", "3 ", "11 ", "12 ", "130, 143 "))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    """`COMMAND --help` ends well, and no option goes without a word."""
    told = run(name, "--help")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"Usage: migrator {name}")
    assert run(name, "-h").out == told.out
    for option in cli.command_line.commands[name].params:
        assert isinstance(option, click.Argument) or option.help, option.name


def test_help_names_every_format_dialect_and_target():
    """The lists in the help are those of the code."""
    told = " ".join(run("plan", "--help").out.split()).replace("- ", "-")
    assert all(name in told for name in (*Format, *Dialect, *Target))


def test_version():
    """`--version` says which one this is."""
    assert run("--version") == Ran(0, f"migrator, version {__version__}\n", "")


def test_start_up_imports_nothing_heavy():
    """What `--help` does not need is not imported for it: that is what makes it quick."""
    heavy = ("networkx", "pydantic", "rich", "tree_sitter", "yaml", "jinja2", "crontab")
    script = f"import migrator.cli, sys, json; print(json.dumps([m for m in {heavy} if m in sys.modules]))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage: migrator"),
        (["nonsense"], "nonsense"),
        (["plan", "--nonsense"], "--nonsense"),
        (["plan", "."], "Missing option '-o'"),
        (["scan"], "name at least one PATH"),
        (["explain", "x"], "Missing argument 'NAME'"),
    ],
)
def test_wrong_usage_is_two(arguments, said):
    """What is asked wrongly is told on standard error, with exit code 2."""
    told = run(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert said in told.err


def test_messages_do_not_act_on_the_terminal():
    """What a person typed comes back visible: escape characters do nothing, bytes that are no text are shown."""
    assert "\\x1b[2J" in run("scan", "no\x1b[2Jthere").err
    assert "\x1b" not in run("scan", "--tz", "Mars/\x1b[2JDune", ".").err
    assert "\\udcff" in cli.printable("a\udcff\n")
    assert run("scan", "no\udcffthere").code == 2


def test_every_command_over_paths_takes_the_same_options():
    """What may be said to `scan` may be said to `plan`, `graph` and `init`."""

    @click.command()
    @source_options
    def bare() -> int:
        return 0

    common = {option.name for option in bare.params}
    for name in ("scan", "plan", "graph", "init"):
        assert common <= {option.name for option in cli.command_line.commands[name].params}


def test_shell_completion(monkeypatch):
    """A shell that asks gets the script that completes the commands' names."""
    monkeypatch.setenv("_MIGRATOR_COMPLETE", "zsh_source")
    assert "migrator" in run().out
    monkeypatch.setenv("_MIGRATOR_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", "migrator sch")
    monkeypatch.setenv("COMP_CWORD", "1")
    told = run()
    assert "schedule" in told.out
    assert "schema" in told.out
