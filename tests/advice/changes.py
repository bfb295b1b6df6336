"""Doubtful ties, and flips applied as a person would: key and value, written into the settings."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace

from migrator.advice import Case
from migrator.graph.types import Lag, Relation, RelationKind
from migrator.model import Evidence, Origin


def doubtful(up: str, down: str, confidence: float = 0.5) -> Relation:
    """Make a tie that the plan does not take."""
    proof = (Evidence(Origin("tab", 1), "x", "names it"),)
    return Relation(up, down, RelationKind.DOUBTFUL, Lag.NONE, confidence, proof)  # type: ignore[arg-type]


def unsure(of: Case, at: int, confidence: float = 0.65) -> Case:
    """Make one of a case's dependencies doubtful."""
    ties = list(of.cluster.dependencies)
    ties[at] = replace(ties[at], confidence=confidence)
    return replace(of, cluster=replace(of.cluster, dependencies=tuple(ties)))


def with_change(tables: Mapping[str, object], key: str, value: str) -> dict[str, object]:
    """Give settings, as tables, with one key set; `value` is TOML."""
    return _merged(tables, tomllib.loads(f"{key} = {value}"))


def _merged(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    found = dict(old)
    for key, value in new.items():
        before = found.get(key)
        found[key] = _merged(before, value) if isinstance(value, dict) and isinstance(before, dict) else value
    return found
