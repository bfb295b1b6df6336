"""Samples of settings that stand in a tree for files that only the host has."""

import pytest

from tests.commands.tools import facts, reads

_PROGRAM = """
import configparser, os
config = configparser.ConfigParser()
config.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "app.cfg"))
open(os.path.join(config.get("paths", "DATA"), "in.csv"))
"""


def _read(files: dict[str, str]) -> set[str]:
    return reads(facts("python3 /opt/app/run.py", {"opt/app/run.py": _PROGRAM, **files}))


@pytest.mark.parametrize(
    "name",
    ["app.cfg.example", "app.cfg.dist", "sample_app.cfg", "app.sample.cfg", "app-template.cfg", "example.app.cfg"],
)
def test_a_sample_says_what_the_file_that_is_not_there_says(name: str) -> None:
    """A configuration that is kept on the host alone is read from the sample beside its place."""
    assert "/srv/data/in.csv" in _read({f"opt/app/{name}": "[paths]\nDATA = /srv/data\n"})


def test_the_file_itself_goes_before_its_sample() -> None:
    """Where the file is there, its sample says nothing."""
    files = {"opt/app/app.cfg": "[paths]\nDATA = /own\n", "opt/app/app.cfg.example": "[paths]\nDATA = /sample\n"}
    assert _read(files) == {"/own/in.csv"}


@pytest.mark.parametrize("value", ["/path/to/data", "<folder>/data", "/home/your_name/data", "???", "changeme/x"])
def test_a_value_to_fill_in_is_no_value(value: str) -> None:
    """What stands to be filled in is not taken for a place."""
    assert not any(
        value.strip("/") in name for name in _read({"opt/app/app.cfg.example": f"[paths]\nDATA = {value}\n"})
    )


def test_a_sample_of_another_folder_is_another_programs() -> None:
    """A sample elsewhere in the tree, or of another name, says nothing."""
    assert "/srv/in.csv" not in _read({"opt/other/app.cfg.example": "[paths]\nDATA = /srv\n"})
    assert "/srv/in.csv" not in _read({"opt/app/db.cfg.example": "[paths]\nDATA = /srv\n"})


def test_a_sourced_file_has_samples_too() -> None:
    """`. ./settings.sh` of which only `settings.sh.example` is in the tree."""
    script = "cd /opt/app\n. ./settings.sh\ncat $OUT/day.csv\n"
    given = {"opt/app/a.sh": script, "opt/app/settings.sh.example": "OUT=/srv/out\n"}
    assert reads(facts("sh /opt/app/a.sh", given)) == {"/srv/out/day.csv"}
    worked = facts("sh /opt/app/a.sh", {**given, "opt/app/settings.sh.example": "OUT=/srv/out\nmake install\n"})
    assert not any("make" in step.text for step in worked.steps)
    assert not any(one.path.endswith(".example") for one in worked.followed)
    assert "/srv/out/day.csv" not in reads(facts("sh /opt/app/a.sh", {"opt/app/a.sh": script}))
