"""Other ways to place everything that moves, each with its bill and why it was not taken."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from migrator.advice.case import Case
from migrator.advice.choice import Choice
from migrator.advice.serverless import nothing_fits, shortcomings
from migrator.advice.shape import Keeper, Shape
from migrator.advice.types import Alternative
from migrator.costs import ComputeUse, Estimate, PriceList, Workload, airflow, mwaa, mwaa_serverless, retain
from migrator.model import AIRFLOWS, Range, Target
from migrator.settings import Existing, Settings

_NOTHING = Range(Decimal(0), Decimal(0))


def alternatives_of(
    cases: Sequence[Case],
    shapes: Mapping[str, Shape],
    choices: Mapping[str, Choice],
    works: Mapping[str, Workload],
    settings: Settings,
    prices: PriceList,
) -> tuple[Alternative, ...]:
    """Give the whole portfolio on one target, and MWAA Serverless for what goes to Airflow."""
    moving = [name for name, choice in sorted(choices.items()) if choice.target is not Target.RETAIN]
    if not moving:
        return ()
    whole = together([works[name] for name in moving])
    groups: dict[str, list[Workload]] = {}
    for name in moving:
        groups.setdefault(choices[name].group, []).append(works[name])
    apart = [together(groups[group]) for group in sorted(groups)]
    existing = settings.team.existing
    found = [
        Alternative(
            f"everything that moves on {target.label}{_each(apart)}",
            Estimate(target, tuple(line for estimate in estimates for line in estimate.lines)),
            _too_much(target, [choices[n] for n in moving]),
        )
        for target, estimates in (
            (Target.AIRFLOW, [airflow.estimate(one, prices, existing=existing is Existing.AIRFLOW) for one in apart]),
            (Target.MWAA, [mwaa.estimate(one, prices, existing=existing is Existing.MWAA) for one in apart]),
        )
        if any(choices[name].target is not target for name in moving)
    ]
    by_id = {case.cluster.id: case for case in cases}
    going = [(by_id[name], shapes[name]) for name in moving]
    found.append(Alternative("everything stays", retain.estimate(whole), _staying(going, choices)))
    return (*found, *_serverless(going, choices, works, settings, prices))


def _each(groups: Sequence[Workload]) -> str:
    """Say that groups which may not share an environment have one each."""
    return f", {len(groups)} environments for groups that share none" if len(groups) > 1 else ""


def _serverless(
    moving: Sequence[tuple[Case, Shape]],
    choices: Mapping[str, Choice],
    works: Mapping[str, Workload],
    settings: Settings,
    prices: PriceList,
) -> Iterator[Alternative]:
    """Offer it for what goes to Airflow; not where an environment runs already, nor where no task would be done."""
    existing = settings.team.existing
    going = [
        (case, shape)
        for case, shape in moving
        if (target := choices[case.cluster.id].target) in AIRFLOWS
        and not (existing is not None and existing.value == target.value)
        and not nothing_fits(case, shape, settings)
    ]
    if going:
        bill = mwaa_serverless.estimate(together([works[case.cluster.id] for case, _ in going]), prices)
        told = shortcomings(going, settings)
        why = f"also consider: it has no floor, but the guide does not know it, and {told}"
        yield Alternative("what goes to Airflow, on MWAA Serverless", bill, why)


def together(works: Sequence[Workload]) -> Workload:
    """Add workloads up; what is unknown of one is unknown of all."""
    kinds = sorted({use.compute for work in works for use in work.compute})
    uses = {kind: [use for work in works for use in work.compute if use.compute == kind] for kind in kinds}
    return Workload(
        cluster="",
        workflows=sum(work.workflows for work in works),
        tasks=sum(work.tasks for work in works),
        runs=_sum(work.runs for work in works),
        transitions=_sum(work.transitions for work in works),
        task_hours=_sum(work.task_hours for work in works),
        longest=None,
        dags=sum(max(1, work.dags) for work in works),
        starts=_sum(work.starts for work in works),
        compute=tuple(
            ComputeUse(kind, _sum(use.commands for use in found), _sum(use.hours for use in found))
            for kind, found in uses.items()
        ),
        depends_on=next((work.depends_on for work in works if work.depends_on), ""),
    )


def _too_much(target: Target, moving: Sequence[Choice]) -> str:
    """Say why not everything goes to one kind of environment; what the users pinned is theirs and is not weighed."""
    pinned = sum(choice.pinned and choice.target is not target for choice in moving)
    small = sum(not choice.pinned and choice.band.target is not Target.AIRFLOW for choice in moving)
    found = []
    if pinned:
        are = "1 cluster is" if pinned == 1 else f"{pinned:,} clusters are"
        found.append("the users pinned it elsewhere" if len(moving) == 1 else f"{are} pinned elsewhere by the users")
    if small == len(moving):
        found.append("nothing here needs an Airflow" if small > 1 else "what moves needs no Airflow")
    elif small:
        need = "needs" if small == 1 else "need"
        found.append(
            f"{small} of {len(moving)} clusters {need} no Airflow: a shared environment lowers the price of what "
            "belongs there, and never draws in what does not"
        )
    return "; ".join(found) or "the other kind of environment fits the team and its money better, or was not asked for"


def _staying(moving: Sequence[tuple[Case, Shape]], choices: Mapping[str, Choice]) -> str:
    """Say what staying would leave as it is: an order that the clock alone keeps, a script, something unnamed."""
    ordered = Counter(
        shape.keeper for case, shape in moving if choices[case.cluster.id].target is not Target.EVENTBRIDGE
    )
    if not ordered:
        return "a full option as long as the hosts stay and failures are seen: nothing here depends on another job"
    found = []
    if count := ordered[Keeper.CLOCK]:
        depend = "cluster depends" if count == 1 else "clusters depend"
        found.append(f"{count} {depend} on an order that cron keeps by the clock alone")
    if count := ordered[Keeper.WAITS]:
        clusters = "1 cluster" if count == 1 else f"{count} clusters"
        found.append(f"in {clusters} jobs wait for each other's data, and nobody sees it when one gives up")
    if count := ordered[Keeper.TRIGGERS]:
        have = "cluster has" if count == 1 else "clusters have"
        found.append(f"{count} {have} jobs that are started after others by what no file names")
    if count := ordered[Keeper.SCRIPT]:
        of = "script of several units runs" if count == 1 else "scripts of several units run"
        found.append(f"{count} {of} again as a whole when one unit fails")
    return "; ".join(found)


def _sum(ranges: Iterable[Range | None]) -> Range | None:
    total = _NOTHING
    for item in ranges:
        if item is None:
            return None
        total += item
    return total
