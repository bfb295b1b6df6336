"""Where everything goes: the overview picture, the bill for each target, the table of clusters."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import JobPart
from migrator.report.markdown.blocks import Blocks, bullets, table
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.markdown.places import (
    Shown,
    alone_anchor,
    by_money_and_risk,
    place_in_words,
    section_anchors,
    severities,
)
from migrator.report.money import bill, dollars, usd
from migrator.report.owners import owners_in_words
from migrator.report.pictures import mermaid_text, overview_picture
from migrator.report.words import heading_label

OVERVIEW = "overview"
_CARRIED = (
    "Mind all of this where you write a target by hand. What the files of this plan start on a host has the user, home "
    "folder, shell, PATH, settings and input that cron gives it; who is told of a failure, how long a run may take and "
    "what is logged are left to you."
)


def overview_blocks(plan: MigrationPlan, pictures: Collection[str]) -> Blocks:
    """Show the overview: a picture where one was drawn, else Mermaid text."""
    if not plan.clusters:
        return []
    if OVERVIEW in pictures:
        return ["## Overview", f"![All clusters by target](graphs/{OVERVIEW}.svg)"]
    return ["## Overview", mermaid_block(mermaid_text(overview_picture(plan)))]


def mermaid_block(text: str) -> str:
    """Fence Mermaid text; it holds no backtick."""
    return f"```mermaid\n{text}```"


def target_blocks(plan: MigrationPlan) -> Blocks:
    """Show the bill for each target, the environments that are shared, and the ways not taken."""
    portfolio = plan.portfolio
    rows = [
        [
            heading_label(target) + pinned_part(plan, target),
            f"{chosen.clusters:,}",
            f"{chosen.jobs:,}",
            _target_bill(plan, target),
        ]
        for target, chosen in portfolio.chosen.items()
    ]
    sums = list(portfolio.chosen.values())
    clusters, jobs = sum(part.clusters for part in sums), sum(part.jobs for part in sums)
    whole = usd(portfolio.monthly, f"{usd(portfolio.known)} known, {counted(portfolio.unknown, 'bill')} open")
    rows.append(["**All**", f"{clusters:,}", f"{jobs:,}", f"**{whole}**"])
    blocks = ["## Where it goes", table(["Target", "Clusters:", "Jobs:", "USD a month:"], rows)]
    if plan.priced_elsewhere:
        blocks.append(
            f"All figures are at the prices of {prose(plan.price_region)}; those of {prose(plan.region or '')}, "
            "which the settings name, differ and are not in the price list."
        )
    if portfolio.environments:
        blocks.append(bullets(_environments(plan)))
    if portfolio.alternatives:
        ways = [[prose(way.name), usd(way.monthly), prose(way.why_not)] for way in portfolio.alternatives]
        blocks += ["Other ways to place everything:", table(["Instead", "USD a month:", "Why not"], ways)]
    return blocks


def pinned_part(plan: MigrationPlan, target: Target) -> str:
    """Say of a target's row that the users chose it, or for how many of its clusters they did; else empty."""
    there = [cluster.recommendation.pinned for cluster in plan.clusters if cluster.recommendation.target is target]
    if not any(there):
        return ""
    return " (pinned)" if all(there) else f" ({sum(there):,} pinned)"


def note_blocks(plan: MigrationPlan) -> Blocks:
    """Say once what is true of many jobs."""
    if not plan.notes:
        return []
    carried = [_CARRIED] if plan.artifacts else []
    return ["## What holds for many jobs", *carried, bullets(prose(note) for note in plan.notes)]


def cluster_table(plan: MigrationPlan, shown: Shown) -> Blocks:
    """List the clusters by money and risk; jobs on their own that need no discussion are one row for each target."""
    anchors = section_anchors(shown)
    jobs = {job.id: job for job in plan.jobs}
    rows = [_row(cluster, shown, anchors, jobs) for cluster in shown.sections]
    groups: defaultdict[Target, list[ClusterPart]] = defaultdict(list)
    for cluster in shown.alone:
        groups[cluster.recommendation.target].append(cluster)
    rows += [_lone_row(target, groups[target], jobs) for target in Target if target in groups]
    if not rows:
        return []
    headers = ["Cluster", "Owner", "Jobs:", "Units:", "Target", "USD a month:", "Hazards"]
    blocks = ["## Clusters", table(headers, rows)]
    if shown.by_shape:
        blocks.insert(1, "A row with a number in front stands for that many clusters of the same shape and answer.")
    return blocks


def _row(cluster: ClusterPart, shown: Shown, anchors: Mapping[str, str], jobs: Mapping[str, JobPart]) -> list[str]:
    answer = cluster.recommendation
    alike = shown.alike[cluster.id]
    link = _link(prose(shown.titles[cluster.id], 80), anchors.get(cluster.id))
    return [
        f"{len(alike) + 1:,} × {link}" if alike else link,
        _owners([cluster, *alike], jobs),
        f"{cluster.metrics.jobs:,}",
        f"{cluster.metrics.units:,}",
        place_in_words(cluster),
        prose(bill(answer.estimates.get(answer.target))),
        ", ".join(severities(cluster.hazards)) or "–",
    ]


def _lone_row(target: Target, clusters: Sequence[ClusterPart], jobs: Mapping[str, JobPart]) -> list[str]:
    first = min(clusters, key=by_money_and_risk)
    title = prose(first.title, 60) if len(clusters) == 1 else f"{len(clusters):,} jobs on their own"
    hazards = [hazard for cluster in clusters for hazard in cluster.hazards]
    bills = [c.recommendation.estimates.get(target) for c in clusters]
    known = [estimate.monthly.high for estimate in bills if estimate and estimate.monthly]
    most = dollars(max(known)) if len(known) == len(bills) else "depends"
    return [
        _link(title, alone_anchor(target, len(clusters))),
        _owners(clusters, jobs),
        f"{len(clusters):,}",
        f"{sum(cluster.metrics.units for cluster in clusters):,}",
        heading_label(target),
        f"each {most} at most" if len(clusters) > 1 and any(known) else most,
        ", ".join(severities(hazards)) or "–",
    ]


def _link(text: str, anchor: str | None) -> str:
    return f"[{text}](#{anchor})" if anchor else text


def _owners(clusters: Iterable[ClusterPart], jobs: Mapping[str, JobPart]) -> str:
    return owners_in_words(clusters, jobs, lambda found: names(found, 3)) or "–"


def _target_bill(plan: MigrationPlan, target: Target) -> str:
    chosen = plan.portfolio.chosen[target]
    if chosen.monthly is not None:
        return usd(chosen.monthly)
    for cluster in plan.clusters:
        estimate = cluster.recommendation.estimates.get(target)
        if cluster.recommendation.target is target and (estimate is None or estimate.monthly is None):
            return prose(bill(estimate))
    return prose(bill(plan.portfolio.shared.get(target)))


def _environments(plan: MigrationPlan) -> Iterable[str]:
    for shared in plan.portfolio.environments:
        name = f" for {code(shared.name)}" if shared.name else ""
        members = counted(len(shared.clusters), "cluster")
        yield (
            f"One {shared.target.label} environment{name}: {members}, {counted(shared.jobs, 'job')}, "
            f"{counted(shared.dags, 'DAG')}, {usd(shared.monthly)} a month in all; {prose(shared.why)}"
            + (f". {prose(shared.load)}" if shared.load else "")
        )
