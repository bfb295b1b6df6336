"""Whether the move pays for itself: its hours and their cost against what it saves a month.

A schedule costs nothing on cron, so what a move saves is hosts that can be switched off and upkeep that falls away.
Mostly it saves nothing, and then this says so. What nobody stated stays unknown, and is named.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from migrator.advice.case import Case
from migrator.advice.types import Payback, Recommendation, RunsOn, Verdict
from migrator.costs import rounded, rounded_range
from migrator.model import Range, Target
from migrator.model.wording import some
from migrator.settings import Existing, Settings

SIZES = ("small", "medium", "large")
_NAMED = 5


@dataclass(slots=True)
class _Sum:
    """A sum in USD a month of which an end is open (None) where something unknown was added."""

    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    why: list[str] = field(default_factory=list)

    def add(self, low: Decimal | None, high: Decimal | None, why: str) -> None:
        """Add an amount; None leaves that end open."""
        self.low = None if self.low is None or low is None else self.low + low
        self.high = None if self.high is None or high is None else self.high + high
        self.why.append(why)

    @property
    def amount(self) -> Range | None:
        """Give the range where both ends are known."""
        return None if self.low is None or self.high is None else Range(self.low, self.high)


def payback_of(answers: Sequence[Recommendation], cases: Sequence[Case], settings: Settings) -> Payback | None:
    """Weigh the whole move; None where nothing moves."""
    moving = [answer for answer in answers if answer.target is not Target.RETAIN]
    counts = Counter(effort.size for answer in moving for effort in answer.efforts)
    sizes = tuple((size, counts[size]) for size in SIZES if counts[size])
    if not sizes:
        return None
    saved = _Sum()
    _add_bills(saved, moving)
    _add_upkeep(saved, moving, settings)
    some = any(job.has_host for case in cases for job in case.active)
    _add_hosts(
        saved, emptied_hosts(answers, cases), settings, "commands go on running on each" if some else "none is named"
    )
    hours, missing = _hours(sizes, settings)
    cost = None
    if hours is not None and settings.team.hourly_cost is not None:
        cost = hours.scaled(settings.team.hourly_cost)
    elif hours is not None:
        missing = ("an engineer's hour is not stated: set team.hourly_cost",)
    verdict = _verdict(saved)
    return Payback(
        sizes=sizes,
        hours=hours,
        cost=cost,
        saving=saved.amount,
        months=_months(cost, saved.amount) if verdict is Verdict.PAYS_BACK else None,
        verdict=verdict,
        why=(*saved.why, *missing),
    )


def emptied_hosts(answers: Sequence[Recommendation], cases: Sequence[Case]) -> tuple[str, ...]:
    """Name the hosts on which no command of a job that was read runs any more, but the host's own upkeep."""
    places = {placed.job: placed.runs_on for answer in answers for placed in answer.placements}
    left: defaultdict[str, Counter[RunsOn]] = defaultdict(Counter)
    for case in cases:
        ignored = {job.id: RunsOn.CRON for job in case.jobs if job.inactive and job.inactive.ignored}
        for job in case.jobs:
            where = ignored.get(job.id) or (places.get(job.id) if job.active else None)
            if where is not None and job.has_host:
                for host in {job.host or "", *(replica.host for replica in job.replicas)}:
                    left[host][where] += 1
    kept = {RunsOn.CRON, RunsOn.HOST}
    return tuple(sorted(host for host, found in left.items() if found[RunsOn.AWS] and not kept & found.keys()))


def _add_bills(saved: _Sum, moving: Sequence[Recommendation]) -> None:
    unknown = 0
    low = high = Decimal(0)
    for answer in moving:
        bill = next((e.monthly for e in answer.estimates if e.target is answer.target), None)
        if bill is None:
            unknown += 1
        else:
            low, high = low + bill.low, high + bill.high
    if unknown:
        open_bills = "the bill of 1 cluster is" if unknown == 1 else f"the bills of {unknown:,} clusters are"
        saved.add(None, -low, f"{open_bills} not known; the others are {rounded_range(Range(low, high))} a month")
    else:
        saved.add(-high, -low, f"cron costs nothing, the targets {rounded_range(Range(low, high))} a month")


def _add_upkeep(saved: _Sum, moving: Sequence[Recommendation], settings: Settings) -> None:
    for target, existing, hours in (
        (Target.AIRFLOW, Existing.AIRFLOW, settings.team.upkeep_hours.self_hosted),
        (Target.MWAA, Existing.MWAA, settings.team.upkeep_hours.managed),
    ):
        if settings.team.existing is existing or all(answer.target is not target for answer in moving):
            continue
        hourly = settings.team.hourly_cost
        if hours is None or hourly is None:
            saved.add(None, Decimal(0), f"what the upkeep of {target.label} takes is not stated: hours and their cost")
        else:
            worth = hours * hourly
            saved.add(-worth, -worth, f"upkeep of {target.label}: {hours:f} hours a month, {rounded(worth)}")


def _add_hosts(saved: _Sum, hosts: Sequence[str], settings: Settings, why_none: str) -> None:
    unstated = [host for host in hosts if host not in settings.host_costs]
    for host in hosts:
        if host in settings.host_costs:
            cost = settings.host_costs[host]
            saved.add(cost, cost, f"{host} can go, {rounded(cost)} a month, if nothing but these jobs runs there")
    if unstated:
        named = some([host or "the host" for host in unstated], _NAMED)
        saved.add(Decimal(0), None, f"{named} could go; set host_costs to count what that saves")
    if not hosts:
        saved.add(Decimal(0), Decimal(0), f"no host becomes free: {why_none}")


def _hours(sizes: Sequence[tuple[str, int]], settings: Settings) -> tuple[Range | None, tuple[str, ...]]:
    said: Mapping[str, Decimal | None] = {size: getattr(settings.team.effort_hours, size) for size in SIZES}
    missing = [size for size, _ in sizes if said[size] is None]
    if missing:
        *former, last = [f"a {size}" for size in missing]
        named = f"{', '.join(former)} and {last}" if former else last
        return None, (f"the hours of {named} move are not stated: set team.effort_hours",)
    hours = sum(((said[size] or Decimal(0)) * count for size, count in sizes), Decimal(0))
    return Range(hours, hours), ()


def _verdict(saved: _Sum) -> Verdict:
    if saved.high is not None and saved.high <= 0:
        return Verdict.SAVES_NOTHING
    if saved.low is not None and saved.low > 0:
        return Verdict.PAYS_BACK
    return Verdict.OPEN if saved.amount is not None else Verdict.UNKNOWN


def _months(cost: Range | None, saving: Range | None) -> Range | None:
    if cost is None or saving is None:
        return None
    return Range(cost.low / saving.high, cost.high / saving.low)
