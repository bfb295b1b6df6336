"""What the samples are told, beside what a reader of the decision guide would tell them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from migrator import cli
from tests.docs.texts import ROOT

pytestmark = pytest.mark.usefixtures("own_checks_in_module")


@lru_cache
def planned(sample, team=None):
    """Plan a sample, with its own settings or a team's; give the exit code and `plan.json`."""
    with TemporaryDirectory() as folder:
        config = ["--config", str(ROOT / f"samples/teams/{team}.toml")] if team else []
        code = cli.run(["plan", str(ROOT / "samples" / sample), "-o", f"{folder}/plan", *config])
        return code, json.loads(Path(folder, "plan/plan.json").read_text(encoding="utf-8"))


def cluster_of(plan, word):
    """Give the one cluster that has a job whose command or id holds the word."""
    [found] = {
        cluster["id"]
        for cluster in plan["clusters"]
        for job in plan["jobs"]
        if job["id"] in cluster["jobs"] and (word in job["command"] or word == job["id"])
    }
    return next(cluster for cluster in plan["clusters"] if cluster["id"] == found)


def job_of(plan, word):
    """Give the one job whose command holds the word."""
    [found] = [job for job in plan["jobs"] if word in job["command"]]
    return found


def test_every_outcome_is_reached():
    """Between them the samples show all that a job can be told."""
    samples = ("etl-host", "fleet", "guide-example", "guide-example-airflow")
    clusters = [cluster for sample in samples for cluster in planned(sample)[1]["clusters"]]
    reached = {cluster["recommendation"]["target"] for cluster in clusters}
    assert reached == {"eventbridge", "step-functions", "airflow", "mwaa", "retain"}


@pytest.mark.parametrize("sample", ["etl-host", "fleet", "guide-example", "guide-example-airflow"])
def test_every_line_is_accounted_for(sample):
    """Nothing in a sample is unread, every row of the ledger adds up, and no recommendation is open."""
    code, plan = planned(sample)
    assert code == 0
    assert plan["unread"] == []
    parts = ("jobs", "assignments", "comments", "blank", "disabled", "unread")
    assert all(row["lines"] == sum(row[part] for part in parts) for row in plan["ledger"])


@pytest.mark.parametrize(
    ("word", "target", "jobs"),
    [
        ("price_rules.py", "airflow", 7),
        ("clean_orders.py", "step-functions", 3),
        ("push_stock.py", "step-functions", 2),
        ("sessionize.sh", "step-functions", 2),
        ("newsletter_stats.py", "eventbridge", 1),
        ("lambda invoke", "eventbridge", 1),
        ("backup_etl.sh", "retain", 1),
        ("logrotate", "retain", 1),
        ("certbot", "retain", 1),
        ("-mtime +30 -delete", "retain", 1),
        ("sleep 30;", "retain", 1),
        ("pgrep", "retain", 1),
        ("ftp_import.sh", "retain", 1),
    ],
)
def test_the_etl_hosts_jobs_go_where_the_guide_says(word, target, jobs):
    """Joins to Airflow, ordered chains to Step Functions, lone calls to EventBridge; care of the host stays there."""
    cluster = cluster_of(planned("etl-host")[1], word)
    assert (cluster["recommendation"]["target"], len(cluster["jobs"])) == (target, jobs)


def test_the_backup_of_nine_commands_is_one_unit():
    """Commands that share a work folder are run, watched and repeated as one."""
    backup = job_of(planned("etl-host")[1], "backup_etl.sh")
    assert (len(backup["steps"]), len(backup["units"])) == (9, 1)


def test_a_common_lock_makes_no_order():
    """The two geocoding jobs exclude each other and are two clusters."""
    plan = planned("etl-host")[1]
    pair = {job_of(plan, "geocode_addresses.sh")["id"], job_of(plan, "refresh_postcodes.sh")["id"]}
    assert [tie["kind"] for tie in plan["relations"] if {tie["upstream"], tie["downstream"]} == pair] == ["lock"]
    assert cluster_of(plan, "geocode_addresses.sh") != cluster_of(plan, "refresh_postcodes.sh")


def test_secrets_are_told_and_not_shown():
    """The token of the crontab is listed with its place, and the token itself is nowhere in the plan."""
    plan = planned("etl-host")[1]
    assert [secret["path"] for secret in plan["secrets"]].count("var/spool/cron/crontabs/etl") == 1
    text = json.dumps(plan)
    assert "wms_live" not in text
    assert "kX4-not-a-password" not in text


@pytest.mark.parametrize(
    ("team", "target", "open_question"),
    [
        (None, "mwaa", False),
        ("two-short-of-money", "airflow", False),
        ("two-with-upkeep", "mwaa", False),
        ("unstated", "mwaa", True),
    ],
)
def test_the_nightly_run_goes_by_the_team(team, target, open_question):
    """Six engineers, two short of money, two who measured their upkeep, and nobody named: four answers."""
    code, plan = planned("fleet", team)
    cluster = cluster_of(plan, "mart-sales")
    answer = cluster["recommendation"]
    assert len(cluster["jobs"]) == 25
    assert (answer["target"], answer["undecided"] is not None) == (target, open_question)
    assert code == (11 if open_question else 0)


def test_equal_files_are_replicas():
    """A line that three hosts have alike is one job."""
    plan = planned("fleet")[1]
    queue = job_of(plan, "queue:work")
    assert len(queue["replicas"]) == 2
    assert {job["inactive_kind"] for job in plan["jobs"] if not job["active"]} >= {"no-newline", "file-name"}


def test_the_guides_example_is_a_wait_and_a_glue_job():
    """Two units in order, whichever target is chosen; the pin is shown as one."""
    for sample, target, pinned in (
        ("guide-example", "step-functions", False),
        ("guide-example-airflow", "airflow", True),
    ):
        [cluster] = planned(sample)[1]["clusters"]
        [job] = planned(sample)[1]["jobs"]
        assert [step["kind"] for step in job["steps"]] == ["wait", "cloud"]
        assert len(job["units"]) == 2
        answer = cluster["recommendation"]
        assert (answer["target"], answer["pinned"]) == (target, pinned)
