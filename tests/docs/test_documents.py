"""The documents name what exists: commands, options, exit codes, settings, files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import get_args

import click
import pytest
import yaml
from pydantic import BaseModel

from migrator import cli
from migrator.model import Dialect, MigratorError, Target
from migrator.settings.load import validated
from migrator.settings.schema import Settings
from migrator.sources.items import Format
from migrator.sources.manifest_schema import Manifest
from tests.docs.texts import DOCUMENTS, README, ROOT, blocks, first_cells, prose, words_in_code

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


def keys(model: type[BaseModel]) -> Iterator[str]:
    """Yield every key that a model takes, inner tables included."""
    for name, field in model.model_fields.items():
        yield name
        for kind in models_in(field.annotation):
            yield from keys(kind)


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models that a type is made of: `dict[str, JobSettings]`, `Duration | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


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


@pytest.mark.parametrize(
    ("page", "key"),
    [
        (page, key)
        for page, model in (("settings.md", Settings), ("manifest.md", Manifest))
        for key in sorted(set(keys(model)))
    ],
)
def test_every_key_is_documented(page, key):
    """Each key of the settings and of the manifest is explained outside the example."""
    text = prose((ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert any(key in re.split(r"[^\w]+", code) for code in re.findall(r"`([^`]+)`", text))


def test_the_documented_settings_are_valid():
    """The example can be copied as it is."""
    [example] = blocks((ROOT / "docs/settings.md").read_text(encoding="utf-8"), "toml")
    assert validated(tomllib.loads(example), "docs/settings.md").team.engineers == 4


def test_the_documented_manifest_is_valid():
    """The example can be copied as it is."""
    [example] = blocks((ROOT / "docs/manifest.md").read_text(encoding="utf-8"), "yaml")
    manifest = Manifest.model_validate(yaml.safe_load(example))
    assert [job.id for job in manifest.jobs] == ["extract-orders", "load-orders"]


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
    """A source, a kind of evidence, a rule, a target and a labelled tree can be added by numbered steps."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## Add a (.*?)\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    assert set(sections) == {"source", "kind of evidence", "rule", "target", "labelled tree"}
    assert all(body.lstrip().startswith("1. ") and "\n3. " in body for body in sections.values())


def test_the_changelog_keeps_its_form():
    """The newest section is the unreleased one, and its entries are sorted under headings of Keep a Changelog."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.*?)\]", text, re.MULTILINE)[0] == "Unreleased"
    headings = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert headings <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
