"""Whole runs over the samples: what a reader of the decision guide, a schema and another machine would say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from tests.cli.running import OWN_CHECKS, plan_of, run
from tests.end_to_end.checking import faults_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(path.parent.name for path in ROOT.glob("samples/*/migrator.toml"))
FOLDERS: dict[str, Path] = {}


@pytest.fixture(scope="module", autouse=True)
def folder(own_checks_in_module, tmp_path_factory):
    """Give the place where the samples are planned."""
    FOLDERS["all"] = tmp_path_factory.mktemp("samples")
    planned.cache_clear()


@cache
def planned(sample, team=None):
    """Plan a sample once, with its own settings or a team's; give the folder."""
    out = FOLDERS["all"] / f"{sample}-{team}"
    config = ["--config", ROOT / f"samples/teams/{team}.toml"] if team else []
    assert run("plan", ROOT / "samples" / sample, "-o", out, *config).code in {0, 11}
    return out


def nightly(team=None):
    """Give the cluster of the 25-job night of the fleet."""
    return next(c for c in plan_of(planned("fleet", team))["clusters"] if len(c["jobs"]) == 25)


@pytest.mark.parametrize("sample", SAMPLES)
def test_plans_of_samples_are_well_formed(sample):
    """The data is what the schema says; every file is inert; every claim has its evidence."""
    out = planned(sample)
    plan = plan_of(out)
    jsonschema.Draft202012Validator(run("schema").json).validate(plan)
    assert faults_of(out) == []
    assert all(tie["evidence"] for tie in plan["dependencies"])
    assert all(0.6 <= tie["confidence"] <= 1 for tie in plan["dependencies"])
    assert all(cluster["recommendation"]["reasons"] for cluster in plan["clusters"])
    jobs = [job["id"] for job in plan["jobs"]]
    assert sorted(job for cluster in plan["clusters"] for job in cluster["jobs"]) == sorted(jobs)
    assert len(set(jobs)) == len(jobs)


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_picture_that_the_report_shows_is_there(sample):
    """Relative links lead to files of the folder, and each picture comes as SVG and PNG."""
    out = planned(sample)
    report = (out / "report.md").read_text(encoding="utf-8")
    pictures = sorted(path.stem for path in (out / "graphs").glob("*.svg"))
    assert pictures == sorted(path.stem for path in (out / "graphs").glob("*.png"))
    assert all(f"graphs/{name}.svg" in report or f"graphs/{name}.png" in report for name in pictures)


@pytest.mark.parametrize("sample", SAMPLES)
def test_everything_in_a_plan_can_be_explained(sample):
    """Each job and each cluster of a written plan answers to its id."""
    out = planned(sample)
    plan = plan_of(out)
    names = [job["id"] for job in plan["jobs"][::5]] + [cluster["id"] for cluster in plan["clusters"][::3]]
    for name in names:
        told = run("explain", out, name)
        assert (told.code, told.err) == (0, ""), name
        assert len(told.out) > 100


def test_the_night_of_25_jobs_goes_by_money_and_people():
    """Two engineers short of money run Airflow; six, or two who measured twelve hours of upkeep, pay for MWAA."""
    answers = {team: nightly(team)["recommendation"] for team in (None, "two-short-of-money", "two-with-upkeep")}
    assert {team: answer["target"] for team, answer in answers.items()} == {
        None: "mwaa",
        "two-short-of-money": "airflow",
        "two-with-upkeep": "mwaa",
    }
    assert all(answer["undecided"] is None for answer in answers.values())


def test_with_nothing_stated_the_plan_says_what_each_value_would_give():
    """The recommendation is open, and what would turn it is listed with the key to set."""
    answer = nightly("unstated")["recommendation"]
    assert answer["undecided"]
    turns = {flip["change"]["key"]: flip["to"] for flip in answer["flips"]}
    assert any("engineers" in key for key in turns)
    assert {"airflow", "mwaa"} & set(turns.values())
    keys = {question["id"] for question in plan_of(planned("fleet", "unstated"))["questions"]}
    assert keys


def test_a_backup_of_nine_commands_goes_nowhere_near_airflow():
    """Nine steps, one unit, and neither Airflow nor MWAA is chosen or next."""
    plan = plan_of(planned("etl-host"))
    [backup] = [job for job in plan["jobs"] if "backup_etl.sh" in job["command"]]
    assert (len(backup["steps"]), len(backup["units"])) == (9, 1)
    [cluster] = [cluster for cluster in plan["clusters"] if backup["id"] in cluster["jobs"]]
    answer = cluster["recommendation"]
    assert not {answer["target"], answer["runner_up"]} & {"airflow", "mwaa"}


def test_the_order_of_lines_changes_no_id(tmp_path):
    """The crontab of the sample read backwards has the same jobs under the same ids."""
    source = ROOT / "samples/etl-host/var/spool/cron/crontabs/etl"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    settings = [line for line in lines if "=" in line.split(" ")[0]]
    entries = [line for line in lines if line[:1] in "0123456789*@"]
    ids = []
    for number, order in enumerate((entries, entries[::-1])):
        path = tmp_path / str(number) / "etl"
        path.parent.mkdir()
        path.write_text("".join(settings + order), encoding="utf-8")
        ids.append(sorted((job["command"], job["id"]) for job in run("scan", "--json", path).json["jobs"]))
    assert len(ids[0]) > 20
    assert ids[0] == ids[1]


def test_another_process_writes_the_same_bytes(tmp_path):
    """Other hash seeds, zones, locales and working folders change nothing."""
    written = []
    for number, more in enumerate(
        ({"PYTHONHASHSEED": "3", "TZ": "Asia/Kolkata"}, {"PYTHONHASHSEED": "4", "LC_ALL": "C"})
    ):
        out = tmp_path / str(number)
        subprocess.run(
            [
                sys.executable,
                "-c",
                f"{OWN_CHECKS}from migrator import cli; cli.main()",
                "plan",
                str(ROOT / "samples/etl-host"),
                "-o",
                str(out),
            ],
            env={**os.environ, "PYTHONPATH": str(ROOT), **more},
            cwd=(ROOT, tmp_path)[number],
            capture_output=True,
            timeout=120,
            check=False,
        )
        written.append({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert len(written[0]) > 5
    assert written[0] == written[1]
    assert json.loads(written[0]["plan.json"])["version"] == "1"
