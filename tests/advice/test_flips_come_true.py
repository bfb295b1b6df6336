"""Every flip that a report announces comes true: its change is made in the settings, and all is planned again."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from migrator import pipeline
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart, FlipPart, RecommendationPart
from migrator.settings.load import validated
from tests.advice.changes import with_change

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(path.parent for path in ROOT.glob("samples/*/migrator.toml"))
# Trees without settings, with doubtful ties that part and join clusters.
TREES = [ROOT / "tests/labelled/trees" / name for name in ("grocer-warehouse", "intranet-host", "tram-board")]


def survey_of(folder: Path) -> pipeline.Survey:
    """Read a sample with its logs, as its report was made."""
    logs = tuple(folder.glob("var/log"))
    return pipeline.survey(pipeline.Request((str(folder),), timezone="Europe/Riga", logs=logs))


def changed(found: pipeline.Survey, folder: Path, key: str, value: str) -> MigrationPlan:
    """Plan again with one setting changed."""
    file = folder / "migrator.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    settings = validated(with_change(tables, key, value), "migrator.toml")
    return pipeline.make_plan(replace(found, settings=settings))


def answers(plan: MigrationPlan) -> dict[str, RecommendationPart]:
    """Give the answer for each job."""
    return {job: cluster.recommendation for cluster in plan.clusters for job in cluster.jobs}


def staying(plan: MigrationPlan) -> set[str]:
    """Name the jobs that stay on their host, and those that cron does not run."""
    return {job.id for job in plan.jobs if job.runs_on is None or job.runs_on.value in {"cron", "upkeep"}}


@pytest.mark.parametrize("folder", [*SAMPLES, *TREES], ids=lambda folder: folder.name)
def test_flips_come_true(folder: Path):
    """For each cluster and the portfolio: the announced target, the jobs that go there, and whether it is open then."""
    found = survey_of(folder)
    plan = pipeline.make_plan(found)
    announced: defaultdict[tuple[str, str], list[tuple[ClusterPart, FlipPart]]] = defaultdict(list)
    for cluster in plan.clusters:
        for flip in cluster.recommendation.flips:
            announced[flip.change.key, str(flip.change.value)].append((cluster, flip))
    assert announced or folder.name.startswith("guide-example")
    whole = {(flip.change.key, str(flip.change.value)): flip for flip in plan.portfolio.flips}
    assert announced.keys() == whole.keys()
    now = answers(plan)
    for change, flips in announced.items():
        other = changed(found, folder, *change)
        then = answers(other)
        for cluster, flip in flips:
            for job in flip.jobs or cluster.jobs:
                assert (then[job].target, then[job].undecided is not None) == (flip.to, flip.undecided), (change, job)
        told = {(shift.before, shift.after): shift.jobs for shift in whole[change].shifts}
        assert told == _shifts(now, then, staying(plan) & staying(other)), change


def _shifts(
    now: Mapping[str, RecommendationPart], then: Mapping[str, RecommendationPart], staying: set[str]
) -> Counter[tuple[Target, Target]]:
    """Count the jobs that move, and those whose answer is open no more."""
    found: Counter[tuple[Target, Target]] = Counter()
    for job, before in now.items():
        after = then[job]
        settled = before.undecided is not None and after.undecided is None
        if job not in staying and (after.target is not before.target or settled):
            found[before.target, after.target] += 1
    return found
