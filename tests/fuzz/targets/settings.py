"""`migrator.toml`: settings, or all its faults as one SettingsError."""

from __future__ import annotations

import tempfile
from pathlib import Path

from migrator.settings.load import SettingsError, read
from tests.fuzz.targets.target import Target, seeds

_SEEDS = (
    (
        '[team]\nengineers = 4\nhourly_cost = 90.5\ncost_sensitive = false\nneeds = ["backfill", "dag-view"]\nexisting = "mwaa"\n'
        'upkeep_hours = {self_hosted = 12, managed = 2}\n[aws]\nregion = \'us-east-1\'\ncompute = "ssm"\n[targets]\n"a b" = "airflow"\n'
        '[paths]\n"/opt" = "."\n[zones]\netl1 = "Europe/Paris"\n[durations]\nload = "10m"\n'
        '[dependencies]\nadd = [{upstream = "a", downstream = "b", why = "x"}]\ndeny = [\n  {upstream = "c", downstream = "d"},\n]\n'
    ),
    "[jobs.load]\ncompute = 'ecs'\n[[accept]]\nhazard = 'x'\nwhy = '''y'''\nignore = ['*.bak']\nmounts = ['/srv']\n",
)


def check(data: bytes) -> None:
    """Read settings: a SettingsError is the only way to refuse them."""
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        try:
            read(Path(file.name))
        except SettingsError as error:
            assert error.faults


TARGETS = (Target("settings", check, seeds(*_SEEDS)),)
