"""The decision guide, row by row: each statement and each reading as a small manifest with settings.

A row gives what was read and what people said; the answer must be the guide's, and the rule that cites the guide's
place must be among the reasons, speaking for or against the target that the row names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from migrator.advice.rules import RULES
from migrator.model import Target
from tests.advice.manifests import Job, branching, call, chain, command, glue, planned

EB, SF, AIRFLOW, MWAA, STAY = Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, Target.AIRFLOW, Target.MWAA, Target.RETAIN

# One program, and eight commands around it that keep house; `mkdir -p` is no step.
BACKUP = (
    "#!/bin/sh\nset -e\nD=/var/backups/db\nmkdir -p $D\npg_dump shop > $D/shop.sql\ngzip -f $D/shop.sql\n"
    "cp $D/shop.sql.gz $D/shop-$(date +%F).sql.gz\nfind $D -mtime +14 -delete\ntar czf $D/etc.tgz /etc\n"
    "rm -f $D/*.tmp\nchmod 600 $D/*\nmv $D/etc.tgz $D/etc-$(date +%F).tgz\n"
    "chown backup $D/*\n"
)
# The guide's own example: wait for a file under a prefix, then start a Glue job.
CONVERT = (
    "#!/bin/bash\nuntil aws s3 ls s3://lake/raw/ | grep -q csv; do\n  sleep 60\ndone\n"
    "aws glue start-job-run --job-name csv_to_parquet\n"
)
ACROSS = [
    command("early", at="0 1 * * *", writes=["/data/early.csv"]),
    *(command(f"late{n}", at="0 5 * * *", reads=["/data/early.csv"]) for n in range(5)),
]
OWNED = [command("o0", at="0 1 * * *", owner="red")] + [
    command(f"o{n}", f"o{n - 1}", owner=owner) for n, owner in enumerate(("red", "blue", "blue", "green"), start=1)
]
EVENT = {"trigger": {"s3": "s3://lake/in/"}}
SPORADIC = [
    call("lambda", "validate", **EVENT),
    glue("transform", "validate"),
    call("sns", "notify", "transform"),
]
OPERATORS = [
    glue("extract", at="0 2 * * *"),
    call("emr", "crunch", "extract"),
    call("redshift-data", "load", "crunch"),
]


def team(**said: object) -> str:
    """Write `[team]` as TOML."""
    words = {True: "true", False: "false"}
    return "[team]\n" + "".join(
        f"{key} = {words[value] if isinstance(value, bool) else value}\n" for key, value in said.items()
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A statement or reading: what there is, the guide's answer, and the rule with the target that it speaks about."""

    id: str
    target: Target
    rule: str
    jobs: list[Job] = field(default_factory=list)
    about: Target | None = None
    against: bool = False
    settings: str = ""
    crontab: str = ""
    scripts: dict[str, str] = field(default_factory=dict)
    runner_up: Target | None = None
    open: bool = False
    pinned: bool = False
    words: str = ""
    clusters: int = 1


