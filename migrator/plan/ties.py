"""Ties between jobs, as `plan.json` has them."""

from migrator.advice.types import Doubt
from migrator.graph.types import Dependency, Relation
from migrator.plan.from_commands import resource_name
from migrator.plan.jobs import DependencyPart, DoubtPart, RelationPart
from migrator.plan.parts import Proof


def dependency_part(tie: Dependency) -> DependencyPart:
    """Turn a dependency into its part."""
    return DependencyPart(
        upstream=tie.upstream,
        downstream=tie.downstream,
        kind=tie.kind,
        lag=tie.lag,
        confidence=tie.confidence,
        evidence=Proof.of_all(tie.evidence),
        basis=tie.basis,
        through=resource_name(tie.through) if tie.through else None,
        safety=tie.safety,
        slack=tie.slack,
        timing=tie.timing,
    )


def relation_part(tie: Relation) -> RelationPart:
    """Turn a relation into its part."""
    return RelationPart(
        upstream=tie.upstream,
        downstream=tie.downstream,
        kind=tie.kind,
        lag=tie.lag,
        confidence=tie.confidence,
        evidence=Proof.of_all(tie.evidence),
        basis=tie.basis,
    )


def doubt_part(doubt: Doubt) -> DoubtPart:
    """Turn a doubt into its part."""
    tie = doubt.tie
    return DoubtPart(
        upstream=tie.upstream,
        downstream=tie.downstream,
        lag=tie.lag,
        confidence=tie.confidence,
        evidence=Proof.of_all(tie.evidence),
        basis=tie.basis,
        taken=doubt.taken,
        changes=doubt.changes,
    )
