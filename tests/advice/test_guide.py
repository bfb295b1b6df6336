"""The decision guide's rows, from the text of a manifest to the answer that a reader of the guide would give."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from migrator import pipeline
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart

Ask = Callable[..., MigrationPlan]
Job = dict[str, object]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Plan jobs of a manifest and lines of a crontab, with settings given as TOML."""

    def plan(jobs: Sequence[Job] = (), *, crontab: str = "", settings: str = "", **scripts: str) -> MigrationPlan:
        defaults = {"timezone": "America/New_York", "host": "etl1", "user": "etl"}
        if jobs:
            text = json.dumps({"version": 1, "defaults": defaults, "jobs": list(jobs)})
            (tmp_path / "jobs.json").write_text(text, encoding="utf-8")
        if crontab:
            (tmp_path / "crontab").write_text(crontab, encoding="utf-8")
        for name, text in scripts.items():
            (tmp_path / "opt").mkdir(exist_ok=True)
            (tmp_path / "opt" / f"{name}.sh").write_text(text, encoding="utf-8")
        (tmp_path / "migrator.toml").write_text(settings, encoding="utf-8")
        return pipeline.make_plan(pipeline.survey(pipeline.Request((str(tmp_path),), timezone="America/New_York")))

    return plan


def glue(name: str, *needs: str, at: str | None = None) -> Job:
    """Make a job that calls Glue."""
    job: Job = {"id": name, "call": {"service": "glue", "name": name}, "depends_on": list(needs)}
    return job | ({"schedule": at} if at else {})


def command(name: str, *needs: str, at: str | None = None, **more: object) -> Job:
    """Make a job that runs a program of its own."""
    job: Job = {"id": name, "command": f"/opt/bin/{name} --run", "depends_on": list(needs), **more}
    return job | ({"schedule": at} if at else {})


def chain(count: int, make: Callable[..., Job] = command, name: str = "j", **more: object) -> list[Job]:
    """Make jobs of which each needs the one before."""
    first = make(f"{name}0", at="15 4 * * *", **more)
    return [first, *(make(f"{name}{n}", f"{name}{n - 1}", **more) for n in range(1, count))]


def branching(count: int, name: str = "b", **more: object) -> list[Job]:
    """Make a DAG: one job, then all others beside one another, then one that needs them all."""
    middle = [command(f"{name}-m{n}", f"{name}-first", **more) for n in range(count - 2)]
    last = command(f"{name}-last", *[str(job["id"]) for job in middle], **more)
    return [command(f"{name}-first", at="15 4 * * *", **more), *middle, last]


def only(plan: MigrationPlan) -> ClusterPart:
    """Give the plan's one cluster."""
    [cluster] = plan.clusters
    return cluster


def rules(cluster: ClusterPart, target: Target) -> set[str]:
    """Give the rules that speak for a target."""
    return {reason.rule for reason in cluster.recommendation.reasons if reason.target is target and reason.weight > 0}


def why_not(cluster: ClusterPart) -> dict[Target, str]:
    """Give the reason against each target that was not chosen."""
    return {item.target: item.why for item in cluster.recommendation.rejected}


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


def test_backup_script_is_one_unit(ask: Ask):
    """Nine commands around one program: nowhere near Airflow, and tied to the database of its host."""
    script = (
        "#!/bin/sh\nset -e\nD=/var/backups/db\nmkdir -p $D\npg_dump shop > $D/shop.sql\ngzip -f $D/shop.sql\n"
        "cp $D/shop.sql.gz $D/shop-$(date +%F).sql.gz\nfind $D -mtime +14 -delete\ntar czf $D/etc.tgz /etc\n"
        "rm -f $D/*.tmp\nchmod 600 $D/*\nmv $D/etc.tgz $D/etc-$(date +%F).tgz\n"
    )
    cluster = only(ask(crontab="15 4 * * * /opt/backup.sh\n", backup=script))
    assert cluster.metrics.units == 1
    assert cluster.recommendation.target in {Target.RETAIN, Target.EVENTBRIDGE}
    assert "one unit" in why_not(cluster)[Target.AIRFLOW]


def test_two_loose_jobs_are_two_clusters(ask: Ask):
    """Nothing ties them: a schedule each."""
    plan = ask([command("a", at="15 4 * * *"), command("b", at="20 5 * * *")])
    assert [cluster.recommendation.target for cluster in plan.clusters] == [Target.EVENTBRIDGE] * 2


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


