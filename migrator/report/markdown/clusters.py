"""One cluster: its picture, jobs, dependencies, reasons, costs, hazards, and what is unclear."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from migrator.graph.types import Safety
from migrator.model import AIRFLOWS
from migrator.model.wording import counted
from migrator.plan.clusters import ClusterPart, HazardPart
from migrator.plan.jobs import DependencyPart, JobPart, RelationPart
from migrator.report.markdown.blocks import Blocks, bullets, first, table
from migrator.report.markdown.costs import Told, cost_blocks
from migrator.report.markdown.escaping import code, names, place, places, proof, prose
from migrator.report.markdown.places import TITLE, Shown, place_in_words, remedy_of
from migrator.report.markdown.reasons import reason_blocks
from migrator.report.markdown.targets import mermaid_block
from migrator.report.markdown.unclear import in_words, once, parted, scripts_in_words
from migrator.report.money import bill
from migrator.report.owners import owners_in_words
from migrator.report.pictures import Known, cluster_picture, in_order, mermaid_text
from migrator.report.words import times, when

_SAFETY = {
    Safety.HELD: "held today",
    Safety.FITS: "fits today",
    Safety.HOPED: "only hoped for",
    Safety.RACE: "**a race**",
    Safety.OPEN: "order open",
}
_SMALL = range(2, 13)
_MOST_JOBS = 60
_MOST_TIES = 40
_MOST_STEPS = 12


def cluster_blocks(known: Known, cluster: ClusterPart, shown: Shown, pictures: Collection[str], told: Told) -> Blocks:
    """Write a cluster's section and say which clusters it stands for too; `told` are the bills shown above."""
    jobs = known.jobs
    ties = known.dependencies_within(cluster.jobs)
    order = {name: number for number, name in enumerate(in_order(cluster, ties))}
    members = [jobs[name] for name in order]
    heading = f"### {prose(shown.titles[cluster.id], TITLE)}: {place_in_words(cluster)}"
    owners = owners_in_words([cluster], jobs, lambda found: names(found, 4))
    blocks = [heading, _summary(cluster, ties, owners)]
    if alike := shown.alike[cluster.id]:
        titles = [shown.titles[other.id] for other in alike]
        blocks.append(f"The same holds for {counted(len(alike), 'more cluster')} of this shape: {names(titles, 12)}.")
    blocks += _open_points(cluster)
    blocks += _graph(known, cluster, pictures)
    blocks += _job_blocks(members, known.titles)
    ties.sort(key=lambda tie: (order[tie.upstream], order[tie.downstream]))
    blocks += _tie_blocks(known, cluster, ties)
    blocks += reason_blocks(cluster)
    blocks += cost_blocks(known.plan, cluster, shown.titles[cluster.id], told)
    blocks += _hazard_blocks(cluster, known.titles)
    blocks += _unclear_blocks(members, known.titles)
    return blocks


def _summary(cluster: ClusterPart, ties: Sequence[DependencyPart], owners: str) -> str:
    metrics, answer = cluster.metrics, cluster.recommendation
    size = [counted(metrics.jobs, "job"), counted(metrics.units, "unit"), counted(metrics.steps, "step")]
    if ties:
        size.append(_dependencies(cluster, ties))
    if metrics.branches:
        size.append(counted(metrics.branches, "branch", "branches"))
    if metrics.depth > 1:
        size.append(f"longest chain {metrics.depth:,}")
    if metrics.width > 1 and not cluster.kin:
        size.append(f"up to {metrics.width:,} side by side")
    runs = f"{times(metrics.runs_per_month)} starts a month" if metrics.runs_per_month is not None else ""
    owner = f"{'Owners' if len(cluster.owners) > 1 else 'Owner'}: {owners}." if owners else "Nobody is named as owner."
    cost = f"{answer.target.label}: {prose(bill(answer.estimates.get(answer.target)))} a month"
    if answer.runner_up is not None:
        other = prose(bill(answer.estimates.get(answer.runner_up)))
        own = " with an environment of its own" if answer.runner_up in AIRFLOWS else ""
        cost += f"; runner-up {answer.runner_up.label}: {other}{own}"
    alike = " One script, at other times or with other settings: no job needs another." if cluster.kin else ""
    return f"{', '.join(part for part in (*size, runs) if part)}.{alike} {owner} {cost}."