ROWS = (
    # EventBridge: one time or event starts one thing.
    Row("a-daily-job", EB, "one-unit", [command("a", at="15 4 * * *")]),
    Row("an-object-starts-a-function", EB, "event-start", [call("lambda", "thumb", **EVENT)]),
    Row("a-function-every-hour", EB, "one-unit", [call("lambda", "tick", at="5 * * * *")]),
    Row("two-units-with-nothing-between", EB, "loose-pair", crontab="15 4 * * * /opt/bin/a & /opt/bin/b & wait\n"),
    Row("three-jobs-without-dependencies", EB, "one-unit", [command(n, at="0 1 * * *") for n in "abc"], clusters=3),
    Row("a-rate-costs-nothing", EB, "every-minute", [command("a", at="* * * * *")], words="about $0"),
    Row("cron-is-the-other-answer", EB, "staying-is-fine", [command("a", at="0 1 * * *")], about=STAY, runner_up=STAY),
    Row("the-compute-stays", EB, "compute-stays", [command("a", at="0 1 * * *")], against=True, words="saves $0"),
    # Step Functions: two to five units in order, of services above all.
    Row("function-after-function", SF, "service-chain", chain(3, lambda n, *u, **m: call("lambda", n, *u, **m))),
    Row("two-in-order", SF, "few-ordered-units", chain(2)),
    Row("three-are-simpler-than-airflow", SF, "few-ordered-units", chain(3), about=AIRFLOW, against=True),
    Row("five-in-one-line", SF, "few-ordered-units", chain(5), runner_up=AIRFLOW),
    Row("branching-at-a-small-size", SF, "branching", branching(4)),
    Row("retries-are-asked-for", SF, "error-handling", chain(2, retries=2), words="retries"),
    Row("a-handler-of-failures", SF, "error-handling", crontab="15 4 * * * /opt/bin/load --x || /opt/bin/repair --y\n"),
    Row("eventbridge-sees-no-outcome", SF, "error-handling", chain(2, retries=1), about=EB, against=True),
    Row("sporadic-work-by-event", SF, "event-start", SPORADIC),
    Row("a-mixed-line-of-services", SF, "service-chain", OPERATORS),
    Row("prototypes-need-no-server", SF, "managed-floor", chain(3), about=MWAA, against=True, words="$248"),
    Row("fifty-tasks-never", MWAA, "fifty-units", branching(52), about=SF, against=True, settings=team(engineers=5)),
    Row("fifty-calls-in-line-never", MWAA, "fifty-units", chain(50, glue), about=SF, against=True,
        settings=team(engineers=5)),
    Row("no-view-of-the-graph", AIRFLOW, "shared-view", chain(5), about=SF, against=True,
        settings=team(engineers=2, needs='["dag-view"]')),
    Row("no-logic-in-json", AIRFLOW, "python-logic", chain(5), about=SF, against=True,
        settings=team(engineers=2, needs='["python-logic"]')),
    Row("no-backfill", AIRFLOW, "backfill", chain(5), about=SF, against=True,
        settings=team(engineers=2, needs='["backfill"]')),
    Row("backfill-of-a-manifest", AIRFLOW, "backfill", chain(5, backfill=True), settings=team(engineers=2)),
    Row("no-shared-ui", AIRFLOW, "shared-view", chain(5), settings=team(engineers=2, needs='["shared-ui"]')),
    Row("needs-weigh-nothing-below-five", SF, "few-ordered-units", chain(4),
        settings=team(engineers=6, needs='["backfill", "shared-ui", "dag-view", "python-logic"]')),
    # Airflow on EC2: complex dependencies while money is short.
    Row("five-and-more", AIRFLOW, "many-units", chain(7), settings=team(engineers=2)),
    Row("complex-logic", AIRFLOW, "branching", branching(6), settings=team(engineers=2)),
    Row("start-up-without-money", AIRFLOW, "tight-budget", branching(25),
        settings=team(engineers=4, cost_sensitive=True)),
    Row("leave-when-it-hurts", MWAA, "measured-upkeep", branching(8),
        settings=team(engineers=2, hourly_cost=120, upkeep_hours="{self_hosted = 12}"), words="$720–$1,440"),
    Row("stay-when-it-does-not", AIRFLOW, "measured-upkeep", branching(25),
        settings=team(engineers=6, hourly_cost=60, upkeep_hours="{self_hosted = 1}"), words="$30–$60"),
    Row("hours-that-remain-are-not-saved", AIRFLOW, "measured-upkeep", branching(25),
        settings=team(engineers=6, hourly_cost=120, upkeep_hours="{self_hosted = 12, managed = 12}")),
    Row("an-airflow-that-runs", AIRFLOW, "existing-environment", branching(25),
        settings=team(engineers=6, existing='"airflow"')),
    # MWAA: many jobs with intricate dependencies, and several engineers.
    Row("twenty-jobs", MWAA, "portfolio-size", branching(20), settings=team(engineers=4)),
    Row("several-engineers-share-it", MWAA, "team-size", branching(20), settings=team(engineers=5),
        words="$50–$57 a month"),
    Row("ready-operators-at-its-size", MWAA, "many-units", branching(21, make=glue), settings=team(engineers=4)),
    Row("dags-that-people-see-together", MWAA, "shared-view", branching(24),
        settings=team(engineers=4, needs='["shared-ui"]')),
    Row("an-mwaa-that-runs", MWAA, "existing-environment", branching(8), settings=team(existing='"mwaa"')),
    Row("not-for-a-daily-job", EB, "one-unit", [command("a", at="0 1 * * *")],
        settings=team(engineers=6, existing='"mwaa"')),
    Row("not-for-three-steps", SF, "managed-floor", chain(3), about=MWAA, against=True,
        settings=team(engineers=6, existing='"mwaa"')),
    Row("not-where-money-is-short", AIRFLOW, "tight-budget", branching(25), about=MWAA, against=True,
        settings=team(engineers=6, cost_sensitive=True)),
    Row("not-for-a-team-under-three", AIRFLOW, "team-size", branching(25), about=MWAA, against=True,
        settings=team(engineers=2), words="hard to justify under 3"),
    # Overlaps and holes, and how they are read.
    Row("steps-are-units", STAY, "one-unit", crontab="15 4 * * * /opt/backup.sh\n", scripts={"backup": BACKUP},
        about=EB, words="9 commands that are one unit"),
    Row("a-python-program-is-no-logic", EB, "one-unit", crontab="15 4 * * * python3 /opt/load.py --all\n"),
    Row("a-line-of-seven-calls-deviates", SF, "service-chain", chain(7, glue), runner_up=AIRFLOW, words="deviates"),
    Row("a-line-of-seven-commands-does-not", AIRFLOW, "many-units", chain(7), about=SF, against=True,
        settings=team(engineers=2)),
    Row("calls-that-branch-have-no-excuse", AIRFLOW, "branching", branching(7, make=glue), about=SF, against=True,
        settings=team(engineers=2)),
    Row("joins-across-schedules", AIRFLOW, "across-schedules", ACROSS, settings=team(engineers=2)),
    Row("many-owners", AIRFLOW, "many-owners", OWNED, settings=team(engineers=2)),
    Row("six-dags-share-one-environment", MWAA, "portfolio-size",
        [job for n in range(6) for job in branching(8, f"d{n}")], settings=team(engineers=5), clusters=6,
        words="48 jobs with intricate dependencies"),
    Row("unrelated-jobs-do-not-count", AIRFLOW, "portfolio-size", branching(8), about=MWAA, against=True,
        crontab="".join(f"{n} 4 * * * /opt/bin/lone{n} --x\n" for n in range(30)), settings=team(engineers=6),
        clusters=31, open=True, words="8 jobs would share"),
    Row("hard-limits-before-a-pin", MWAA, "fifty-units", branching(52), about=SF, against=True,
        settings=team(engineers=5) + '[targets]\n"b-last" = "step-functions"\n'),
    Row("a-pin-before-the-guide", AIRFLOW, "few-ordered-units", chain(2), about=SF, pinned=True, runner_up=SF,
        settings='[targets]\n"j1" = "airflow"\n'),
    Row("measured-money-before-the-team", MWAA, "measured-upkeep", branching(25), runner_up=AIRFLOW,
        settings=team(engineers=2, cost_sensitive=True, hourly_cost=120, upkeep_hours="{self_hosted = 12}")),
    Row("nothing-said-of-people", MWAA, "portfolio-size", branching(25), open=True),
    Row("hours-unknown-depend-on-the-hours", AIRFLOW, "many-units", branching(8), open=True,
        settings=team(engineers=3, hourly_cost=90)),
    Row("a-shared-environment-draws-nobody-in", SF, "few-ordered-units", chain(2),
        settings=team(engineers=5, existing='"airflow"')),
    Row("the-guides-own-example", SF, "service-chain", crontab="0 2 * * * /opt/convert.sh\n",
        scripts={"convert": CONVERT}, words="a wait and a call"),
    Row("its-event-starts-it-as-well", SF, "event-start", crontab="0 2 * * * /opt/convert.sh\n",
        scripts={"convert": CONVERT}, about=EB),
    Row("its-dag-where-airflow-is-pinned", AIRFLOW, "service-chain", crontab="0 2 * * * /opt/convert.sh\n",
        scripts={"convert": CONVERT}, about=SF, pinned=True,
        settings='[team]\nexisting = "airflow"\n[targets]\n"convert.sh" = "airflow"\n'),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_guides_answer(row: Row, tmp_path: Path):
    """The target, whether it is open, the runner-up where the guide names one, and the rule that cites it."""
    plan = planned(tmp_path, row.jobs, crontab=row.crontab, settings=row.settings, scripts=row.scripts)
    assert len(plan.clusters) == row.clusters
    cluster = max(plan.clusters, key=lambda found: found.metrics.units)
    answer = cluster.recommendation
    assert (answer.target, answer.undecided is not None, answer.pinned) == (row.target, row.open, row.pinned)
    if row.runner_up is not None:
        assert answer.runner_up is row.runner_up
    cited = [
        reason for reason in answer.reasons if reason.rule == row.rule and reason.target is (row.about or row.target)
    ]
    assert cited, sorted({(reason.rule, str(reason.target)) for reason in answer.reasons})
    assert all((reason.weight < 0) is row.against for reason in cited)
    assert row.words in " ".join(reason.text for reason in answer.reasons if reason.rule == row.rule)


def test_every_rule_of_the_guide_has_a_row():
    """No statement is a rule without a manifest that meets it; what holds a job on its host is tested by itself."""
    on_hosts = {
        "boot-start",
        "host-maintenance",
        "keeps-running",
        "needs-host",
        "not-running",
        "sub-minute",
        "watchdog",
    }
    of_order = {"cycle", "same-minutes"}
    assert {row.rule for row in ROWS} == {rule.id for rule in RULES} - on_hosts - of_order
    assert len({row.id for row in ROWS}) == len(ROWS) >= 40
