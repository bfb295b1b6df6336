"""The documents name what exists: commands, options, exit codes, settings, files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from pydantic import BaseModel

from migrator import cli
from migrator.model import Dialect, MigratorError, Target
from migrator.settings.schema import Settings
from migrator.sources.items import Format
from tests.docs.texts import DOCUMENTS, README, ROOT, first_cells, prose, words_in_code

COMMANDS = sorted(cli.command_line.commands)
OPTIONS = sorted(
    {
        (name, option)
        for name, command in cli.command_line.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
)
CONTRACT_CODES = {0, 1, 2, 3, 11, 12, 130, 143}
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:migrator|tests|docs|samples|reports|benchmarks)/[\w./-]+|\.ci/run|README\.md)`")


def error_kinds(kind: type[MigratorError] = MigratorError) -> Iterator[type[MigratorError]]:
    """Yield an error class and all that descend from it."""
    yield kind
    for below in kind.__subclasses__():
        yield from error_kinds(below)


def setting_keys(model: type[BaseModel] = Settings) -> Iterator[str]:
    """Yield every key of the settings, inner tables included."""
    for name, field in model.model_fields.items():
        yield name
        for kind in re.findall(r"migrator\.settings\.schema\.(\w+)", str(field.annotation)):
            inner = getattr(__import__("migrator.settings.schema", fromlist=[kind]), kind)
            if issubclass(inner, BaseModel):
                yield from setting_keys(inner)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_readme(command):
    """The table of commands has a row for it."""
    assert any(
        cell.startswith(f"`migrator {command} ") or cell == f"`migrator {command}`" for cell in first_cells(README)
    )


def test_readme_names_no_command_that_is_not_there():
    """A command in the table can be called."""
    named = {cell.split()[1].strip("`") for cell in first_cells(README) if cell.startswith("`migrator ")}
    assert named == set(COMMANDS)


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_in_readme(command, option):
    """Each option of each command stands in backticks somewhere in README."""
    assert option in words_in_code(README)


def test_every_exit_code_is_in_readme():
    """The table holds the contract's codes, and the code raises no other."""
    cells = first_cells(README.partition("| exit code |")[2].partition("\n\n")[0])
    documented = {int(code) for cell in cells for code in re.findall(r"\d+", cell)}
    assert documented == CONTRACT_CODES
    assert {kind.exit_code for kind in error_kinds()} | {cli.INTERRUPTED, cli.TERMINATED} <= documented


@pytest.mark.parametrize("value", [*Format, *Dialect, *Target])
def test_every_value_of_an_option_is_in_readme(value):
    """Formats, dialects and targets can be looked up."""
    assert value in words_in_code(README)


@pytest.mark.parametrize("key", sorted(set(setting_keys())))
def test_every_setting_is_documented(key):
    """Each key of the schema is explained outside the example."""
    page = prose((ROOT / "docs/settings.md").read_text(encoding="utf-8"))
    assert any(key in re.split(r"[^\w]+", code) for code in re.findall(r"`([^`]+)`", page))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    """A relative link points at a file of the project."""
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_contributing_names_paths_that_exist():
    """Whoever follows the steps opens what they name; NAME stands for the new file."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = [path for path in PATH.findall(text) if "NAME" not in path]
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
    for path in paths:
        if (ROOT / path).is_file():
            assert (ROOT / path).read_text(encoding="utf-8")


def test_contributing_has_a_section_for_each_extension():
    """A source, a kind of evidence, a rule and a target can be added by numbered steps."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## Add a (.*?)\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    assert set(sections) == {"source", "kind of evidence", "rule", "target"}
    assert all(body.lstrip().startswith("1. ") and "\n3. " in body for body in sections.values())


def test_the_changelog_keeps_its_form():
    """The newest section is the unreleased one, and its entries are sorted under headings of Keep a Changelog."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.*?)\]", text, re.MULTILINE)[0] == "Unreleased"
    headings = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert headings <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
