"""What the managed service costs more, against the upkeep that it takes off the team.

The guide's trigger to leave a self-hosted Airflow: upkeep that costs more than the managed baseline. Hours saved ×
hourly cost stand against MWAA with its network less the self-hosted bill of a comparable shape (decision guide,
overlaps).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from migrator.costs import PriceList, airflow, mwaa, rounded_range
from migrator.model import Range, Target
from migrator.settings import Settings

# Stated beside every answer that rests on them: what is assumed of an hour, and of the work that MWAA takes off.
ASSUMED_HOURLY = Range(Decimal(40), Decimal(200))
ASSUMED_PART_SAVED = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Trade:
    """Leaving self-hosted Airflow for MWAA, USD a month: `saved` is upkeep, `gap` what the service costs more.

    `saved` is None where no hours were measured, `gap` where a class has no known price. `assumed` says what the
    figures rest on besides the settings. The hours are the team's, for all `environments` that are wanted, and so both
    sides are those of all of them.
    """

    saved: Range | None
    gap: Range | None
    assumed: tuple[str, ...] = ()
    environments: int = 1

    @property
    def verdict(self) -> Target | None:
        """Give the cheaper target, None where the ranges overlap or one is unknown."""
        if self.saved is None or self.gap is None:
            return None
        if self.saved.low > self.gap.high:
            return Target.MWAA
        return Target.AIRFLOW if self.saved.high < self.gap.low else None

    @property
    def told(self) -> str:
        """Say both sides with what they rest on."""
        basis = f" ({'; '.join(self.assumed)})" if self.assumed else ""
        return f"upkeep saved is worth {rounded_range(self.saved)} a month{basis}, {self.cost}"

    @property
    def cost(self) -> str:
        """Say what the service costs more."""
        if self.environments == 1:
            return f"MWAA costs {rounded_range(self.gap)} more than a comparable self-hosted Airflow"
        each = f"{self.environments} environments of MWAA cost {rounded_range(self.gap)} more"
        return f"{each} than as many comparable self-hosted ones"


def trade(settings: Settings, dags: Sequence[int], prices: PriceList) -> Trade:
    """Weigh the team's upkeep against the price of the managed service for environments of so many DAGs each."""
    assumed: list[str] = []
    hours = hours_saved(settings, assumed)
    saved = _worth(hours, hourly_cost(settings, assumed)) if hours is not None else None
    gaps = [gap for gap in (price_gap(count, prices) for count in dags) if gap is not None]
    gap = sum(gaps, Range(Decimal(0), Decimal(0))) if len(gaps) == len(dags) else None
    return Trade(saved, gap, tuple(assumed) if saved is not None else (), len(dags))


def price_gap(dags: int, prices: PriceList) -> Range | None:
    """Give what MWAA with its network costs more than a comparable self-hosted Airflow, USD a month."""
    managed, hosted = mwaa.bill(dags, prices), airflow.comparable(prices)
    if managed is None:
        return None
    return Range(managed.low - hosted.high, managed.high - hosted.low)


def hours_saved(settings: Settings, assumed: list[str]) -> Range | None:
    """Give the upkeep hours a month that MWAA takes off, None where nobody measured them."""
    upkeep = settings.team.upkeep_hours
    if upkeep.self_hosted is None:
        return None
    if upkeep.managed is not None:
        left = upkeep.self_hosted - upkeep.managed
        return Range(left, left)
    assumed.append("MWAA is taken to save half of the hours to all of them")
    return Range(upkeep.self_hosted * ASSUMED_PART_SAVED, upkeep.self_hosted)


def hourly_cost(settings: Settings, assumed: list[str]) -> Range:
    """Give USD an engineer's hour; a wide range, and said, where nobody stated it."""
    if settings.team.hourly_cost is not None:
        return Range(settings.team.hourly_cost, settings.team.hourly_cost)
    assumed.append(f"an engineer's hour is taken to cost {rounded_range(ASSUMED_HOURLY)}")
    return ASSUMED_HOURLY


def break_even_hours(settings: Settings, gap: Range) -> tuple[Decimal, Decimal] | None:
    """Give the whole hours of self-hosted upkeep up to which Airflow is cheaper, and from which MWAA is.

    None where an hour costs nothing.
    """
    hourly = hourly_cost(settings, [])
    if hourly.low <= 0:
        return None
    part = Decimal(1) if settings.team.upkeep_hours.managed is not None else ASSUMED_PART_SAVED
    left = settings.team.upkeep_hours.managed or Decimal(0)
    airflow_up_to = (max(gap.low, Decimal(0)) / hourly.high + left).to_integral_value(ROUND_CEILING) - 1
    mwaa_from = (max(gap.high, Decimal(0)) / (hourly.low * part) + left).to_integral_value(ROUND_FLOOR) + 1
    return max(airflow_up_to, Decimal(0)), mwaa_from


def _worth(hours: Range, hourly: Range) -> Range:
    corners = [hours.low * hourly.low, hours.low * hourly.high, hours.high * hourly.low, hours.high * hourly.high]
    return Range(min(corners), max(corners))
