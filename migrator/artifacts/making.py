"""All targets' files of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrator.artifacts import airflow, eventbridge, mwaa, step_functions
from migrator.artifacts.parts.base import base_file
from migrator.artifacts.parts.file import Making
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.document import ArtifactPart, LeftOutPart

TARGETS = (eventbridge, step_functions, airflow, mwaa)
"""Each has `pieces(plan)`, which give its files."""
_SCHEDULED = (eventbridge.TARGET, step_functions.TARGET)
"""The targets whose templates need the shared one: its schedule group, queue and topic."""

FOLDER = "artifacts"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some files of a target, made by themselves: they and, by job, why it has none."""

    target: Target
    make: Making


@dataclass(frozen=True, slots=True)
class Listed:
    """The files of a piece without their texts, as path and jobs, and what was left out."""

    files: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """Texts by their path below the plan's folder, the entries of `plan.json` for them, and what was left out."""

    texts: dict[str, str]
    artifacts: tuple[ArtifactPart, ...]
    left_out: tuple[LeftOutPart, ...]


def pieces(plan: MigrationPlan) -> list[Piece]:
    """Part the work of making the files of every target that a cluster goes to."""
    return [Piece(target.TARGET, make) for target in TARGETS for make in target.pieces(plan)]


def made_of(piece: Piece) -> tuple[dict[str, str], Listed]:
    """Make a piece: its texts by path, and the list of them."""
    files, left_out = piece.make()
    texts = {f"{FOLDER}/{file.path}": file.text for file in files}
    return texts, Listed(tuple(zip(texts, (file.jobs for file in files), strict=True)), left_out)


def together(plan: MigrationPlan, parts: Sequence[Piece], answers: Sequence[Listed]) -> Made:
    """Put the lists of all pieces together, and make what they share."""
    scheduled = frozenset(
        job
        for part, answer in zip(parts, answers, strict=True)
        if part.target in _SCHEDULED
        for _, jobs in answer.files
        for job in jobs
    )
    texts: dict[str, str] = {}
    artifacts: list[ArtifactPart] = []
    left_out: list[LeftOutPart] = []
    if scheduled:
        base = base_file(_mailed(plan, scheduled))
        texts[f"{FOLDER}/{base.path}"] = base.text
        artifacts.append(ArtifactPart(path=f"{FOLDER}/{base.path}", target=eventbridge.TARGET, jobs=()))
    for part, answer in zip(parts, answers, strict=True):
        artifacts += [ArtifactPart(path=path, target=part.target, jobs=jobs) for path, jobs in answer.files]
        left_out += [LeftOutPart(job=job, target=part.target, why=why) for job, why in answer.left_out.items()]
    return Made(texts, tuple(artifacts), tuple(left_out))


def make(plan: MigrationPlan) -> Made:
    """Make the files of every target that a cluster goes to."""
    parts = pieces(plan)
    each = [made_of(part) for part in parts]
    made = together(plan, parts, [listed for _, listed in each])
    for texts, _ in each:
        made.texts.update(texts)
    return made


def _mailed(plan: MigrationPlan, jobs: frozenset[str]) -> list[str]:
    settings = (setting for job in plan.jobs if job.id in jobs for setting in job.settings)
    return sorted({setting.value for setting in settings if setting.name == "MAILTO" and setting.value})
