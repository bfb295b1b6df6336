"""All files for Amazon MWAA: the DAGs, their commands, what must be installed, and the environment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from migrator.artifacts.airflow import dags, groups
from migrator.artifacts.mwaa.environment import VERSIONS, environment_files
from migrator.artifacts.parts.file import File, Making
from migrator.model import Target
from migrator.plan import MigrationPlan

TARGET = Target.MWAA
_CONSTRAINTS = "https://raw.githubusercontent.com/apache/airflow/constraints-{}/constraints-3.12.txt"


def pieces(plan: MigrationPlan) -> Iterator[Making]:
    """Give what makes all files: DAGs share their templates and names."""
    yield partial(_made, plan)


def _made(plan: MigrationPlan) -> tuple[list[File], dict[str, str]]:
    """Give the files of all workflows that go to MWAA, and by job why it has none."""
    files: list[File] = []
    left_out: dict[str, str] = {}
    for group in groups(plan, TARGET, "mwaa"):
        made, without = dags(plan, TARGET, group, _CONSTRAINTS.format(VERSIONS[0]))
        left_out |= without
        files += made
        if made and group.environment is not None:
            bills = [c.recommendation.estimates.get(TARGET) for c in plan.clusters if c.id in group.clusters]
            lines = [line for bill in bills if bill is not None for line in bill.lines]
            files += environment_files(group.folder, group.environment, lines)
    return files, left_out
