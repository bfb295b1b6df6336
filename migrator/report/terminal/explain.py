"""`explain`: one job or cluster, with the evidence for everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from migrator.model.wording import counted
from migrator.plan import MigrationPlan, cut
from migrator.plan.clusters import ClusterPart, FlipPart, HazardPart, LinePart, ReasonPart, RecommendationPart
from migrator.plan.jobs import DependencyPart, JobPart, RelationPart
from migrator.plan.parts import Proof
from migrator.report.markdown.history import oddities, took
from migrator.report.markdown.places import place_in_words
from migrator.report.markdown.stability import worlds_in_words
from migrator.report.money import bill, calculation, prices_of, unknown_because, usd
from migrator.report.naming import find_cluster, find_job, unknown_name
from migrator.report.owners import owners_in_words
from migrator.report.terminal.screen import SEVERITY_STYLES, Screen
from migrator.report.titles import job_titles
from migrator.report.words import heading_label, listed, spaced, times, when

_LONGEST = 400


def print_explanation(plan: MigrationPlan, name: str, stream: IO[str], width: int | None = None) -> None:
    """Explain the cluster or job of this name; raise UnknownNameError where there is none, or more than one."""
    job = find_job(plan, name)
    cluster = find_cluster(plan, name)
    if cluster is None:
        raise unknown_name(plan, name)
    screen = Screen(stream, width)
    # A job on its own has the name of its cluster: both stories are one.
    if job is not None and (cluster.metrics.jobs == 1 or name not in (cluster.id, cluster.title, cluster.file_name)):
        _job(screen, job)
        _runs(screen, plan, job)
        _ties(screen, plan, {job.id})
        _cluster(screen, plan, cluster, only=job.id)
    else:
        _cluster(screen, plan, cluster)
        _ties(screen, plan, set(cluster.jobs))
        for member in _members(plan, cluster):
            _job(screen, member)
            _runs(screen, plan, member)


def _members(plan: MigrationPlan, cluster: ClusterPart) -> list[JobPart]:
    jobs = {job.id: job for job in plan.jobs}
    return [jobs[name] for name in cluster.jobs]


def _job(screen: Screen, job: JobPart) -> None:
    screen.heading(f"Job {job.title}")
    zone = job.schedule.timezone or "time zone not known"
    who = ", ".join(f"{label} {value}" for label, value in _who(job))
    screen.line(f"{when(job.schedule)} ({spaced(job.schedule.text)}; {zone}); {_starts(job)}")
    screen.line(f"{job.origin}" + (f"; {who}" if who else ""))
    if not job.active:
        screen.line(f"Inactive: {job.inactive_why or job.inactive_kind}", "yellow")
    screen.line(cut(job.command, _LONGEST), "cyan")
    for number, unit in enumerate(job.units, start=1):
        screen.item(f"Unit {number}" + (f" ({unit.why})" if unit.why else ""))
        for index in unit.steps:
            step = job.steps[index]
            screen.item(f"{step.origin.path}:{step.origin.line} {cut(step.text, _LONGEST)} [{step.kind}]", depth=2)
    for label, values in _effects(job):
        screen.line(f"{label}: {', '.join(values)}")
    for text in job.unclear:
        screen.line(f"Unclear: {text}", "yellow")
    if job.effort:
        screen.line(f"Effort: {job.effort}, {'; '.join(job.effort_why)}" if job.effort_why else f"Effort: {job.effort}")
    if job.runs_on_why:
        screen.line(f"After the move: {job.runs_on_why}")


def _runs(screen: Screen, plan: MigrationPlan, job: JobPart) -> None:
    """Tell how the job ran by the logs, on each host."""
    for runs in plan.history.jobs if plan.history else ():
        if runs.job != job.id:
            continue
        where = f"Log of {runs.host}" if runs.host else "Log"
        starts = "" if runs.expected is None else f" of {counted(runs.expected, 'start')}"
        seen = "runs not known" if runs.runs is None else f"{counted(runs.runs, 'run')}{starts}"
        parts = [seen, f"last {runs.last}" if runs.last else "", *oddities(runs)]
        if runs.durations:
            parts.append(f"took {took(runs.durations)}")
        screen.line(f"{where}: {'; '.join(part for part in parts if part)}")


def _who(job: JobPart) -> Iterable[tuple[str, str]]:
    found = (("host", job.host), ("user", job.user), ("owner", job.owner))
    yield from ((label, value) for label, value in found if value)
    if job.replicas:
        yield "and on", counted(len(job.replicas), "more host")


def _starts(job: JobPart) -> str:
    return (
        f"{times(job.schedule.runs_per_month)} starts a month"
        if job.schedule.runs_per_month is not None
        else ("how often is not known")
    )


def _effects(job: JobPart) -> Iterable[tuple[str, tuple[str, ...]]]:
    found = (
        ("Reads", job.reads),
        ("Writes", job.writes),
        ("Deletes", job.deletes),
        ("Locks", job.locks),
        ("Waits for", job.waits),
        ("Calls", job.services),
    )
    return ((label, values) for label, values in found if values)


def _cluster(screen: Screen, plan: MigrationPlan, cluster: ClusterPart, only: str | None = None) -> None:
    metrics, answer = cluster.metrics, cluster.recommendation
    size = f"{counted(metrics.jobs, 'job')}, {counted(metrics.units, 'unit')}, {counted(metrics.steps, 'step')}"
    screen.heading(f"Cluster {cluster.title}: {place_in_words(cluster)}")
    wave = next((f"wave {wave.number}" for wave in plan.waves if cluster.id in wave.clusters), "in no wave")
    named = owners_in_words([cluster], {job.id: job for job in plan.jobs}, ", ".join)
    owners = f"; owner {named}" if named else ""
    screen.line(f"{size}; {wave}{owners}")
    screen.line(f"Runner-up: {answer.runner_up.label if answer.runner_up else 'none'}")
    if answer.undecided is not None:
        screen.line(f"Open: {answer.undecided}", "yellow")
    _reasons(screen, answer)
    if held := worlds_in_words(cluster):
        screen.line(f"How far it holds: {held}")
    for flip in answer.flips:
        screen.item(_flip(cluster, flip))
    if answer.unmoved:
        screen.item(f"tried one by one, and changes nothing: {', '.join(answer.unmoved)}")
    for note in answer.notes:
        screen.item(note)
    _costs(screen, plan, cluster)
    titles = job_titles(plan) if only is None and len(cluster.jobs) > 1 else {}
    _hazards(screen, [hazard for hazard in cluster.hazards if only in (None, hazard.job)], titles)


def _flip(cluster: ClusterPart, flip: FlipPart) -> str:
    part = f" for {len(flip.jobs):,} of {len(cluster.jobs):,} jobs" if 0 < len(flip.jobs) < len(cluster.jobs) else ""
    open_ = ", still open" if flip.undecided else ""
    return f"{flip.when}: {flip.to.label}{part}{open_} ({flip.change.key} = {flip.change.value})"


def _reasons(screen: Screen, answer: RecommendationPart) -> None:
    """Tell each reason once, with all targets that it speaks about, and each proof once."""
    groups: dict[tuple[object, ...], list[ReasonPart]] = {}
    for reason in answer.reasons:
        key = (reason.weight >= 0, reason.text, reason.rule, reason.evidence)
        groups.setdefault(key, []).append(reason)
    proved: set[tuple[Proof, ...]] = set()
    for same in groups.values():
        first = same[0]
        sign = "for" if first.weight >= 0 else "against"
        targets = listed(list(dict.fromkeys(reason.target.going for reason in same)))
        screen.item(f"{sign} {targets}: {first.text}" + (f" [{first.rule}]" if first.rule else ""))
        if first.evidence not in proved:
            _proofs(screen, first.evidence)
            proved.add(first.evidence)
    said = {(reason.target, reason.text) for reason in answer.reasons}
    for other in answer.rejected:
        if (other.target, other.why) not in said:
            screen.item(f"not {other.target.going}: {other.why}")


def _costs(screen: Screen, plan: MigrationPlan, cluster: ClusterPart) -> None:
    answer = cluster.recommendation
    if not answer.estimates:
        return
    screen.heading("USD a month" + (f" ({where})" if (where := prices_of(plan)) else ""))
    body = []
    for target, estimate in answer.estimates.items():
        mark = " ◀" if target is answer.target else ""
        fixed = usd(estimate.fixed, unknown_because([line for line in estimate.lines if line.fixed]))
        usage = usd(estimate.usage, unknown_because([line for line in estimate.lines if not line.fixed]))
        body.append([heading_label(target) + mark, fixed, usage, bill(estimate)])
    screen.table(["Target", "Fixed", "By use", "Together"], body)
    chosen = answer.estimates.get(answer.target)
    for line in chosen.lines if chosen else ():
        screen.item(_line(line))


def _line(line: LinePart) -> str:
    amount = usd(line.monthly, f"depends on {line.depends_on}" if line.depends_on else "not known")
    how = "; ".join(part for part in (calculation(line), line.assumption) if part)
    source = f" [{line.source}]" if line.source else ""
    return f"{line.name}: {amount}" + (f" ({how})" if how else "") + source


def _hazards(screen: Screen, hazards: list[HazardPart], titles: Mapping[str, str]) -> None:
    """List hazards; `titles` name their jobs where several are told of."""
    if hazards:
        screen.heading(counted(len(hazards), "hazard"))
    for hazard in hazards:
        carried = ", as the files of this plan do" if hazard.carried else ""
        remedy = f"; remedy: {hazard.remedy}{carried}" if hazard.remedy else ""
        whose = f", {titles[hazard.job]}" if hazard.job in titles else ""
        text = f"{hazard.severity}{whose}: {hazard.text}{remedy} [{hazard.id}]"
        screen.item(text, SEVERITY_STYLES.get(hazard.severity, ""))
        _proofs(screen, hazard.evidence)


def _ties(screen: Screen, plan: MigrationPlan, names: set[str]) -> None:
    titles = job_titles(plan)
    _tie_list(screen, "dependency", "dependencies", [t for t in plan.dependencies if _touches(t, names)], titles)
    _tie_list(
        screen, "tie without order", "ties without order", [t for t in plan.relations if _touches(t, names)], titles
    )


def _tie_list(
    screen: Screen,
    one: str,
    many: str,
    ties: list[DependencyPart] | list[RelationPart],
    titles: dict[str, str],
) -> None:
    if ties:
        screen.heading(counted(len(ties), one, many))
    for tie in ties:
        upstream, downstream = titles.get(tie.upstream, tie.upstream), titles.get(tie.downstream, tie.downstream)
        lag = ", the run before" if tie.lag.value == "previous-run" else ""
        screen.item(f"{upstream} → {downstream}: {tie.kind.value}{lag}, confidence {tie.confidence:.2g}")
        if isinstance(tie, DependencyPart) and tie.timing:
            screen.item(f"{tie.safety}: {tie.timing}", depth=2)
        _proofs(screen, tie.evidence)


def _touches(tie: DependencyPart | RelationPart, names: set[str]) -> bool:
    return tie.upstream in names or tie.downstream in names


def _proofs(screen: Screen, evidence: Iterable[Proof]) -> None:
    for piece in evidence:
        text = f" {cut(piece.text, _LONGEST)}" if piece.text else ""
        says = f" – {piece.says}" if piece.says else ""
        screen.item(f"{piece}{text}{says}", depth=2)
