"""Tests of what a name says outside cron's places."""

import pytest

from migrator.sources.schedule_names import Speaks, of_crontab, of_manifest


@pytest.mark.parametrize(
    "name", ["crontab", "Crontab", "crontab.txt", "crontab-prod", "x.cron", "etl_crontab", "my.tab", "anacrontab-x"]
)
def test_clear_names(name: str):
    """These are called like a crontab."""
    assert of_crontab(name, "deploy") is Speaks.CLEARLY


@pytest.mark.parametrize(
    ("name", "folder", "speaks"),
    [
        ("backup", "cron.d", Speaks.CLEARLY),
        ("cronjobs", "x", Speaks.PERHAPS),
        ("notes.txt", "x", Speaks.NOTHING),
        ("crontab.py", "x", Speaks.OTHERWISE),
        ("crontab.md", "x", Speaks.OTHERWISE),
        ("README", "x", Speaks.NOTHING),
        ("crontabulary", "x", Speaks.PERHAPS),
    ],
)
def test_other_names(name: str, folder: str, speaks: Speaks):
    """A folder cron.d speaks for its files; programs and prose are never crontabs."""
    assert of_crontab(name, folder) is speaks


def test_manifests():
    """YAML, JSON and TOML may be manifests, the settings file is none."""
    assert [of_manifest(name) for name in ("a.yaml", "a.yml", "a.json", "a.toml", "migrator.toml", "a.txt")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
