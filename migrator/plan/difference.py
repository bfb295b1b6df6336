"""What changed between two plans: jobs that went, came or changed, what is done, and the totals.

A job's id follows from host, user, place and command, so a changed command is another id. Two such jobs are taken for
one only where that is plain: the same file and user, and either the same title on both sides once, or the same line
and schedule; or the same command and schedule on both sides once, for another user of the same file or in another file
of the same host and user.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan.clusters import ClusterPart
from migrator.plan.document import MigrationPlan
from migrator.plan.jobs import JobPart
from migrator.plan.parts import RangePart


@dataclass(frozen=True, slots=True)
class Named:
    """A job or cluster of one plan."""

    id: str
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A job or cluster of both plans, and each value that differs: what it is, then, now. `id` is the newer one's."""

    id: str
    title: str
    place: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A count of both plans."""

    name: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that two plans differ in.

    `done` are jobs of the old plan that a cut-over has switched off since, `back` those that were switched off before
    and run again. `gone` jobs are in no file any more; `commented` ones are neither, as far as can be told: their file
    has more lines that somebody made comments by hand than before.
    """

    done: tuple[Named, ...]
    back: tuple[Named, ...]
    gone: tuple[Named, ...]
    commented: tuple[Named, ...]
    new: tuple[Named, ...]
    changed: tuple[Changed, ...]
    clusters_gone: tuple[Named, ...]
    clusters_new: tuple[Named, ...]
    clusters_changed: tuple[Changed, ...]
    totals: tuple[Total, ...]
    monthly: tuple[RangePart | None, RangePart | None]

    @property
    def same(self) -> bool:
        """Say whether nothing differs but counts."""
        lists = (self.done, self.back, self.gone, self.commented, self.new, self.changed)
        return not any((*lists, self.clusters_gone, self.clusters_new, self.clusters_changed))


def compare(old: MigrationPlan, new: MigrationPlan) -> Difference:
    """Compare two plans; jobs and clusters come in the order of their plan."""
    before, after = {job.id: job for job in old.jobs}, {job.id: job for job in new.jobs}
    pairs = [(before[name], after[name]) for name in before if name in after]
    lost = [job for job in old.jobs if job.id not in after]
    come = [job for job in new.jobs if job.id not in before]
    renamed = _renamed(lost, come)
    off = {line.job for line in new.switched_off}
    was_off = {line.job for line in old.switched_off}
    old_ids, new_ids = {a.id for a, _ in renamed}, {b.id for _, b in renamed}
    lost = [job for job in lost if job.id not in old_ids]
    away = [job for job in lost if job.id not in off]
    fuller = _more_comments(old, new)
    homes = (_homes(old), _homes(new))
    changed = (_changed(a, b, homes[0].get(a.id), homes[1].get(b.id)) for a, b in [*pairs, *renamed])
    clusters = _clusters(old.clusters, new.clusters, {a.id: b.id for a, b in renamed})
    return Difference(
        done=tuple(_named(job) for job in lost if job.id in off),
        back=tuple(_named(job) for job in new.jobs if job.id in was_off and job.id not in off),
        gone=tuple(_named(job) for job in away if job.origin.path not in fuller),
        commented=tuple(_named(job) for job in away if job.origin.path in fuller),
        new=tuple(_named(job) for job in come if job.id not in new_ids and job.id not in was_off),
        changed=tuple(sorted((found for found in changed if found.changes), key=lambda found: found.place)),
        clusters_gone=clusters[0],
        clusters_new=clusters[1],
        clusters_changed=clusters[2],
        totals=tuple(_totals(old, new)),
        monthly=(old.portfolio.monthly, new.portfolio.monthly),
    )


def _more_comments(old: MigrationPlan, new: MigrationPlan) -> set[str]:
    """Give the files that have more commented-out entries now, those of cut-overs apart."""
    before, after = (
        Counter({row.path: row.disabled for row in plan.ledger}) - Counter(line.path for line in plan.switched_off)
        for plan in (old, new)
    )
    return set(after - before)


def _renamed(lost: Iterable[JobPart], come: Iterable[JobPart]) -> list[tuple[JobPart, JobPart]]:
    """Pair jobs whose command, user or file changed, where it is plain which became which."""
    pairs: list[tuple[JobPart, JobPart]] = []
    left, right = list(lost), list(come)
    for key in (_by_title, _by_line, _in_file, _of_user):
        olds, news = _once(left, key), _once(right, key)
        found = [(olds[name], news[name]) for name in olds if name in news]
        pairs += found
        taken = {job.id for pair in found for job in pair}
        left = [job for job in left if job.id not in taken]
        right = [job for job in right if job.id not in taken]
    return pairs


def _by_title(job: JobPart) -> Hashable:
    return (job.origin.path, job.user, job.title)


def _by_line(job: JobPart) -> Hashable:
    return (job.origin.path, job.user, job.origin.line, job.schedule.text)


def _in_file(job: JobPart) -> Hashable:
    return (job.origin.path, job.command, job.stdin, job.schedule.text)


def _of_user(job: JobPart) -> Hashable:
    return (job.host, job.user, job.command, job.stdin, job.schedule.text)


def _once(jobs: Iterable[JobPart], key: Callable[[JobPart], Hashable]) -> dict[Hashable, JobPart]:
    groups: defaultdict[Hashable, list[JobPart]] = defaultdict(list)
    for job in jobs:
        groups[key(job)].append(job)
    return {name: found[0] for name, found in groups.items() if len(found) == 1}


