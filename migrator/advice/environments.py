"""Self-hosted Airflow or MWAA: one answer for all clusters that share an environment.

Precedence (decision guide, readings): what exists, measured money, the guide's rule about team and cost, else what
each value would give. The guide's rule: twenty jobs with intricate dependencies and three engineers or more justify
MWAA; fewer than three, or a tight budget, do not; between five and nineteen jobs money decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from migrator.advice.money import ASSUMED_HOURLY, Trade, break_even_hours, trade
from migrator.costs import PriceList, rounded, rounded_range
from migrator.model import Target
from migrator.settings import Existing, Settings

MANAGED_JOBS = 20
SHARED_JOBS = 5
MANAGED_ENGINEERS = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """What wants an environment: `jobs` of clusters whose own band is Airflow (never replicas), their DAGs, owners."""

    name: str
    jobs: int
    dags: int
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Managed:
    """Which kind of environment a demand gets, and why; `undecided` says what the answer depends on."""

    target: Target
    why: str
    trade: Trade
    demand: Demand
    undecided: str | None = None


def decide_all(demands: Iterable[Demand], settings: Settings, prices: PriceList) -> dict[str, Managed]:
    """Choose between self-hosted Airflow and MWAA for each environment that is wanted, by its name."""
    wanted = tuple(demands)
    weighed = trade(settings, [demand.dags for demand in wanted], prices) if wanted else None
    return {demand.name: _decide(demand, settings, weighed) for demand in wanted if weighed is not None}


def _decide(demand: Demand, settings: Settings, weighed: Trade) -> Managed:
    if settings.team.existing is Existing.MWAA:
        return Managed(Target.MWAA, "MWAA runs already and is paid for", weighed, demand)
    if weighed.verdict is not None:
        return Managed(weighed.verdict, weighed.told, weighed, demand)
    by_guide = _by_guide(demand, settings, weighed)
    if weighed.saved is not None and weighed.gap is not None:
        open_money = f"{weighed.told}: the ranges overlap, so it depends on the exact figures"
        return replace(by_guide, undecided=_with_turning_point(open_money, settings, weighed))
    return by_guide


def engineers_for(demand: Demand, settings: Settings) -> int | None:
    """Give the engineers who would share the environment, None where nobody said."""
    team = settings.team
    if demand.name and demand.owners and all(owner in team.owners for owner in demand.owners):
        return sum(team.owners[owner] for owner in demand.owners)
    if team.engineers is not None:
        return team.engineers
    return sum(team.owners.values()) if team.owners else None


def isolation_group(owners: Sequence[str], settings: Settings) -> str:
    """Name the first isolation group that one of the owners is in, empty for the environment of all others."""
    for group in settings.isolation:
        if any(owner in group for owner in owners):
            return ", ".join(group)
    return ""


def _by_guide(demand: Demand, settings: Settings, weighed: Trade) -> Managed:
    engineers = engineers_for(demand, settings)
    if settings.team.existing is Existing.AIRFLOW:
        why = "Airflow runs already, and no measured upkeep says that it should be left"
        return Managed(Target.AIRFLOW, why, weighed, demand)
    if settings.team.cost_sensitive:
        return Managed(Target.AIRFLOW, "money is short: host it yourself first, leave later", weighed, demand)
    if engineers is not None and engineers < MANAGED_ENGINEERS:
        why = f"{engineers} engineers are too few for the managed baseline, and no measured upkeep justifies it"
        return Managed(Target.AIRFLOW, why, weighed, demand)
    if demand.jobs < SHARED_JOBS:
        why = f"{demand.jobs} {'job does' if demand.jobs == 1 else 'jobs do'} not justify the managed baseline"
        return Managed(Target.AIRFLOW, why, weighed, demand)
    if demand.jobs >= MANAGED_JOBS:
        return _many_jobs(demand, engineers, settings, weighed)
    text = f"{demand.jobs} jobs are fewer than the {MANAGED_JOBS} that justify MWAA by themselves: " + _by_hours(
        settings, weighed
    )
    if engineers is None:
        text += f"; with fewer than {MANAGED_ENGINEERS} engineers or a tight budget Airflow on EC2"
    why = "the guide starts self-hosted and leaves when the upkeep hurts"
    return Managed(Target.AIRFLOW, why, weighed, demand, undecided=text)


def _many_jobs(demand: Demand, engineers: int | None, settings: Settings, weighed: Trade) -> Managed:
    why = f"{demand.jobs} jobs with intricate dependencies"
    if engineers is not None:
        return Managed(Target.MWAA, f"{why} and {engineers} engineers who share them", weighed, demand)
    text = (
        f"{why} ask for MWAA, and nothing says who would run them: with fewer than {MANAGED_ENGINEERS} engineers or a "
        f"tight budget Airflow on EC2, with {MANAGED_ENGINEERS} engineers or more MWAA; measured upkeep goes before "
        f"both: {_by_hours(settings, weighed)}"
    )
    return Managed(Target.MWAA, why, weighed, demand, undecided=text)


def _by_hours(settings: Settings, weighed: Trade) -> str:
    if weighed.gap is None:
        return "MWAA's price for so many DAGs is not known"
    turning = _turning_point(settings, weighed)
    worth = weighed.cost.replace(" more than", " a month more than")
    return f"{worth}, and {turning}" if turning else worth


def _with_turning_point(text: str, settings: Settings, weighed: Trade) -> str:
    turning = _turning_point(settings, weighed)
    return f"{text}; {turning}" if turning else text


def _turning_point(settings: Settings, weighed: Trade) -> str:
    hours = break_even_hours(settings, weighed.gap) if weighed.gap is not None else None
    if hours is None:
        return ""
    hourly = settings.team.hourly_cost
    price = (
        f"at {rounded(hourly)} an hour" if hourly is not None else f"if an hour costs {rounded_range(ASSUMED_HOURLY)},"
    )
    few = f"fewer than {hours[0] + 1} hours" if hours[0] else "less than an hour"
    many = "an hour" if hours[1] == 1 else f"{hours[1]} hours"
    return f"{price} the answer is Airflow on EC2 with {few} of upkeep a month and MWAA with {many} or more"
