"""Small crontabs through the whole product, to one target."""

from __future__ import annotations

from pathlib import Path

from migrator import pipeline
from migrator.model import Target
from migrator.plan import MigrationPlan
from tests.artifacts.making import planned


def pinned(folder: Path, files: dict[str, str], target: Target) -> MigrationPlan:
    """Plan some files with every cluster pinned to a target, write what does it below the folder, and check it."""
    found = planned(folder, files)
    targets = tuple((cluster.id, target) for cluster in found.clusters)
    return pipeline.with_artifacts(planned(folder, files, targets=targets), folder)
