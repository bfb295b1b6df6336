"""Every target's bill for every cluster, with what the account and an environment divide among several."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter

from migrator.advice.case import Case, compute_of, duration_of
from migrator.advice.choice import Choice, dags_of
from migrator.advice.elsewhere import inexact, why_on_host
from migrator.advice.shape import Shape
from migrator.advice.types import Environment
from migrator.costs import (
    Account,
    Estimate,
    PriceList,
    Share,
    Workload,
    airflow,
    busiest,
    eventbridge,
    mwaa,
    retain,
    shares,
    step_functions,
    workload,
)
from migrator.model import AIRFLOWS, SCHEDULED, Job, Range, Target
from migrator.schedules.compare import Comparison
from migrator.settings import Compute, Existing, Settings

_NOTHING = Range(Decimal(0), Decimal(0))


def workload_of(case: Case, settings: Settings) -> Workload:
    """Measure a case's month, with the durations that settings and manifests state and without inactive jobs."""
    durations = {job.id: said for job in case.jobs if (said := duration_of(job, settings)) is not None}
    computes = {job.id: _priced_on(job, settings).value for job in case.jobs}
    # The proofs may be those of a whole fleet.
    guarded = {job.id for job in case.jobs if _guarded(case.proofs.get(job.id, {}).get(Target.STEP_FUNCTIONS))}
    return workload(case.cluster, case.workflows, durations, {job.id for job in case.active}, computes, guarded)


def _priced_on(job: Job, settings: Settings) -> Compute:
    """Give what a command runs on: its host where a container cannot run it. Lambda is priced as it is to be."""
    asked = compute_of(job, settings)
    kept = asked in (Compute.ECS, Compute.BATCH) and why_on_host(job, job.command, asked.value, inexact(job))
    return Compute.SSM if kept else asked


# What a bill hangs on: no line of it names the cluster.
_ALL_BUT_NAME = attrgetter(*(field.name for field in fields(Workload) if field.name != "cluster"))


def _guarded(proof: Comparison | None) -> bool:
    return proof is not None and proof.form.guard is not None