def _homes(plan: MigrationPlan) -> Mapping[str, ClusterPart]:
    return {job: cluster for cluster in plan.clusters for job in cluster.jobs}


def _changed(old: JobPart, new: JobPart, was: ClusterPart | None, now: ClusterPart | None) -> Changed:
    values: tuple[tuple[str, str, str], ...] = (
        ("command", old.command, new.command),
        ("schedule", old.schedule.text, new.schedule.text),
        ("time zone", old.schedule.timezone or "not known", new.schedule.timezone or "not known"),
        ("runs", _state(old), _state(new)),
        ("user", old.user or "not named", new.user or "not named"),
        ("host", old.host or "not named", new.host or "not named"),
        ("other hosts", str(len(old.replicas)), str(len(new.replicas))),
        ("owner", old.owner or "nobody", new.owner or "nobody"),
        ("target", _target(was), _target(now)),
        ("shell", old.shell, new.shell),
        ("settings", _set(old, new), _set(new, old)),
        ("units", str(len(old.units)), str(len(new.units))),
        ("branches", str(old.branches), str(new.branches)),
        ("effort", old.effort or "not judged", new.effort or "not judged"),
    )
    if old.id != new.id:
        # Of one id the place is the same: a path may then be written from another folder on.
        values = (*values, ("file", old.origin.path, new.origin.path))
    return Changed(new.id, new.title, str(new.origin), tuple(value for value in values if value[1] != value[2]))


def _set(job: JobPart, other: JobPart) -> str:
    """Write the settings in force at a job that are not so at the other; SHELL is told by itself."""
    named, others = ({line.name: line.value for line in one.settings} for one in (job, other))
    told = [f"{name}={value}" for name, value in named.items() if others.get(name) != value and name != "SHELL"]
    return ", ".join(told) or "none of these"


def _state(job: JobPart) -> str:
    return "yes" if job.active else f"no: {job.inactive_why or 'no reason is known'}"


def _target(cluster: ClusterPart | None) -> str:
    if cluster is None:
        return "none"
    answer = cluster.recommendation
    return answer.target.label + (" (open)" if answer.undecided is not None else " (pinned)" if answer.pinned else "")


def _clusters(
    old: Sequence[ClusterPart], new: Sequence[ClusterPart], became: Mapping[str, str]
) -> tuple[tuple[Named, ...], tuple[Named, ...], tuple[Changed, ...]]:
    """Give what went, came and changed; `became` are jobs with another id now. A cluster of the same jobs stays."""
    before, after = {cluster.id: cluster for cluster in old}, {cluster.id: cluster for cluster in new}
    come = {frozenset(cluster.jobs): cluster for cluster in new if cluster.id not in before}
    pairs = [(cluster, after.get(cluster.id) or come.get(_now(cluster, became))) for cluster in old]
    changed = (_changed_cluster(cluster, other, became) for cluster, other in pairs if other is not None)
    kept = {other.id for _, other in pairs if other is not None}
    return (
        tuple(_named_cluster(cluster) for cluster, other in pairs if other is None),
        tuple(_named_cluster(cluster) for cluster in new if cluster.id not in kept),
        tuple(found for found in changed if found.changes),
    )


def _now(cluster: ClusterPart, became: Mapping[str, str]) -> frozenset[str]:
    return frozenset(became.get(job, job) for job in cluster.jobs)


def _changed_cluster(old: ClusterPart, new: ClusterPart, became: Mapping[str, str]) -> Changed:
    values = [
        ("jobs", f"{len(old.jobs):,}", f"{len(new.jobs):,}"),
        ("target", _target(old), _target(new)),
        ("silent hazards", str(_silent(old)), str(_silent(new))),
    ]
    if len(old.jobs) == len(new.jobs) and _now(old, became) != set(new.jobs):
        values[0] = ("jobs", _members(old, new), _members(new, old))
    return Changed(new.id, new.title, "", tuple(value for value in values if value[1] != value[2]))


def _members(cluster: ClusterPart, other: ClusterPart) -> str:
    return ", ".join(sorted(set(cluster.jobs) - set(other.jobs)))


def _silent(cluster: ClusterPart) -> int:
    return sum(hazard.silent for hazard in cluster.hazards)


def _named(job: JobPart) -> Named:
    return Named(job.id, job.title, str(job.origin))


def _named_cluster(cluster: ClusterPart) -> Named:
    return Named(cluster.id, cluster.title, counted(len(cluster.jobs), "job"))


def _totals(old: MigrationPlan, new: MigrationPlan) -> Iterator[Total]:
    names = ("jobs", "active", "disabled", "clusters", "undecided", "silent_hazards", "questions", "unread", "secrets")
    for name in names:
        yield Total(name.replace("_", " "), getattr(old.counts, name), getattr(new.counts, name))
    yield Total("waves", len(old.waves), len(new.waves))
    yield Total("jobs that move", _moving(old), _moving(new))
    yield Total("switched off by a cut-over", len(old.switched_off), len(new.switched_off))
    for target in Target:
        counts = [Counter(c.recommendation.target for c in plan.clusters)[target] for plan in (old, new)]
        if any(counts):
            yield Total(f"clusters: {target.label}", *counts)


def _moving(plan: MigrationPlan) -> int:
    return sum(len(wave.jobs) for wave in plan.waves)
