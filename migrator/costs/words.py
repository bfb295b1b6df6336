"""Figures as a bill prints them."""

from decimal import ROUND_HALF_UP, Decimal

from migrator.model import Range

_CENT = Decimal("0.01")


def dollars(amount: Decimal) -> str:
    """Print USD in cents (`$1,046.40`); what is above zero and below a cent is `under $0.01`."""
    if 0 < amount < _CENT:
        return "under $0.01"
    return f"${amount.quantize(_CENT, ROUND_HALF_UP):,}"


def dollar_range(amount: Range | None) -> str:
    """Print a range of USD, once where both ends print alike; `unknown` for None."""
    if amount is None:
        return "unknown"
    low, high = dollars(amount.low), dollars(amount.high)
    return low if low == high else f"{low}–{high}"


def figure(number: Decimal) -> str:
    """Print a count with thousands separated and at most two places."""
    text = f"{number.quantize(_CENT, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".")


def figure_range(amount: Range) -> str:
    """Print a range of counts, once where both ends print alike."""
    low, high = figure(amount.low), figure(amount.high)
    return low if low == high else f"{low}–{high}"
