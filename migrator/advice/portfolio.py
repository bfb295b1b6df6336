"""Other ways to place everything that moves, each with its bill and why it was not taken."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from migrator.advice.choice import ENVIRONMENTS, Choice
from migrator.advice.types import Alternative
from migrator.costs import ComputeUse, PriceList, Workload, airflow, mwaa, mwaa_serverless, retain
from migrator.model import Range, Target
from migrator.settings import Existing, Settings

_NOTHING = Range(Decimal(0), Decimal(0))


def alternatives_of(
    choices: Mapping[str, Choice], works: Mapping[str, Workload], settings: Settings, prices: PriceList
) -> tuple[Alternative, ...]:
    """Give the whole portfolio on one target, and MWAA Serverless for what belongs on Airflow."""
    moving = [name for name, choice in sorted(choices.items()) if choice.target is not Target.RETAIN]
    if not moving:
        return ()
    whole = together([works[name] for name in moving])
    existing = settings.team.existing
    small = sum(choices[name].band.target is not Target.AIRFLOW for name in moving)
    found = [
        Alternative(f"everything that moves on {target.label}", estimate, _too_much(small, moving))
        for target, estimate in (
            (Target.AIRFLOW, airflow.estimate(whole, prices, existing=existing is Existing.AIRFLOW)),
            (Target.MWAA, mwaa.estimate(whole, prices, existing=existing is Existing.MWAA)),
        )
        if any(choices[name].target is not target for name in moving)
    ]
    found.append(Alternative("everything stays", retain.estimate(whole), _staying(choices, moving)))
    on_airflow = [works[name] for name in moving if choices[name].target in ENVIRONMENTS]
    if on_airflow:
        found.append(
            Alternative(
                "what belongs on Airflow on MWAA Serverless",
                mwaa_serverless.estimate(together(on_airflow), prices),
                "also consider: it has no floor, but ignores trigger rules, pools and catch-up and ends tasks after 60 "
                "minutes, and the guide does not know it",
            )
        )
    return tuple(found)


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


def _too_much(small: int, moving: Sequence[str]) -> str:
    if not small:
        return "the other kind of environment fits the team and its money better, or was not asked for"
    if small == len(moving):
        return "nothing here needs an Airflow" if small > 1 else "what moves needs no Airflow"
    need = "needs" if small == 1 else "need"
    return (
        f"{small} of {len(moving)} clusters {need} no Airflow: a shared environment lowers the price of what belongs "
        "there, and never draws in what does not"
    )


def _staying(choices: Mapping[str, Choice], moving: Sequence[str]) -> str:
    ordered = sum(choices[name].target is not Target.EVENTBRIDGE for name in moving)
    if not ordered:
        return "a full option as long as the hosts stay and failures are seen: nothing here depends on another job"
    if len(moving) == 1:
        return "cron keeps its order by the clock alone"
    depend = "cluster depends" if ordered == 1 else "clusters depend"
    return f"{ordered} {depend} on an order that cron keeps by the clock alone"


def _sum(ranges: Iterable[Range | None]) -> Range | None:
    total = _NOTHING
    for item in ranges:
        if item is None:
            return None
        total += item
    return total
