"""Programs that installing a tree makes."""

from __future__ import annotations

import pytest

from tests.commands.tools import facts, reads, writes

_PROJECT = '[project]\nname = "feed"\n[project.scripts]\nfeed-get = "feed.get:main"\n'
_POETRY = '[tool.poetry.scripts]\nfeed-get = "feed.get:main"\n'
_CFG = "[options.entry_points]\nconsole_scripts =\n    feed-get = feed.get:main\n"
_SETUP = 'from setuptools import setup\nsetup(entry_points={"console_scripts": ["feed-get=feed.get:main"]})\n'
_PROGRAM = 'def main():\n    open("/srv/x.json", "w")\n\nif __name__ == "__main__":\n    open("/srv/y.json", "w")\n'


@pytest.mark.parametrize(
    ("settings", "text"),
    [("pyproject.toml", _PROJECT), ("pyproject.toml", _POETRY), ("setup.cfg", _CFG), ("setup.py", _SETUP)],
)
@pytest.mark.parametrize("place", ["feed/get.py", "src/feed/get.py"])
@pytest.mark.parametrize("call", ["feed-get", "/srv/app/venv/bin/feed-get"])
def test_an_installed_program_is_its_function(settings: str, text: str, place: str, call: str) -> None:
    """The function that the settings name is called; what the module does as a program is not done."""
    found = facts(call, {settings: text, place: _PROGRAM})
    assert writes(found) == {"/srv/x.json"}
    assert not found.unclear


def test_the_command_of_a_group_is_chosen_by_the_argument() -> None:
    """What stands behind an installed program reaches the function that it calls."""
    program = (
        "import click\n@click.group()\ndef cli():\n    pass\n"
        "@cli.command()\ndef get():\n    open('/srv/x', 'w')\n@cli.command()\ndef use():\n    open('/srv/x')\n"
    )
    files = {"setup.cfg": "[options.entry_points]\nconsole_scripts =\n  feed = feed.cli:cli\n", "feed/cli.py": program}
    assert writes(facts("feed get", files)) == {"/srv/x"}
    assert reads(facts("feed use", files)) == {"/srv/x"}


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ("pyproject.toml", "[project\n"),
        ("pyproject.toml", '[project]\nscripts = 3\n[tool]\npoetry = "x"\n'),
        ("pyproject.toml", '[project.scripts]\nother = "feed.get:main"\nfeed-get = "feed.gone:main"\n'),
        ("setup.cfg", "console_scripts\n  feed-get\n"),
        ("setup.py", "setup(entry_points={'console_scripts': [f'{name}=feed.get:main']}"),
    ],
)
def test_what_no_file_names_is_not_guessed(settings: str, text: str) -> None:
    """Settings that cannot be read, that name another program or a module that is not there, say nothing."""
    assert writes(facts("feed-get", {settings: text, "feed/get.py": _PROGRAM})) == set()


def test_a_program_of_the_system_stays_one() -> None:
    """A known program is not taken for one of the tree's."""
    text = '[project.scripts]\nrsync = "feed.get:main"\n'
    assert writes(facts("rsync /a/x /b/x", {"pyproject.toml": text, "feed/get.py": _PROGRAM})) == {"/b/x"}