def _dependencies(cluster: ClusterPart, ties: Sequence[DependencyPart]) -> str:
    # The metrics leave out the edges that others imply; the list below the summary has them.
    implied = len({(tie.upstream, tie.downstream) for tie in ties}) - cluster.metrics.dependencies
    told = f" ({implied:,} implied by others)" if implied > 0 else ""
    return counted(len(ties), "dependency", "dependencies") + told


def _open_points(cluster: ClusterPart) -> Blocks:
    answer = cluster.recommendation
    blocks = []
    if answer.undecided is not None:
        blocks.append(f"**Open:** {prose(answer.undecided)}.")
    if answer.pinned:
        blocks.append(f"**Pinned by the user** to {answer.target.label}.")
    if cluster.cyclic:
        blocks.append(
            "**The dependencies run in a circle**: no order satisfies them all, so one of them must be denied."
        )
    return blocks


def _graph(known: Known, cluster: ClusterPart, pictures: Collection[str]) -> Blocks:
    if cluster.metrics.jobs < 2 or cluster.kin:  # boxes without an arrow say no more than the table
        return []
    drawn = cluster.file_name in pictures
    base = f"graphs/{cluster.file_name}"
    picture = cluster_picture(known.plan, cluster, known)
    if cluster.metrics.jobs in _SMALL or not drawn:
        blocks = [mermaid_block(mermaid_text(picture))]
        if drawn:
            blocks.append(f"Picture: [SVG]({base}.svg), [PNG]({base}.png).")
    else:
        blocks = [f"![Jobs and dependencies of the cluster]({base}.svg)"]
    if picture.note:
        blocks.append(f"{picture.note}.")
    return blocks


def _job_blocks(members: Sequence[JobPart], titles: Mapping[str, str]) -> Blocks:
    zones = {job.schedule.timezone for job in members if job.schedule.kind.clocked}
    rows = [_job_row(job, with_zone=len(zones) > 1) for job in members[:_MOST_JOBS]]
    blocks = [table(["Job", "When", "Starts a month:", "Units:", "Steps:", "Place"], rows)]
    if len(zones) == 1:
        (zone,) = zones
        blocks.append(f"Times are those of {prose(zone)}." if zone else "The time zone is not known.")
    if len(members) > _MOST_JOBS:
        blocks.append(f"{len(members) - _MOST_JOBS:,} more are in `jobs.csv` and `plan.json`.")
    told = [text for job in members[:_MOST_JOBS] if len(job.units) > 1 for text in _units(job, titles)]
    if told:
        what = "What they do" if len(members) > 1 else "What it does"
        blocks += [f"{what}, unit by unit:", "\n".join(told)]
    return blocks


def _job_row(job: JobPart, *, with_zone: bool) -> list[str]:
    starts = prose(when(job.schedule), 160)
    if with_zone and job.schedule.kind.clocked:
        starts += f" ({prose(job.schedule.timezone or 'time zone not known')})"
    if not job.active:
        starts += f"; **inactive**: {prose(job.inactive_why or job.inactive_kind or '')}"
    if job.replicas:
        starts += f"; on {len(job.replicas) + 1:,} hosts"
    return [
        code(job.title, 50),
        starts,
        times(job.schedule.runs_per_month),
        f"{len(job.units):,}",
        f"{len(job.steps):,}",
        place(job.origin),
    ]


