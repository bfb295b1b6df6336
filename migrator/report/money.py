"""Money in words. An unknown bill is never zero."""

from collections.abc import Iterable

from migrator.plan.clusters import EstimatePart, LinePart
from migrator.plan.parts import RangePart

_CENT = 0.01


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
