"""All targets' files of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.artifacts import eventbridge
from migrator.plan import MigrationPlan
from migrator.plan.document import ArtifactPart, LeftOutPart

TARGETS = (eventbridge,)
"""Each has `make(plan)`, which gives its files."""

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
    for target in TARGETS:
        files, without = target.make(plan)
        for file in files:
            path = f"{FOLDER}/{file.path}"
            texts[path] = file.text
            artifacts.append(ArtifactPart(path=path, target=target.TARGET, jobs=file.jobs))
        left_out += [LeftOutPart(job=job, target=target.TARGET, why=why) for job, why in without.items()]
    return Made(texts, tuple(artifacts), tuple(left_out))
