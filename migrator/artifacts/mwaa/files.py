"""All files for Amazon MWAA: the DAGs, their commands, what must be installed, and the environment."""

from __future__ import annotations

from migrator.artifacts.airflow import dags
from migrator.artifacts.parts.file import File
from migrator.model import Target
from migrator.plan import MigrationPlan

TARGET = Target.MWAA


def make(plan: MigrationPlan) -> tuple[list[File], dict[str, str]]:
    """Give the files of all workflows that go to MWAA, and by job why it has none."""
    return dags(plan, TARGET, "mwaa")
