"""Tests of settings for names that nothing has."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.inventory.types import SwitchedOff
from migrator.inventory.unused import unused_settings
from migrator.model import Origin
from migrator.settings.load import read, validated
from tests.inventory.taking import inventory

TREE: dict[str, str | bytes] = {
    "etc/hostname": "etl1\n",
    "etc/cron.d/a": "0 1 * * * app /opt/load.sh\n#migrator-off old-12345678: 0 2 * * * app /opt/old.sh\n",
}


def told(folder: Path, said: dict[str, object]) -> list[str]:
    """Give what is said of settings that name nothing."""
    found = inventory(folder, TREE, validated(said, "x")).findings
    return [finding.text for finding in found if finding.kind == "setting-unused"]


@pytest.mark.parametrize(
    "said",
    [
        {"jobs": {"loads.sh": {"duration": "4m"}}},
        {"zones": {"etl2": "Europe/Riga"}},
        {"dialects": {"etl2": "cronie"}},
        {"host_costs": {"etl2": 5}},
        {"host_costs": {"*": 5}},
        {"ignore": ["other*"]},
        {"isolation": [["nobody"]]},
        {"team": {"owners": {"nobody": 2}}},
    ],
)
def test_a_name_that_nothing_has_is_told(tmp_path: Path, said: dict[str, object]):
    """Each table and list by itself."""
    [text] = told(tmp_path, said)
    assert "is called so" in text


def test_names_that_something_has(tmp_path: Path):
    """A title, an id, a host, all hosts, an owner, a glob that fits, and a job that has moved."""
    jobs = {"load.sh": {"owner": "ingest"}, "old-12345678": {"duration": 5}, "old.sh": {"duration": 5}}
    said = {
        "jobs": jobs,
        "zones": {"etl1": "Europe/Riga", "*": "UTC"},
        "dialects": {"*": "debian"},
        "host_costs": {"etl1": 5},
        "ignore": ["lo*"],
        "isolation": [["ingest"]],
        "team": {"owners": {"ingest": 2}},
    }
    assert told(tmp_path, said) == []
    assert told(tmp_path, {}) == []


def test_the_line_and_the_nearest_name(tmp_path: Path):
    """A finding points at the line of the settings file; many names are one finding."""
    file = tmp_path / "own.toml"
    file.write_text("[team]\nengineers = 1\n[jobs]\n" + '"loads.sh".duration = 5\n')
    [finding] = [item for item in inventory(tmp_path, TREE, read(file)).findings if item.kind == "setting-unused"]
    assert (str(finding.origin), finding.remedy) == ("own.toml:4", "did you mean load.sh?")
    [text] = told(tmp_path, {"jobs": {f"gone{number}": {"duration": 5} for number in range(9)}})
    assert "and 4 more" in text


@pytest.mark.parametrize(("jobs", "remedy"), [(4_000, "did you mean load.sh?"), (5_001, "correct the name")])
def test_among_very_many_names_none_is_offered(tmp_path: Path, jobs: int, remedy: str):
    """To compare them all would take longer than to read them."""
    file = tmp_path / "own.toml"
    file.write_text('[jobs]\n"loads.sh".duration = 5\n')
    settings = read(file)
    done = [SwitchedOff(Origin("a", 1), f"n{number}", "load.sh") for number in range(jobs)]
    [finding] = unused_settings(settings, [], done, [])
    assert finding.remedy.startswith(remedy)
