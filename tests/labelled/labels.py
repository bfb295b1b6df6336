"""Labels of the trees, and the level that is held: `labels/NAME.yaml` and `levels.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
Line = int
Pair = tuple[Line, Line]

_ID = re.compile(r"L(\d+)")
_EDGE = re.compile(r"L(\d+) -> L(\d+)")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a person says of a tree; jobs are the numbers of their lines in the crontab.

    `must` are the edges that have to be found: hard, true of the paths as they are written, of the same cycle.
    `allowed` are the other labelled ones. `steps` holds how many steps a job has, where a person counted them.
    """

    tree: str
    crontab: str
    mapping: Mapping[str, str]
    jobs: frozenset[Line]
    must: frozenset[Pair]
    allowed: frozenset[Pair]
    clusters: tuple[frozenset[Line], ...]
    steps: Mapping[Line, int]

    @property
    def has_dependencies(self) -> bool:
        """Whether a person saw any."""
        return bool(self.must or self.allowed)


@dataclass(frozen=True, slots=True)
class Level:
    """What holds for a tree today: floors, and the faults that are known, each with its reason."""

    cluster_f1: float
    step_error: float
    missed: Mapping[Pair, str]
    false: Mapping[Pair, str]


def document(tree: str) -> Any:
    """Give the label file of a tree as data."""
    return yaml.safe_load((HERE / "labels" / f"{tree}.yaml").read_text(encoding="utf-8"))


def read(tree: str) -> Labels:
    """Read the labels of a tree."""
    return of_document(document(tree))


def of_document(data: Any) -> Labels:
    """Take a label file's data apart."""
    must, allowed = set(), set()
    for edge in data["edges"]:
        pair = (line_of(edge["from"]), line_of(edge["to"]))
        wanted = edge["strength"] == "hard" and edge.get("literal", True) and "lag" not in edge
        (must if wanted else allowed).add(pair)
    return Labels(
        tree=data["tree"],
        crontab=data["crontab"],
        mapping=data["path_mapping"],
        jobs=frozenset(line_of(job["id"]) for job in data["jobs"]),
        must=frozenset(must),
        allowed=frozenset(allowed - must),
        clusters=tuple(frozenset(line_of(job) for job in cluster["jobs"]) for cluster in data["clusters"]),
        steps={line_of(job["id"]): len(job["steps"]) for job in data["jobs"] if job.get("steps")},
    )


def levels() -> dict[str, Level]:
    """Read the level of every tree."""
    data = yaml.safe_load((HERE / "levels.yaml").read_text(encoding="utf-8"))
    return {
        tree: Level(
            float(level["cluster_f1"]),
            float(level["step_error"]),
            known(level["known_missed"]),
            known(level["known_false"]),
        )
        for tree, level in data.items()
    }


def known(faults: Mapping[str, str]) -> dict[Pair, str]:
    """Take edges with their reasons apart: `L3 -> L7: why`."""
    found = {}
    for text, why in faults.items():
        match = _EDGE.fullmatch(text)
        assert match is not None, f"not an edge: {text!r}"
        found[int(match[1]), int(match[2])] = why
    return found


def line_of(job: str) -> Line:
    """Give the line of a job: 7 for `L7`."""
    match = _ID.fullmatch(job)
    assert match is not None, f"not the id of a job: {job!r}"
    return int(match[1])
