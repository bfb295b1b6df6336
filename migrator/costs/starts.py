"""What starts the work: schedules of EventBridge Scheduler, or events on a bus.

$1 per million invocations of schedules after 14 million free a month, $1 per million custom events from the first one
on (https://aws.amazon.com/eventbridge/pricing/).
"""

from decimal import Decimal

from migrator.costs.free_tier import billable, told
from migrator.costs.pricelist import PriceList
from migrator.costs.types import Account, CostLine, Workload
from migrator.model import Range

_MILLION = Decimal(1_000_000)


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