def test_event_starts_a_chain(ask: Ask):
    """S3, then validate, transform, notify: sporadic work of three units for Step Functions, paid when it comes."""
    first = {"id": "check", "trigger": {"s3": "s3://b/in/"}, "call": {"service": "lambda", "name": "check"}}
    tell = {"id": "tell", "call": {"service": "sns", "name": "t"}, "depends_on": ["transform"]}
    cluster = only(ask([first, glue("transform", "check"), tell]))
    assert cluster.recommendation.target is Target.STEP_FUNCTIONS
    assert {"few-ordered-units", "service-chain", "event-start"} == rules(cluster, Target.STEP_FUNCTIONS)
    assert cluster.recommendation.runner_up is Target.AIRFLOW


@pytest.mark.parametrize("existing", ["airflow", "mwaa"])
def test_existing_environment_draws_no_short_chain_in(ask: Ask, existing: str):
    """Two ordered units stay on Step Functions, although the next DAG would be free."""
    cluster = only(ask(chain(2), settings=f'[team]\nexisting = "{existing}"\nengineers = 5\n'))
    assert cluster.recommendation.target is Target.STEP_FUNCTIONS
    assert cluster.recommendation.flips == ()


def test_line_of_seven_service_calls(ask: Ask):
    """It may stay on Step Functions: said as a deviation, with Airflow as the runner-up."""
    cluster = only(ask(chain(7, glue)))
    answer = cluster.recommendation
    assert (answer.target, answer.runner_up) == (Target.STEP_FUNCTIONS, Target.AIRFLOW)
    assert any("deviates from the guide" in reason.text for reason in answer.reasons)
    assert why_not(cluster)[Target.AIRFLOW].startswith("the guide's own answer at this size, and the runner-up")


def test_line_of_seven_commands(ask: Ask):
    """Commands of one's own have no such excuse: from five on the guide says Airflow."""
    cluster = only(ask(chain(7), settings="[team]\nengineers = 2\n"))
    assert cluster.recommendation.target is Target.AIRFLOW
    assert "more than the 5" in why_not(cluster)[Target.STEP_FUNCTIONS]


def test_six_branching_dags_of_eight_jobs(ask: Ask):
    """Forty-eight jobs and five engineers: one MWAA for all, $50 a head, and its price is divided among them."""
    jobs = [job for number in range(6) for job in branching(8, f"d{number}")]
    plan = ask(jobs, settings="[team]\nengineers = 5\n")
    assert [cluster.recommendation.target for cluster in plan.clusters] == [Target.MWAA] * 6
    text = " ".join(reason.text for reason in plan.clusters[0].recommendation.reasons)
    assert "48 jobs with intricate dependencies" in text
    assert "5 engineers share it, $50 a month each" in text
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


@pytest.mark.parametrize(
    ("count", "team", "target", "words"),
    [
        (8, "engineers = 2\nhourly_cost = 120\nupkeep_hours = {self_hosted = 12}", Target.MWAA, "$720–$1,440"),
        (25, "engineers = 6\nhourly_cost = 60\nupkeep_hours = {self_hosted = 1}", Target.AIRFLOW, "$30–$60"),
        (25, "engineers = 2", Target.AIRFLOW, "hard to justify under 3"),
        (25, "engineers = 6", Target.MWAA, "6 engineers share it"),
        (25, "engineers = 6\ncost_sensitive = true", Target.AIRFLOW, "self-host first"),
    ],
)
def test_team_and_measured_money(ask: Ask, count: int, team: str, target: Target, words: str):
    """Measured upkeep goes before the guide's rules about team and budget, both ways; the reasons name it."""
    answer = only(ask(branching(count), settings=f"[team]\n{team}\n")).recommendation
    assert (answer.target, answer.undecided) == (target, None)
    other = Target.AIRFLOW if target is Target.MWAA else Target.MWAA
    assert answer.runner_up is other or count == 8
    assert any(words in reason.text for reason in answer.reasons)


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


def test_guides_own_example(ask: Ask):
    """A wait for an S3 object, then Glue: two ordered units for Step Functions, or started by the event."""
    script = (
        "#!/bin/bash\ntries=60\nuntil aws s3 ls s3://lake/raw/ | grep -q csv; do\n  sleep 60\ndone\n"
        "aws glue start-job-run --job-name csv_to_parquet\n"
    )
    cluster = only(ask(crontab="0 2 * * * /opt/convert.sh\n", convert=script))
    assert cluster.metrics.units == 2
    assert cluster.recommendation.target is Target.STEP_FUNCTIONS
    texts = [reason.text for reason in cluster.recommendation.reasons]
    assert "a wait and a call of a cloud service in one line, a state each" in texts
    assert any("EventBridge rule on the S3 event" in note for note in cluster.recommendation.notes)