class Bills:
    """The bills of a portfolio, made from all choices at once.

    A free amount goes to the clusters that are to use it, by their use; what is of unknown number is not counted there.
    """

    def __init__(
        self,
        cases: Sequence[Case],
        works: Mapping[str, Workload],
        choices: Mapping[str, Choice],
        settings: Settings,
        prices: PriceList,
    ) -> None:
        self._works = works
        self._choices = choices
        self._settings = settings
        self._prices = prices
        self._cases = {case.cluster.id: case for case in cases}
        self._dags = {case.cluster.id: dags_of(case) for case in cases}
        self._members = _members(choices)
        self._shares = {key: self._divided(key[0], names) for key, names in self._members.items()}
        users = [name for name in choices if choices[name].target is Target.STEP_FUNCTIONS]
        self._transitions = _sum([works[name].transitions for name in users])
        self._users = len(users)
        started = [name for name in choices if choices[name].target in SCHEDULED and not works[name].by_event]
        starts = [(name, choices[name].target) for name in started]
        self._invocations = _sum([_starts(works[name], target) for name, target in starts])
        self._starters = len(starts)
        self._made: dict[object, tuple[Estimate, ...]] = {}

    def estimates(self, cluster: str) -> tuple[Estimate, ...]:
        """Give the cluster's bill on each target, in the order of the targets. Equal clusters have one bill."""
        choice = self._choices[cluster]
        shares = self._share(cluster, Target.AIRFLOW), self._share(cluster, Target.MWAA)
        key = _ALL_BUT_NAME(self._works[cluster]), choice.target, shares
        if key not in self._made:
            self._made[key] = self._estimates(cluster, *shares)
        return self._made[key]

    def _estimates(self, cluster: str, airflows: Share | None, managed: Share | None) -> tuple[Estimate, ...]:
        work, prices = self._works[cluster], self._prices
        return (
            eventbridge.estimate(work, self._account(cluster, Target.EVENTBRIDGE), prices),
            step_functions.estimate(work, self._account(cluster, Target.STEP_FUNCTIONS), prices),
            airflow.estimate(work, prices, share=airflows, existing=self._exists(Existing.AIRFLOW)),
            mwaa.estimate(work, prices, share=managed, existing=self._exists(Existing.MWAA)),
            retain.estimate(work),
        )

    def environments(self, shapes: Mapping[str, Shape]) -> tuple[Environment, ...]:
        """Give each environment that clusters share, with its whole bill."""
        return tuple(self._environment(target, group, shapes) for target, group in sorted(self._members))

    def _environment(self, target: Target, group: str, shapes: Mapping[str, Shape]) -> Environment:
        names = self._members[target, group]
        dags = sum(self._dags[name] for name in names)
        empty = Workload("", 0, 0, None, None, None, None, dags=dags)
        existing = self._exists(Existing(target.value))
        module = airflow if target is Target.AIRFLOW else mwaa
        decided = [self._choices[name].managed for name in names]
        return Environment(
            target=target,
            name=group,
            clusters=tuple(names),
            jobs=sum(len(shapes[name].moving) for name in names),
            dags=dags,
            estimate=module.estimate(empty, self._prices, existing=existing),
            why=next((managed.why for managed in decided if managed), "pinned by the user"),
            load=self._load(target, names, dags),
        )

    def _load(self, target: Target, names: Sequence[str], dags: int) -> str:
        """Say how many tasks the busiest minute asks for, and what the environment does with them."""
        cases = [self._cases[name] for name in names]
        active = {job.id for case in cases for job in case.active}
        peak = busiest((flow for case in cases for flow in case.workflows), active)
        if peak.tasks < 2:
            return ""
        since = f"{peak.minute // 60:02}:{peak.minute % 60:02}"
        told = f"Up to {peak.tasks:,} tasks side by side from {since} on, what still runs from before not counted"
        crowd = mwaa.crowding(dags, peak.tasks, self._prices) if target is Target.MWAA else ""
        return f"{told}: {crowd}" if crowd else told

    def _divided(self, target: Target, names: Sequence[str]) -> dict[str, Share]:
        dags = {name: self._dags[name] for name in names}
        return mwaa.shared_by(dags, self._prices) if target is Target.MWAA else shares(dags)

    def _share(self, cluster: str, target: Target) -> Share | None:
        return self._shares.get((target, self._choices[cluster].group), {}).get(cluster)

    def _exists(self, kind: Existing) -> bool:
        return self._settings.team.existing is kind

    def _account(self, cluster: str, target: Target) -> Account:
        """Give the account's use if the cluster goes to `target`: as chosen, with this cluster's part exchanged."""
        work, chosen = self._works[cluster], self._choices[cluster].target
        was, now = _starts(work, chosen), _starts(work, target)
        onto = chosen is Target.STEP_FUNCTIONS
        return Account(
            invocations=_exchanged(self._invocations, was, now),
            transitions=self._transitions if onto else self._transitions + (work.transitions or _NOTHING),
            clusters=(self._users + (not onto)) if target is Target.STEP_FUNCTIONS else self._starters + (was is None),
        )


def _members(choices: Mapping[str, Choice]) -> dict[tuple[Target, str], list[str]]:
    found: dict[tuple[Target, str], list[str]] = {}
    for name, choice in sorted(choices.items()):
        if choice.target in AIRFLOWS:
            found.setdefault((choice.target, choice.group), []).append(name)
    return found


def _starts(work: Workload, target: Target) -> Range | None:
    """Give the invocations of schedules; events have a price of their own."""
    if work.by_event:
        return None
    if target is Target.EVENTBRIDGE:
        return work.starts
    return work.runs if target is Target.STEP_FUNCTIONS else None


def _exchanged(total: Range, was: Range | None, now: Range | None) -> Range:
    was, now = was or _NOTHING, now or _NOTHING
    return Range(total.low - was.low + now.low, total.high - was.high + now.high)


def _sum(ranges: Sequence[Range | None]) -> Range:
    total = _NOTHING
    for item in ranges:
        total += item or _NOTHING
    return total
