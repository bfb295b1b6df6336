"""Money in words. An unknown bill is never zero."""

import re
from collections.abc import Iterable

from migrator.plan import MigrationPlan
from migrator.plan.clusters import EstimatePart, LinePart
from migrator.plan.parts import RangePart

_CENT = 0.01
_WHOLE = frozenset({"invocation", "transition", "event", "host"})
"""Units that come whole: no bill has a third of an invocation, though a month has on average."""
_STANDINGS = ("verified", "secondary")


def usd(amount: RangePart | None, unknown: str = "not known") -> str:
    """Write an amount or a range in US dollars: `$0`, `$0.75`, `$36–$107`."""
    if amount is None:
        return unknown
    low, high = dollars(amount.low), dollars(amount.high)
    if amount.low == 0 and amount.high < _CENT:
        return high
    return low if low == high else f"{low}–{high}"


def dollars(value: float) -> str:
    """Write one amount: cents below ten dollars, whole dollars above; what rounds to no cent is not called zero."""
    if value == 0:
        return "$0"
    if value < _CENT:
        return "under $0.01"
    return f"${value:.2f}" if value < 9.995 else f"${value:,.0f}"


def bill(estimate: EstimatePart | None) -> str:
    """Write a bill's monthly total, or what it depends on."""
    if estimate is None:
        return "not estimated"
    return usd(estimate.monthly, unknown_because(estimate.lines))


def unknown_because(lines: Iterable[LinePart]) -> str:
    """Say what the unknown lines depend on."""
    causes = dict.fromkeys(line.depends_on for line in lines if line.monthly is None and line.depends_on)
    return f"depends on {', '.join(causes)}" if causes else "not known"


def prices_of(plan: MigrationPlan) -> str:
    """Say that the prices are of another region than the settings', as a clause; empty where they are not."""
    return f"prices of {plan.price_region}, not of {plan.region}" if plan.priced_elsewhere else ""


def calculation(line: LinePart) -> str:
    """Write quantity times price; nothing where that says no more than the amount."""
    if line.quantity is not None and (not line.price or not line.quantity.high or line.price == 1):
        return ""
    price = f"${_price(line.price)} per {line.unit}"
    return price if line.quantity is None else f"{_figures(line.quantity, line.unit)} × {price}"


def price_standing(line: LinePart) -> str:
    """Say how surely the line's price is known, as its source does; nothing where there is no price to doubt."""
    if not line.price and line.monthly is not None:
        return ""
    said = re.split(r"[,;] ", line.source)
    return f"price {next((word for word in _STANDINGS if word in said), 'unverified')}"


def _price(value: float) -> str:
    # A price is at most a dozen decimals long; no exponent, and no zeros at the end.
    text = f"{value:,.12f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"{whole}.{part:0<2}" if part else whole


def _figures(amount: RangePart, unit: str) -> str:
    low, high = (_figure(value, whole=unit in _WHOLE) for value in (amount.low, amount.high))
    return low if low == high else f"{low}–{high}"


def _figure(value: float, *, whole: bool) -> str:
    if 0 < value < _CENT:
        return "under 0.01"
    places = 0 if value >= 100 or (whole and value >= 1) else 1 if value >= 1 else 2
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