def _units(job: JobPart, titles: Mapping[str, str]) -> Iterator[str]:
    yield f"- {code(titles[job.id], TITLE)}"
    for number, unit in enumerate(job.units[:_MOST_STEPS], start=1):
        steps = [job.steps[index] for index in unit.steps]
        shown = "; ".join(code(step.text, 80) for step in steps[:4])
        more = f" and {counted(len(steps) - 4, 'more step')}" if len(steps) > 4 else ""
        yield f"  {number}. {shown}{more}" + (f" ({prose(unit.why)})" if unit.why else "")
    if len(job.units) > _MOST_STEPS:
        yield f"  {_MOST_STEPS + 1}. {counted(len(job.units) - _MOST_STEPS, 'more unit')} in `plan.json`"


def _tie_blocks(known: Known, cluster: ClusterPart, ties: Sequence[DependencyPart]) -> Blocks:
    relations = known.relations_of(cluster.jobs)
    blocks: Blocks = []
    if ties:
        blocks += ["**Dependencies**", _ties(ties, known.titles)]
    if relations:
        blocks += ["**Tied, but no order**", _ties(relations, known.titles)]
    return blocks


def _ties(ties: Sequence[DependencyPart | RelationPart], titles: Mapping[str, str]) -> str:
    items = [_tie(tie, titles) for tie in ties[:_MOST_TIES]]
    if len(ties) > _MOST_TIES:
        items.append(f"and {len(ties) - _MOST_TIES:,} more in `plan.json`")
    return bullets(items)


def _tie(tie: DependencyPart | RelationPart, titles: Mapping[str, str]) -> str:
    upstream, downstream = (code(titles.get(name, name), TITLE) for name in (tie.upstream, tie.downstream))
    lag = ", the run before" if tie.lag.value == "previous-run" else ""
    head = f"{upstream} → {downstream}: {tie.kind.value}{lag}, confidence {tie.confidence:.2g}"
    if isinstance(tie, DependencyPart) and tie.timing:
        head += f"; {_SAFETY[tie.safety]}: {prose(tie.timing)}"
    return "\n".join([head, *(f"  - {proof(piece)}" for piece in tie.evidence[:4])])


def _hazard_blocks(cluster: ClusterPart, titles: Mapping[str, str]) -> Blocks:
    alike: defaultdict[tuple[str, str, str, str, bool], list[HazardPart]] = defaultdict(list)
    for hazard in cluster.hazards:
        alike[(hazard.severity, hazard.id, hazard.text, hazard.remedy, hazard.carried)].append(hazard)
    if not alike:
        return []
    order = {"silent": 0, "loud": 1, "nuisance": 2}
    ranked = sorted(alike.values(), key=lambda group: (order.get(group[0].severity, 3), -len(group)))
    return ["**Hazards**", bullets(first(ranked, _MOST_TIES, "in `plan.json`", lambda group: _hazard(group, titles)))]


def _hazard(alike: Sequence[HazardPart], titles: Mapping[str, str]) -> str:
    first = alike[0]
    whose = list(dict.fromkeys(titles.get(hazard.job, hazard.job) for hazard in alike))
    where = places([piece for hazard in alike for piece in hazard.evidence])
    remedy = f" Remedy: {remedy_of(first)}." if first.remedy else ""
    return f"**{prose(first.severity)}**, {names(whose, 6)}: {prose(first.text)}.{remedy} {where}".rstrip()


def _unclear_blocks(members: Sequence[JobPart], titles: Mapping[str, str]) -> Blocks:
    said: list[tuple[JobPart, str | list[str]]] = []
    for job in members:
        scripts, others = parted(once(job.unclear))
        said += [(job, scripts)] if scripts else []
        said += [(job, text) for text in others]

    def told(one: tuple[JobPart, str | list[str]]) -> str:
        job, what = one
        return f"{code(titles[job.id], TITLE)}: {in_words(what) if isinstance(what, str) else scripts_in_words(what)}"

    return ["**Unclear**", bullets(first(said, _MOST_TIES, "in `plan.json`", told))] if said else []
