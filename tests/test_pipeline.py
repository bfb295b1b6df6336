"""Tests of the wiring: what is asked for reaches the stages, and their answers reach the plan."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from migrator import pipeline
from migrator.model import MigratorError, Target
from migrator.pipeline import LiveHost, Request, RequestError
from tests.cli.running import CHAIN, LONE, tab


def planned(*paths: Path, **asked):
    """Make the plan of the paths."""
    return pipeline.make_plan(pipeline.survey(Request(tuple(map(str, paths)), **asked)))


def test_every_job_is_in_one_cluster(tmp_path):
    """The clusters part the jobs; each has a recommendation and stands in the portfolio."""
    plan = planned(tab(tmp_path, CHAIN + LONE))
    assert sorted(job for cluster in plan.clusters for job in cluster.jobs) == sorted(job.id for job in plan.jobs)
    assert sorted(len(cluster.jobs) for cluster in plan.clusters) == [1, 2]
    assert sum(chosen.clusters for chosen in plan.portfolio.chosen.values()) == 2
    assert all(cluster.recommendation.target in Target for cluster in plan.clusters)


def test_the_file_that_joins_two_jobs_is_the_evidence(tmp_path):
    """The dependency names both lines."""
    plan = planned(tab(tmp_path, CHAIN))
    [tie] = plan.dependencies
    commands = {job.id: job.command for job in plan.jobs}
    assert ("extract" in commands[tie.upstream], "load" in commands[tie.downstream]) == (True, True)
    assert {proof.line for proof in tie.evidence} == {1, 2}


def test_what_was_passed_over_is_a_remark(tmp_path):
    """A file that looks like a schedule and is none of those that are read reaches the plan."""
    tab(tmp_path, LONE)
    (tmp_path / "vacuum.yaml").write_text("apiVersion: batch/v1\nkind: CronJob\n")
    [remark] = planned(tmp_path).findings
    assert (remark.path, remark.kind) == ("vacuum.yaml", "looks-like-schedule")


def test_relations_reach_both_clusters(tmp_path):
    """A lock that two lone jobs share makes no order, and is among the relations."""
    plan = planned(
        tab(tmp_path, "0 1 * * * flock /run/l.lock /opt/a.sh\n30 1 * * * flock /run/l.lock /opt/b.sh\n"),
    )
    assert [tie.kind for tie in plan.relations] == ["lock"]
    assert len(plan.clusters) == 2


def test_options_go_before_the_settings_file(tmp_path):
    """Mappings and targets of the request win over those of `migrator.toml`; the others stay."""
    tab(tmp_path, "[targets]\n'report.py' = 'mwaa'\nother = 'retain'\n[paths]\n'/opt' = 'a'\n", name="migrator.toml")
    asked = Request((str(tab(tmp_path, LONE)),), mappings=(("/opt", "b"),), targets=(("report.py", Target.AIRFLOW),))
    settings = pipeline.survey(asked).settings
    assert settings.paths == {"/opt": "b"}
    assert settings.targets == {"report.py": Target.AIRFLOW, "other": Target.RETAIN}


def test_the_progress_is_told_stage_by_stage(tmp_path):
    """Each stage is announced once, in order, and the last is the last."""
    told = []
    asked = Request((str(tab(tmp_path, LONE)),))
    pipeline.make_plan(pipeline.survey(asked, lambda *step: told.append(step)), lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(len(told)))
    assert {of for _, _, of in told} == {len(told)}


def test_many_jobs_are_counted_while_they_are_studied(tmp_path):
    """Between two stages the count grows up to the number of jobs, and that of the schedules beside it."""
    told = []
    lines = "".join(f"{n % 60} {n // 60 % 24} * * * /opt/j{n}\n" for n in range(2_100))
    asked = Request((str(tab(tmp_path, lines)),))
    pipeline.make_scan(pipeline.survey(asked), lambda *step: told.append(step))
    counted = [done for stage, done, of in told if (stage, of) == ("commands", 2_100)]
    assert counted == sorted(counted)
    assert len(counted) > 5
    assert counted[-1] <= 2_100


def test_nothing_scheduled_is_an_empty_plan(tmp_path):
    """A file without a job gives a plan without clusters, not an error."""
    plan = planned(tab(tmp_path, "# nothing\n"))
    assert (plan.jobs, plan.clusters, plan.dependencies) == ((), (), ())
    assert [row.lines for row in plan.ledger] == [1]


def test_an_unknown_format_is_wrong_usage(tmp_path):
    """The message names the formats."""
    with pytest.raises(RequestError, match="one of crontab, system-crontab") as caught:
        pipeline.survey(Request((str(tab(tmp_path)),), as_format="xml"))
    assert caught.value.exit_code == 2


def test_standard_input(monkeypatch):
    """`-` is read to its end, but not for ever."""
    [job] = planned(Path("-"), stdin=io.BytesIO(LONE.encode())).jobs
    assert job.command == "/opt/report.py"
    monkeypatch.setattr(pipeline, "_MOST_INPUT", 1 << 20)
    with pytest.raises(RequestError, match="larger than 1 MiB"):
        planned(Path("-"), stdin=io.BytesIO(b"#" * (2 << 20)))
    with pytest.raises(MigratorError, match="standard input"):
        planned(Path("-"))


def test_a_live_host(tmp_path, monkeypatch):
    """The tab of the user who asks, and scripts found where they are on the host."""
    tab(tmp_path, "#!/bin/sh\n/usr/bin/first\n/usr/bin/second\n", name="opt/run.sh")
    monkeypatch.setattr(pipeline, "own_tab", lambda: b"0 1 * * * /opt/run.sh\n")
    plan = planned(live=LiveHost(str(tmp_path), "ann", "box"))
    [job] = plan.jobs
    assert (job.host, job.user) == ("box", "ann")
    assert [step.name for step in job.steps] == ["first", "second"]


def test_equal_schedules_are_proved_once(tmp_path, monkeypatch):
    """The comparison with each target's form is made for each distinct schedule, not for each job."""
    asked = []
    real = pipeline.compare_all
    monkeypatch.setattr(pipeline, "compare_all", lambda *given: asked.append(given) or real(*given))
    plan = planned(tab(tmp_path, "".join(f"15 3 * * * /opt/j{number}\n" for number in range(20))))
    assert len(plan.jobs) == 20
    assert len(asked) == 1
    assert all(job.schedule.forms for job in plan.jobs)
