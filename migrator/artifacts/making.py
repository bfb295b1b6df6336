"""All targets' files of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.artifacts import airflow, eventbridge, mwaa, step_functions
from migrator.artifacts.parts.base import base_file
from migrator.plan import MigrationPlan
from migrator.plan.document import ArtifactPart, LeftOutPart

TARGETS = (eventbridge, step_functions, airflow, mwaa)
"""Each has `make(plan)`, which gives its files."""
SCHEDULED = (eventbridge, step_functions)
"""The targets whose templates need the shared one: its schedule group, queue and topic."""

FOLDER = "artifacts"


@dataclass(frozen=True, slots=True)
class Made:
    """Texts by their path below the plan's folder, the entries of `plan.json` for them, and what was left out."""

    texts: dict[str, str]
    artifacts: tuple[ArtifactPart, ...]
    left_out: tuple[LeftOutPart, ...]


def make(plan: MigrationPlan) -> Made:
    """Make the files of every target that a cluster goes to."""
    texts: dict[str, str] = {}
    artifacts: list[ArtifactPart] = []
    left_out: list[LeftOutPart] = []
    made = {target: target.make(plan) for target in TARGETS}
    scheduled = frozenset(job for target in SCHEDULED for file in made[target][0] for job in file.jobs)
    if scheduled:
        made[eventbridge][0].insert(0, base_file(_mailed(plan, scheduled)))
    for target, (files, without) in made.items():
        for file in files:
            path = f"{FOLDER}/{file.path}"
            texts[path] = file.text
            artifacts.append(ArtifactPart(path=path, target=target.TARGET, jobs=file.jobs))
        left_out += [LeftOutPart(job=job, target=target.TARGET, why=why) for job, why in without.items()]
    return Made(texts, tuple(artifacts), tuple(left_out))


def _mailed(plan: MigrationPlan, jobs: frozenset[str]) -> list[str]:
    settings = (setting for job in plan.jobs if job.id in jobs for setting in job.settings)
    return sorted({setting.value for setting in settings if setting.name == "MAILTO" and setting.value})
