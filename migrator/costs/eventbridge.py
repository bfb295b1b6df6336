"""EventBridge Scheduler: each job has a schedule that starts it.

$1 per million invocations after 14 million free a month (https://aws.amazon.com/eventbridge/pricing/). The price of
$1 per million from the first one on is that of custom events on a bus.
"""

from decimal import Decimal

from migrator.costs.compute import compute_lines
from migrator.costs.free_tier import billable, told
from migrator.costs.pricelist import PriceList
from migrator.costs.types import Account, CostLine, Estimate, Workload
from migrator.model import Range, Target

_MILLION = Decimal(1_000_000)


def estimate(work: Workload, account: Account, prices: PriceList) -> Estimate:
    """Give the bill of starting every job by a schedule of its own."""
    return Estimate(Target.EVENTBRIDGE, (starts_line(work, work.starts, account, prices), *compute_lines(work, prices)))


def starts_line(work: Workload, starts: Range | None, account: Account, prices: PriceList) -> CostLine:
    """Give the line for what starts the work: invocations of schedules, or events; replicas are starts of their own."""
    if work.by_event:
        return _events(starts, prices, work.depends_on)
    return _invocations(starts, account, prices, work.depends_on)


def _events(starts: Range | None, prices: PriceList, depends_on: str) -> CostLine:
    price = prices.price("eventbridge_bus.custom_events_per_million")
    return CostLine(
        name="EventBridge events",
        unit="event",
        quantity=starts,
        price=prices.usd(price.key) / _MILLION,
        source=price.cited,
        assumption="one event a start, priced as a custom event from the first one on: $1 per million",
        depends_on=(depends_on or "how often the event comes") if starts is None else "",
    )


def _invocations(starts: Range | None, account: Account, prices: PriceList, depends_on: str) -> CostLine:
    price = prices.price("eventbridge_scheduler.per_million_invocations")
    free = prices.count("eventbridge_scheduler.free_invocations_per_month")
    return CostLine(
        name="Scheduler invocations",
        unit="invocation",
        quantity=billable(starts, account.invocations, free),
        price=prices.usd(price.key) / _MILLION,
        source=price.cited,
        assumption=told(starts, account, free, "invocations"),
        depends_on=(depends_on or "how often the jobs start") if starts is None else "",
    )
