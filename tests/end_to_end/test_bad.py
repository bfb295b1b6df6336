"""The hostile inputs beside the checkout: each alone, the small ones. `make_bad.py` says what each attacks."""

from __future__ import annotations

import contextlib
import csv
import io
import runpy
import sys
import warnings
from pathlib import Path

import pytest

from tests.cli.running import plan_of, run
from tests.end_to_end.checking import faults_of

ORACLES = Path(__file__).resolve().parents[3] / "shared/oracles"
MANIFEST = ORACLES / "bad/MANIFEST.tsv"
pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(not MANIFEST.exists(), reason="../shared is not beside the checkout"),
]

# An address for mail is no secret: the report has to say who is told.
NO_SECRET = "crontab/secret-mailto.cron"


def rows():
    """Give the manifest's rows of small files; none where it is not there."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in found if not row["file"].startswith("large/")]


def outside_check(folder, monkeypatch):
    """Run the checker that came with the inputs; give what it says."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["check_out.py", str(folder)])
    with warnings.catch_warnings(), contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves closing its files to Python
        runpy.run_path(str(ORACLES / "check_out.py"))
    return said.getvalue().strip()


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_a_hostile_file(row, tmp_path, monkeypatch):
    """It ends well, names what was not read, writes nothing that acts, leaks nothing, loses no job."""
    monkeypatch.chdir(tmp_path)
    file, out = ORACLES / "bad" / row["file"], tmp_path / "out"
    told = run("plan", file, "-o", out)
    assert told.code in {0, 3, 11}
    assert "Traceback" not in told.err
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if told.code != 3 else [])
    if "E" in row["codes"] and row["file"] != NO_SECRET:
        assert "CANARY" not in told.out + told.err
    if told.code == 3:
        assert file.name in told.err
        return
    assert faults_of(out) == []
    if row["file"] != NO_SECRET:
        assert outside_check(out, monkeypatch) == "clean"
    if "F" in row["codes"] and b"sentinel" in file.read_bytes():
        plan = plan_of(out)
        assert any("sentinel" in job["text"] + job["title"] for job in plan["jobs"])
        assert all(
            row["lines"]
            == sum(row[part] for part in ("jobs", "assignments", "comments", "blank", "disabled", "unread"))
            for row in plan["ledger"]
        )


@pytest.mark.parametrize("folder", ["crontab", "inject"])
def test_the_tools_from_outside_accept_what_is_written(folder, tmp_path):
    """For all files of a folder at once, whose texts are data in the files for the targets."""
    pytest.importorskip("cfnlint")
    told = run("plan", ORACLES / "bad" / folder, "--assume-installed", "-o", tmp_path / "out")
    assert told.code in {0, 11}
    verdicts = plan_of(tmp_path / "out")["verdicts"]
    assert [verdict for verdict in verdicts if verdict["holds"] is False] == []
    assert sum(verdict["tool"] == "cfn-lint" and verdict["holds"] is True for verdict in verdicts) > 50


def test_no_file_was_left_out():
    """The manifest was read, and each of its files is there."""
    assert len(rows()) > 250
    assert [row["file"] for row in rows() if not (ORACLES / "bad" / row["file"]).exists()] == []


def test_nothing_was_run():
    """The texts that would run leave their mark here."""
    assert not Path("/tmp/pwned").exists()
