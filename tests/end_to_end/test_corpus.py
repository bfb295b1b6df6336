"""Real crontabs beside the checkout: nearly all of their lines are jobs, and the rest is told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.running import plan_of, run
from tests.end_to_end.checking import faults_of

CRONTABS = Path(__file__).resolve().parents[3] / "shared/corpus/crontabs"
pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(not CRONTABS.exists(), reason="../shared is not beside the checkout"),
]
PARTS = ("jobs", "assignments", "comments", "blank", "disabled", "unread")


@pytest.fixture(scope="module")
def run_and_plan(own_checks_in_module, tmp_path_factory):
    """Plan all of them once."""
    out = tmp_path_factory.mktemp("corpus") / "plan"
    told = run("plan", CRONTABS, "-o", out)
    return told, out


def test_the_run_ends_well(run_and_plan):
    """Exit code 0 or 11, no traceback; every file is well-formed."""
    told, out = run_and_plan
    assert told.code in {0, 11}
    assert "Traceback" not in told.err
    assert faults_of(out) == []


def test_every_row_reconciles(run_and_plan):
    """The lines of each file are accounted for, and what was not read has a reason."""
    plan = plan_of(run_and_plan[1])
    assert all(row["lines"] == sum(row[part] for part in PARTS) for row in plan["ledger"])
    assert sum(row["unread"] for row in plan["ledger"]) == len(plan["unread"])
    assert all(line["reason"] for line in plan["unread"])


def test_nearly_all_job_lines_are_jobs(run_and_plan):
    """Of the lines that a person counted as jobs (templates aside) 99 in a hundred come out as jobs."""
    jobs = {row["path"]: row["jobs"] for row in plan_of(run_and_plan[1])["ledger"]}
    with (CRONTABS / "SOURCES.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    counted = {row["file"]: int(row["job_lines"] or 0) for row in rows if row["kind"] != "template"}
    found = sum(min(jobs.get(file, 0), lines) for file, lines in counted.items())
    assert found >= 0.99 * sum(counted.values())


def test_inactive_jobs_are_marked(run_and_plan):
    """A file without its last newline has jobs all the same, each with the reason why cron does not run it."""
    plan = plan_of(run_and_plan[1])
    marked = {job["origin"]["path"] for job in plan["jobs"] if job["inactive_kind"] == "no-newline"}
    assert len(marked) > 30
    assert all(job["inactive_why"] for job in plan["jobs"] if not job["active"])
