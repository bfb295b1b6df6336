"""What the decision guide's rows say beside the target: bills, notes, questions and the parts of an environment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart
from tests.advice.manifests import branching, planned, rules, why_not

Ask = Callable[..., MigrationPlan]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Plan jobs of a manifest and lines of a crontab."""
    return partial(planned, tmp_path)


def only(plan: MigrationPlan) -> ClusterPart:
    """Give the plan's one cluster."""
    [cluster] = plan.clusters
    return cluster


def test_lone_job(ask: Ask):
    """One unit: EventBridge, and cron is a full option; the move saves nothing and says so."""
    cluster = only(ask(crontab="15 4 * * * /opt/bin/report --daily\n"))
    answer = cluster.recommendation
    assert (answer.target, answer.runner_up) == (Target.EVENTBRIDGE, Target.RETAIN)
    assert rules(cluster, Target.EVENTBRIDGE) == {"one-unit"}
    assert any("saves $0" in reason.text for reason in answer.reasons)
    assert {reason.target for reason in answer.reasons} == {Target.EVENTBRIDGE, Target.RETAIN}
    against = why_not(cluster)
    assert against[Target.AIRFLOW] == "one unit: the guide gives Airflow 5 and more"
    assert "floor of $248–$285" in against[Target.MWAA]
    assert answer.flips == ()


def test_event_starts_one_function(ask: Ask):
    """One event starts one thing, priced as an event; how often is asked, and the bill is not zero till then."""
    job = {"id": "thumb", "trigger": {"s3": "s3://b/in/"}, "call": {"service": "lambda", "name": "thumb"}}
    plan = ask([job])
    cluster = only(plan)
    assert cluster.recommendation.target is Target.EVENTBRIDGE
    [bill] = [found for target, found in cluster.recommendation.estimates.items() if target is Target.EVENTBRIDGE]
    assert bill.monthly is None
    assert [line.name for line in bill.lines] == ["EventBridge events"]
    assert "rates" in {question.id for question in plan.questions}


def test_six_branching_dags_of_eight_jobs(ask: Ask):
    """Forty-eight jobs and five engineers: one MWAA for all, $50 a head, and its price is divided among them."""
    jobs = [job for number in range(6) for job in branching(8, f"d{number}")]
    plan = ask(jobs, settings="[team]\nengineers = 5\n")
    assert [cluster.recommendation.target for cluster in plan.clusters] == [Target.MWAA] * 6
    text = " ".join(reason.text for reason in plan.clusters[0].recommendation.reasons)
    assert "48 jobs with intricate dependencies" in text
    assert "5 engineers (`team.engineers`) share it, $50–$57 a month each" in text
    chosen = plan.portfolio.chosen[Target.MWAA].monthly
    assert chosen is not None
    assert float(chosen.low) == pytest.approx(248.30, abs=0.01)


def test_fifty_and_more_units(ask: Ask):
    """Never a state machine, not even pinned."""
    settings = '[team]\nengineers = 5\n[targets]\n"b-last" = "step-functions"\n'
    cluster = only(ask(branching(52), settings=settings))
    assert cluster.recommendation.target is Target.MWAA
    assert why_not(cluster)[Target.STEP_FUNCTIONS] == "52 units: from 50 on never a state machine"
    assert any(
        note.startswith("pinned to Step Functions, which cannot take it") for note in cluster.recommendation.notes
    )


def test_hours_unknown_depend_on_the_hours(ask: Ask):
    """Eight branching jobs and three engineers: hosted by the team until the hours are known; serverless is named."""
    plan = ask(branching(8), settings="[team]\nengineers = 3\nhourly_cost = 90\n")
    answer = only(plan).recommendation
    assert answer.target is Target.AIRFLOW
    assert answer.undecided is not None
    assert "with fewer than 2 hours of upkeep a month and MWAA with 4 hours or more" in answer.undecided
    assert any("MWAA Serverless" in note for note in answer.notes)
    assert "upkeep" in {question.id for question in plan.questions}


def test_isolation_groups_pay_for_an_environment_each(ask: Ask):
    """Two owners who may not share: each group is counted and billed by itself."""
    jobs = [*branching(21, "x", owner="red"), *branching(8, "y", owner="blue")]
    settings = 'isolation = [["red"], ["blue"]]\n[team]\nengineers = 5\n'
    plan = ask(jobs, settings=settings)
    found = {cluster.metrics.jobs: cluster.recommendation for cluster in plan.clusters}
    assert found[21].target is Target.MWAA
    assert found[8].target is Target.AIRFLOW
    assert found[8].undecided is not None
