"""Tests of `explain`: one job or cluster of a written plan."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import plan_of, run, tab


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write one plan for the module."""
    folder = tmp_path_factory.mktemp("explain")
    text = (
        "0 2 * * * /opt/extract.sh > /srv/orders.csv\n0 3 * * * /opt/load.sh < /srv/orders.csv\n"
        "30 4 * * * /opt/report.py\n"
    )
    run("plan", tab(folder, text), "-o", folder / "plan", "--tz", "UTC")
    return folder / "plan"


def test_a_job(written):
    """Its schedule in words, where it stands, its command, and what ties it to others."""
    job = next(job for job in plan_of(written)["jobs"] if "load.sh" in job["command"])
    for name in (job["id"], job["title"]):
        told = run("explain", written, name)
        assert (told.code, told.err) == (0, "")
        for said in ("at 03:00 every day", "crontab:2", "/opt/load.sh", "/srv/orders.csv"):
            assert said in told.out


def test_a_cluster(written):
    """Its jobs in order, the recommendation with its reasons, the money."""
    cluster = next(c for c in plan_of(written)["clusters"] if len(c["jobs"]) == 2)
    for name in (cluster["id"], cluster["title"]):
        told = run("explain", written, name)
        assert told.code == 0
        assert "Step Functions" in told.out
        assert told.out.index("Job extract") < told.out.index("Job load")
        assert "$" in told.out


def test_an_unknown_name_is_two_with_names_that_come_near(written):
    """A misspelt name is told, with what was probably meant."""
    for name in ("load", "loads.sh"):
        told = run("explain", written, name)
        assert (told.code, told.out) == (2, "")
        assert "load" in told.err.split("did you mean")[1]


def test_a_reason_and_its_proof_stand_once(written):
    """What speaks against several targets for one reason is one line, and equal lines of proof are shown once."""
    cluster = next(c for c in plan_of(written)["clusters"] if len(c["jobs"]) == 2)
    reasons = cluster["recommendation"]["reasons"]
    told = " ".join(run("explain", written, cluster["id"]).out.split())
    for text in {reason["text"] for reason in reasons}:
        signs = {reason["weight"] >= 0 for reason in reasons if reason["text"] == text}
        assert told.count(f": {text}") == len(signs)


def test_widths(written, monkeypatch):
    """No line is wider than the terminal."""
    for width in (80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for cluster in plan_of(written)["clusters"]:
            told = run("explain", written, cluster["id"])
            assert max(len(line) for line in told.out.splitlines()) <= width


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No such file or directory"),
        ("{", "plan.json"),
        ("[]", "plan.json"),
        ('{"version": "1"}', "plan.json"),
        ('{"version": "99"}', "not a plan of version 1"),
        ("[" * 100_000, "plan.json"),
        ("\udcff", "is not a plan"),
    ],
)
def test_a_folder_without_a_plan(tmp_path, text, said):
    """What cannot be read as a plan of this version is wrong usage, told with its place and what to give instead."""
    if text is not None:
        (tmp_path / "plan.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    told = run("explain", tmp_path, "x")
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert len(told.err) < 600


def test_the_file_itself_may_be_named(written):
    """`explain DIR/plan.json NAME` is as good as `explain DIR NAME`."""
    job = plan_of(written)["jobs"][0]["id"]
    assert run("explain", written / "plan.json", job).out == run("explain", written, job).out


def test_a_changed_plan_is_still_text(written, tmp_path):
    """What somebody wrote into plan.json does not act on the terminal."""
    data = plan_of(written)
    data["jobs"][0]["title"] = "x\x1b[2J"
    (tmp_path / "plan.json").write_text(json.dumps(data))
    assert "\x1b" not in run("explain", tmp_path, data["jobs"][0]["id"]).out
