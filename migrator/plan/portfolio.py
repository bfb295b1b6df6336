"""The bill of the whole plan."""

from collections.abc import Iterable, Sequence
from math import fsum

from migrator.advice.types import Advice, Environment
from migrator.model import Target
from migrator.plan.clusters import ClusterPart, EstimatePart
from migrator.plan.document import AlternativePart, ChosenPart, EnvironmentPart, PortfolioPart
from migrator.plan.from_advice import estimates_by_target
from migrator.plan.parts import RangePart
from migrator.plan.stability import flip_parts, stability_part

_PLACES = 6


def portfolio_of(clusters: Sequence[ClusterPart], advice: Advice) -> PortfolioPart:
    """Sum the chosen targets' bills and add once what they share; one unknown bill makes the sum unknown."""
    shared = estimates_by_target(advice.shared)
    chosen = {
        target: _chosen(target, members, shared.get(target))
        for target in Target
        if (members := [cluster for cluster in clusters if cluster.recommendation.target is target])
    }
    bills = [_bill(cluster, cluster.recommendation.target) for cluster in clusters]
    return PortfolioPart(
        chosen=chosen,
        alternatives=tuple(
            AlternativePart(
                name=other.name,
                monthly=RangePart.of(other.estimate.monthly) if other.estimate else None,
                why_not=other.why_not,
            )
            for other in advice.alternatives
        ),
        monthly=total(part.monthly for part in chosen.values()),
        known=_sum([bill for bill in bills if bill is not None]),
        unknown=bills.count(None),
        now=total(_bill(cluster, Target.RETAIN) for cluster in clusters),
        shared=shared,
        environments=tuple(_environment(environment) for environment in advice.environments),
        flips=flip_parts(advice.flips),
        stability=stability_part(advice.stability),
    )


def total(amounts: Iterable[RangePart | None]) -> RangePart | None:
    """Add ranges; the sum is unknown when one of them is."""
    known: list[RangePart] = []
    for amount in amounts:
        if amount is None:
            return None
        known.append(amount)
    return _sum(known)


def _sum(amounts: Sequence[RangePart]) -> RangePart:
    # `fsum` does not depend on the order.
    return RangePart(
        low=round(fsum(amount.low for amount in amounts), _PLACES),
        high=round(fsum(amount.high for amount in amounts), _PLACES),
    )


def _environment(shared: Environment) -> EnvironmentPart:
    return EnvironmentPart(
        target=shared.target,
        name=shared.name,
        clusters=tuple(shared.clusters),
        jobs=shared.jobs,
        dags=shared.dags,
        monthly=RangePart.of(shared.estimate.monthly),
        why=shared.why,
        load=shared.load,
    )


def _chosen(target: Target, members: Sequence[ClusterPart], shared: EstimatePart | None) -> ChosenPart:
    bills = [_bill(cluster, target) for cluster in members]
    if shared is not None:
        bills.append(shared.monthly)
    return ChosenPart(
        clusters=len(members), jobs=sum(cluster.metrics.jobs for cluster in members), monthly=total(bills)
    )


def _bill(cluster: ClusterPart, target: Target) -> RangePart | None:
    estimate = cluster.recommendation.estimates.get(target)
    return estimate.monthly if estimate else None
