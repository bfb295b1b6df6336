"""All files for Amazon MWAA: the DAGs, their commands, what must be installed, and the environment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from migrator.artifacts.airflow import Group, made
from migrator.artifacts.mwaa.environment import VERSIONS, environment_files
from migrator.artifacts.parts.file import File, Making
from migrator.model import Target
from migrator.plan import MigrationPlan

TARGET = Target.MWAA
_CONSTRAINTS = f"https://raw.githubusercontent.com/apache/airflow/constraints-{VERSIONS[0]}/constraints-3.12.txt"


def pieces(plan: MigrationPlan) -> Iterator[Making]:
    """Give what makes all files: DAGs share their templates and names."""
    yield partial(made, plan, TARGET, "mwaa", _CONSTRAINTS, _environment)


def _environment(plan: MigrationPlan, group: Group) -> list[File]:
    if group.environment is None:
        return []
    bills = [c.recommendation.estimates.get(TARGET) for c in plan.clusters if c.id in group.clusters]
    lines = [line for bill in bills if bill is not None for line in bill.lines]
    return environment_files(group.folder, group.environment, lines)
