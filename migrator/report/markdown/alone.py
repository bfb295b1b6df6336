"""Jobs on their own: one line each, and their hazards by kind."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart, HazardPart
from migrator.plan.jobs import JobPart
from migrator.report.markdown.blocks import Blocks, bullets, first, grouped, table
from migrator.report.markdown.escaping import code, names, places, prose
from migrator.report.markdown.places import Shown, remedy_of
from migrator.report.markdown.unclear import in_words, once, parted, scripts_in_words
from migrator.report.words import heading_label, when

_MOST_ROWS = 100
_SOME_NAMES = 3
_MOST_REASONS = 8
_MOST_NAMES = 10
_MOST_UNCLEAR = 40
_INTRO = (
    "In nothing that was read does one of these need another, or another need it: each is a cluster of its own. "
    "`migrator explain DIR NAME` tells one's whole story: steps, reasons, bills and evidence."
)
_ALIKE = "Jobs of which all but name, time and place is the same share a row; each has its own in `jobs.csv`."
_SEVERITIES = ("silent", "loud", "nuisance")


class _Member(NamedTuple):
    """A job on its own, and the cluster that it is."""

    cluster: ClusterPart
    job: JobPart

    @property
    def units(self) -> int:
        return self.cluster.metrics.units

    @property
    def runner_up(self) -> str:
        second = self.cluster.recommendation.runner_up
        return second.label if second is not None else "none"

    def notes(self) -> Iterator[str]:
        if not self.job.active:
            yield f"inactive: {prose(self.job.inactive_kind or 'not run')}"
        if self.job.replicas:
            yield f"on {len(self.job.replicas) + 1:,} hosts"
        yield from dict.fromkeys(prose(hazard.id) for hazard in self.cluster.hazards)
        if self.job.unclear:
            yield "unclear"


def alone_blocks(plan: MigrationPlan, shown: Shown) -> Blocks:
    """List the jobs that stand alone and need no discussion, by target, then what could break for them."""
    if not shown.alone:
        return []
    jobs = {job.id: job for job in plan.jobs}
    blocks = ["## Jobs on their own", _INTRO]
    for target in Target:
        members = [cluster for cluster in shown.alone if cluster.recommendation.target is target]
        if members:
            blocks += _target_blocks(target, members, jobs)
    return blocks + _hazard_blocks(shown.alone, jobs) + _unclear_blocks(shown.alone, jobs)


def _target_blocks(target: Target, clusters: Sequence[ClusterPart], jobs: Mapping[str, JobPart]) -> Blocks:
    members = [_Member(cluster, jobs[cluster.jobs[0]]) for cluster in clusters]
    groups = grouped(members, _told) if len(members) > _MOST_ROWS else [[member] for member in members]
    heading = f"### {heading_label(target)}: {counted(len(clusters), 'job')}"
    blocks = [
        heading,
        _reasons(clusters, jobs),
        _ALIKE if len(groups) < len(members) else "",
        table(["Job", "When", "Units:", "Owner", "Place", "Runner-up", "Notes"], map(_row, groups[:_MOST_ROWS])),
    ]
    if len(groups) > _MOST_ROWS:
        blocks.append(f"{sum(map(len, groups[_MOST_ROWS:])):,} more are in `jobs.csv` and `plan.json`.")
    return [block for block in blocks if block]


def _told(member: _Member) -> Hashable:
    """Give what the table says of a job but for name, time and place."""
    return member.units, member.job.owner, member.runner_up, tuple(member.notes())


def _row(group: Sequence[_Member]) -> list[str]:
    first = group[0]
    titles = list(dict.fromkeys(member.job.title for member in group))
    times = list(dict.fromkeys(when(member.job.schedule) for member in group))
    return [
        code(titles[0], 50) if len(group) == 1 else f"{len(group):,} jobs: {names(titles, _SOME_NAMES)}",
        prose(times[0], 160) + (f" and {counted(len(times) - 1, 'other schedule')}" if times[1:] else ""),
        f"{first.units:,}",
        code(first.job.owner, 30) if first.job.owner else "–",
        places([member.job.origin for member in group], 1),
        first.runner_up,
        ", ".join(first.notes()) or "–",
    ]


def _reasons(clusters: Sequence[ClusterPart], jobs: Mapping[str, JobPart]) -> str:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for cluster in clusters:
        for reason in cluster.recommendation.reasons:
            if reason.weight > 0 and reason.target is cluster.recommendation.target:
                said[reason.text].append(jobs[cluster.jobs[0]].title)
    ranked = sorted(said.items(), key=lambda item: (-len(item[1]), item[0]))
    if not ranked:
        return ""

    def told(one: tuple[str, list[str]]) -> str:
        text, titles = one
        return f"{prose(text)} ({len(titles):,}): {_each_once(titles)}" if len(clusters) > 1 else prose(text)

    return "Why:\n\n" + bullets(first(ranked, _MOST_REASONS, "in `plan.json`", told))


def _each_once(titles: Sequence[str]) -> str:
    """Name jobs; the places of those that are called alike are in the table."""
    return names(list(dict.fromkeys(titles)), _MOST_NAMES)


def _hazard_blocks(clusters: Sequence[ClusterPart], jobs: Mapping[str, JobPart]) -> Blocks:
    kinds: defaultdict[tuple[int, str, bool, str], list[HazardPart]] = defaultdict(list)
    for cluster in clusters:
        for hazard in cluster.hazards:
            kinds[(_SEVERITIES.index(hazard.severity), hazard.id, hazard.carried, hazard.remedy)].append(hazard)
    if not kinds:
        return []
    items = [_kind(group, jobs) for _, group in sorted(kinds.items(), key=lambda item: (item[0][0], -len(item[1])))]
    return ["### What would break for them", bullets(items)]


def _kind(group: Sequence[HazardPart], jobs: Mapping[str, JobPart]) -> str:
    first = group[0]
    titles = [jobs[hazard.job].title if hazard.job in jobs else hazard.job for hazard in group]
    texts = {hazard.text for hazard in group}
    example = "" if len(texts) == 1 else " for example:"
    return (
        f"**{prose(first.id)}** ({prose(first.severity)}, {counted(len(group), 'job')}):{example} {prose(first.text)}. "
        f"Remedy: {remedy_of(first)}. {_each_once(titles)}"
    )


def _unclear_blocks(clusters: Sequence[ClusterPart], jobs: Mapping[str, JobPart]) -> Blocks:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for cluster in clusters:
        for text in once(jobs[cluster.jobs[0]].unclear):
            said[text].append(jobs[cluster.jobs[0]].title)
    if not said:
        return []

    def told(text: str) -> str:
        return f"{in_words(text)}: {_each_once(said[text])}"

    scripts, others = parted(sorted(said))
    items = [scripts_in_words(scripts)] if scripts else []
    items += first(others, _MOST_UNCLEAR, "in `plan.json`", told)
    return ["### What is unclear about them", bullets(items)]
