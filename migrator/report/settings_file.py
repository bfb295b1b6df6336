"""A `migrator.toml` to begin with: every key commented out, with the questions that the scan left open."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator

from migrator.model import ScheduleKind
from migrator.plan import MigrationPlan, visible

_WIDTH = 110
_SHOWN_JOBS = 12

_TEAM = (
    ("engineers = 4", "how many people would keep and change these jobs"),
    ("hourly_cost = 90", "USD, what an hour of theirs costs"),
    ("cost_sensitive = true", "whether a fixed monthly bill has to be avoided"),
    ('needs = ["backfill", "shared-ui", "dag-view", "python-logic"]', "keep only those that the team has"),
    ("upkeep_hours = {self_hosted = 12, managed = 2}", "measured, a month"),
    ("effort_hours = {small = 1, medium = 4, large = 16}", "what moving one job takes, by the report's sizes"),
    ('existing = "none"', 'or "airflow", "mwaa": one that the team runs already'),
)
_AWS = (
    ('region = "us-east-1"', "prices are those of us-east-1"),
    ('compute = "ssm"', "what a command becomes: ssm (the same host), ecs, batch or lambda"),
)


def settings_file(plan: MigrationPlan) -> str:
    """Write the text of a settings file in which nothing is set: TOML that loads, and changes no answer."""
    lines = [
        "# migrator.toml: what no file on a host can tell. Every key is optional; what is absent is unknown, and the",
        "# report says what each value would change. Remove the # before a line to set it.",
        *_questions(plan),
        "",
        "[team]",
        *_keys(_TEAM),
        "",
        "[aws]",
        *_keys(_AWS),
        "",
        "[zones]",
        *_zones(plan),
        "",
        "[host_costs]",
        *_hosts(plan),
        "",
        "[paths]",
        '# "/opt/etl" = "."                    # a deployed prefix, and its folder here',
        "",
        "[targets]",
        *_targets(plan),
        "",
        "[jobs]",
        *_jobs(plan),
        "",
        "[dependencies]",
        '# add = [{upstream = "a", downstream = "b", why = "…"}]',
        '# deny = [{upstream = "a", downstream = "c", why = "…"}]',
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _questions(plan: MigrationPlan) -> Iterator[str]:
    if not plan.questions:
        return
    yield "#"
    yield "# Open questions:"
    for number, question in enumerate(plan.questions, start=1):
        text = f"{number}. {visible(question.text)} It settles {visible(question.settles)}."
        yield from textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent="# ", subsequent_indent="#    ")


def _keys(keys: Iterable[tuple[str, str]]) -> Iterator[str]:
    for key, meaning in keys:
        yield f"# {key:<62} # {meaning}"


def _zones(plan: MigrationPlan) -> Iterator[str]:
    clocked = {ScheduleKind.CRON, ScheduleKind.ANACRON}
    adrift = {job.host or "*" for job in plan.jobs if job.schedule.timezone is None and job.schedule.kind in clocked}
    if not adrift:
        yield "# every host's zone is known from its files"
    for host in sorted(adrift):
        yield f'# {_quoted(host)} = "Europe/Paris"' + ("                 # all hosts" if host == "*" else "")


def _hosts(plan: MigrationPlan) -> Iterator[str]:
    yield "# USD a month: what is saved when nothing is left to run on a host"
    for host in sorted({job.host for job in plan.jobs if job.host and job.active})[:_SHOWN_JOBS]:
        yield f"# {_quoted(host)} = 140"


def _targets(plan: MigrationPlan) -> Iterator[str]:
    yield "# one of eventbridge, step-functions, airflow, mwaa, retain; shown in the report as your choice"
    several = [cluster for cluster in plan.clusters if len(cluster.jobs) > 1]
    for cluster in several[:_SHOWN_JOBS]:
        yield f'# {_quoted(cluster.id)} = "{cluster.recommendation.target}"'


def _jobs(plan: MigrationPlan) -> Iterator[str]:
    yield "# what is known of single jobs, by id or title; durations decide what Step Functions and Airflow cost"
    dear = [job for job in plan.jobs if job.active and len(job.units) > 1] or list(plan.jobs)
    # Dotted keys, so that every line is valid without another.
    for job in dear[:_SHOWN_JOBS]:
        yield f'# {_quoted(job.id)}.duration = {{typical = "10m", worst = "40m"}}'
        if job.owner is None:
            yield f'# {_quoted(job.id)}.owner = "data"'


def _quoted(text: str) -> str:
    # A JSON string of printable text is a TOML basic string.
    return json.dumps(visible(text), ensure_ascii=False)
