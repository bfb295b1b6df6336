"""Clusters with their recommendations and workflows, as the plan has them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from migrator.advice.types import Advice, Hazard, Recommendation
from migrator.clusters.types import Cluster, Metrics
from migrator.costs.types import CostLine, Estimate
from migrator.model import Job, JobId, MigratorError, Reason, Target
from migrator.plan.clusters import (
    ChangePart,
    ClusterPart,
    EstimatePart,
    FlipPart,
    HazardPart,
    LinePart,
    MetricsPart,
    ReasonPart,
    RecommendationPart,
    RejectedPart,
    WorkflowPart,
)
from migrator.plan.from_workflows import workflow_part
from migrator.plan.names import file_names
from migrator.plan.parts import Proof, RangePart, exactly, number
from migrator.workflows.types import Workflow

MANY = 200
"""The number of clusters above which long proofs are kept for one cluster of each shape."""


class AssembleError(MigratorError):
    """Stages that do not fit together: a cluster without a recommendation."""


def cluster_parts(
    clusters: Sequence[Cluster],
    workflows: Sequence[Workflow],
    advice: Advice,
    jobs: Iterable[Job],
    guarded: Collection[JobId] = (),
) -> tuple[ClusterPart, ...]:
    """Join each cluster with its recommendation; raise AssembleError where one has none.

    `guarded` are the jobs whose days no expression of Step Functions says.
    """
    answers = {recommendation.cluster: recommendation for recommendation in advice.recommendations}
    owners = {job.id: job.owner for job in jobs}
    ordered = sorted(clusters, key=lambda cluster: cluster.id)
    names = file_names((cluster.id, cluster.title) for cluster in ordered)
    flows = _by_cluster(ordered, workflows)
    placed = (one for answer in advice.recommendations for one in answer.placements)
    moved = frozenset(one.job for one in placed if one.compute in ("ecs", "batch"))
    parts = [
        _cluster(
            cluster,
            tuple(workflow_part(workflow, guarded, moved) for workflow in flows[cluster.id]),
            _answer(answers, cluster),
            owners,
            names[cluster.id],
        )
        for cluster in ordered
    ]
    return tuple(parts) if len(parts) <= MANY else _told_by_shape(parts)


@lru_cache(maxsize=16384)
def estimate_part(estimate: Estimate) -> EstimatePart:
    """Take over a bill. Lone jobs of one kind have equal bills: those are one part."""
    return EstimatePart(
        monthly=RangePart.of(estimate.monthly),
        fixed=RangePart.of(estimate.fixed),
        usage=RangePart.of(estimate.usage),
        lines=tuple(_line(line) for line in estimate.lines),
    )


def estimates_by_target(estimates: Iterable[Estimate]) -> dict[Target, EstimatePart]:
    """Order bills as the targets are ordered."""
    known = {estimate.target: estimate for estimate in estimates}
    return {target: estimate_part(known[target]) for target in Target if target in known}


def _told_by_shape(clusters: Iterable[ClusterPart]) -> tuple[ClusterPart, ...]:
    """Keep every line of every bill for the first cluster of a shape; of the others only what matters for the answer.

    Totals, the lines of the target and the runner-up, and the lines that are unknown always stay.
    """
    seen: set[str] = set()
    told: list[ClusterPart] = []
    # Equal bills are one part, which is shortened once; the clusters keep it alive.
    short: dict[int, EstimatePart] = {}
    for cluster in clusters:
        told.append(_shortened(cluster, short) if cluster.shape in seen else cluster)
        seen.add(cluster.shape)
    return tuple(told)


def _shortened(cluster: ClusterPart, short: dict[int, EstimatePart]) -> ClusterPart:
    answer = cluster.recommendation
    estimates = {
        target: estimate if target in (answer.target, answer.runner_up) else _totals(estimate, short)
        for target, estimate in answer.estimates.items()
    }
    return cluster.model_copy(update={"recommendation": answer.model_copy(update={"estimates": estimates})})


def _totals(estimate: EstimatePart, short: dict[int, EstimatePart]) -> EstimatePart:
    if id(estimate) not in short:
        lines = tuple(line for line in estimate.lines if line.monthly is None)
        short[id(estimate)] = estimate.model_copy(update={"lines": lines})
    return short[id(estimate)]


def _answer(answers: Mapping[str, Recommendation], cluster: Cluster) -> Recommendation:
    if cluster.id not in answers:
        raise AssembleError(f"cluster {cluster.id}", "it has no recommendation", "report this as a fault of migrator")
    return answers[cluster.id]


def _by_cluster(clusters: Iterable[Cluster], workflows: Iterable[Workflow]) -> Mapping[str, list[Workflow]]:
    home = {job: cluster.id for cluster in clusters for job in cluster.jobs}
    found: defaultdict[str, list[Workflow]] = defaultdict(list)
    for workflow in workflows:
        found[home[workflow.jobs[0]]].append(workflow)
    return found


def _cluster(
    cluster: Cluster,
    workflows: tuple[WorkflowPart, ...],
    answer: Recommendation,
    owners: Mapping[JobId, str | None],
    file_name: str,
) -> ClusterPart:
    return ClusterPart(
        id=cluster.id,
        title=cluster.title,
        jobs=tuple(cluster.jobs),
        workflows=workflows,
        metrics=_metrics(cluster.metrics),
        recommendation=_recommendation(answer),
        hazards=tuple(_hazard(hazard) for hazard in answer.hazards),
        owners=tuple(sorted({owner for job in cluster.jobs if (owner := owners.get(job))})),
        cyclic=cluster.cyclic,
        file_name=file_name,
        shape=_shape(cluster, answer),
    )


def _metrics(metrics: Metrics) -> MetricsPart:
    return MetricsPart(
        jobs=metrics.jobs,
        steps=metrics.steps,
        units=metrics.units,
        dependencies=metrics.dependencies,
        branches=metrics.branches,
        depth=metrics.depth,
        width=metrics.width,
        fan_in=metrics.fan_in,
        fan_out=metrics.fan_out,
        runs_per_month=exactly(metrics.runs_per_month),
    )


def _recommendation(answer: Recommendation) -> RecommendationPart:
    return RecommendationPart(
        target=answer.target,
        undecided=answer.undecided,
        pinned=answer.pinned,
        runner_up=answer.runner_up,
        reasons=tuple(_reason(reason) for reason in answer.reasons),
        rejected=tuple(RejectedPart(target=r.target, why=r.why) for r in answer.rejected),
        estimates=estimates_by_target(answer.estimates),
        flips=tuple(
            FlipPart(
                when=flip.when,
                to=flip.to,
                change=ChangePart(key=flip.key, value=flip.value),
                undecided=flip.undecided,
                jobs=tuple(flip.jobs),
            )
            for flip in answer.flips
        ),
        notes=tuple(answer.notes),
        unmoved=tuple(answer.unmoved),
        worlds=dict(answer.worlds),
    )


def _reason(reason: Reason) -> ReasonPart:
    return ReasonPart(
        rule=reason.rule,
        target=reason.target,
        weight=reason.weight,
        text=reason.text,
        evidence=Proof.of_all(reason.evidence),
    )


def _hazard(hazard: Hazard) -> HazardPart:
    return HazardPart(
        id=hazard.id,
        severity=hazard.severity.name.lower(),
        job=hazard.job,
        text=hazard.text,
        remedy=hazard.remedy,
        evidence=Proof.of_all(hazard.evidence),
        carried=hazard.carried,
    )


@lru_cache(maxsize=16384)
def _line(line: CostLine) -> LinePart:
    return LinePart(
        name=line.name,
        unit=line.unit,
        quantity=RangePart.of(line.quantity),
        price=number(line.price, places=12),
        monthly=RangePart.of(line.monthly),
        fixed=line.fixed,
        assumption=line.assumption,
        depends_on=line.depends_on,
        source=line.source,
    )


def _shape(cluster: Cluster, answer: Recommendation) -> str:
    counts = cluster.metrics
    size = f"{counts.jobs} jobs, {counts.units} units, {counts.dependencies} dependencies, {counts.branches} branches"
    rules = sorted({f"{'+' if reason.weight > 0 else '-'}{reason.rule}" for reason in answer.reasons})
    hazards = sorted({hazard.id for hazard in answer.hazards})
    state = "undecided" if answer.undecided is not None else "pinned" if answer.pinned else "decided"
    return "; ".join((answer.target.value, state, size, " ".join(rules), " ".join(hazards)))
