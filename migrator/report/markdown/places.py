"""Which clusters get a section of their own, which a line, and in which order."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan, cut
from migrator.plan.clusters import ClusterPart, HazardPart
from migrator.report.markdown.blocks import grouped
from migrator.report.markdown.escaping import prose
from migrator.report.titles import cluster_titles
from migrator.report.words import heading_label

MOST_SECTIONS = 60
TITLE = 120
_PLAIN = frozenset({Target.EVENTBRIDGE, Target.RETAIN})


@dataclass(frozen=True, slots=True)
class Shown:
    """`sections` in order of money and risk; `alike` are those that a section also speaks for, by its cluster's id.

    `alone` are jobs on their own that need one line only. `by_shape` says that sections stand for whole shapes.
    `titles` are those of all clusters, told apart.
    """

    sections: tuple[ClusterPart, ...]
    alike: dict[str, tuple[ClusterPart, ...]]
    alone: tuple[ClusterPart, ...]
    by_shape: bool
    titles: dict[str, str]


def shown_clusters(plan: MigrationPlan) -> Shown:
    """Give a section to each cluster that has something to discuss; above sixty, to one of each shape."""
    telling = [cluster for cluster in plan.clusters if not _is_plain(cluster)]
    alone = tuple(sorted((c for c in plan.clusters if _is_plain(c)), key=by_money_and_risk))
    ranked = sorted(telling, key=by_money_and_risk)
    titles = cluster_titles(plan)
    if len(ranked) <= MOST_SECTIONS:
        return Shown(tuple(ranked), {cluster.id: () for cluster in ranked}, alone, by_shape=False, titles=titles)
    shapes = of_one_shape(ranked)
    firsts = tuple(group[0] for group in shapes)
    alike = {group[0].id: tuple(group[1:]) for group in shapes}
    return Shown(firsts, alike, alone, by_shape=True, titles=titles)


def of_one_shape(clusters: Iterable[ClusterPart]) -> list[list[ClusterPart]]:
    """Put clusters together that share a section."""
    return grouped(clusters, lambda cluster: cluster.shape)


def by_money_and_risk(cluster: ClusterPart) -> tuple[object, ...]:
    """Sort the dear and the dangerous first; an unknown bill may be any, so it comes before all."""
    answer = cluster.recommendation
    estimate = answer.estimates.get(answer.target)
    monthly = estimate.monthly if estimate else None
    silent = sum(hazard.silent for hazard in cluster.hazards)
    cents = 0 if monthly is None else round(monthly.high * 100)
    return (
        answer.undecided is None,
        monthly is not None,
        -cents,
        -silent,
        -len(cluster.hazards),
        -cluster.metrics.jobs,
        cluster.title,
        cluster.id,
    )


def place_in_words(cluster: ClusterPart) -> str:
    """Name the target, and whether it is open or the user's choice."""
    answer = cluster.recommendation
    state = " (open)" if answer.undecided is not None else " (pinned)" if answer.pinned else ""
    return heading_label(answer.target) + state


def section_anchors(shown: Shown) -> dict[str, str]:
    """Give what links to each cluster's section; none where two sections would have the same."""
    slugs = {c.id: slug(f"{cut(shown.titles[c.id], TITLE)}: {place_in_words(c)}") for c in shown.sections}
    times = Counter(slugs.values())
    return {name: made for name, made in slugs.items() if times[made] == 1}


def alone_anchor(target: Target, count: int) -> str:
    """Give what links to a target's list of jobs on their own."""
    return slug(f"{heading_label(target)}: {counted(count, 'job')}")


def slug(heading: str) -> str:
    """Make a heading's anchor as GitHub and GitLab do: lower case, no punctuation, blanks to dashes."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def severities(hazards: Collection[HazardPart]) -> Sequence[str]:
    """Count hazards by severity, the worst first, without those that the written files see to."""
    names = ("silent", "loud", "nuisance")
    found = [(name, sum(h.severity == name and not h.carried for h in hazards)) for name in names]
    return [f"{count} {name}" for name, count in found if count]


def remedy_of(hazard: HazardPart) -> str:
    """Give what is to be done about a hazard, and say where the written files have done it."""
    return prose(hazard.remedy) + (", as the files of this plan do" if hazard.carried else "")


def _is_plain(cluster: ClusterPart) -> bool:
    answer = cluster.recommendation
    return cluster.metrics.jobs == 1 and answer.target in _PLAIN and answer.undecided is None and not answer.pinned
