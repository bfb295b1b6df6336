"""Figures as a bill prints them."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from migrator.model import Range

_CENT = Decimal("0.01")
_WHOLE_DOLLARS_FROM = Decimal("9.995")
_TENTH = Decimal("0.1")
_WHOLE_FROM = 100


def dollars(amount: Decimal) -> str:
    """Print USD in cents (`$1,046.40`); what is above zero and below a cent is `under $0.01`."""
    if 0 < amount < _CENT:
        return "under $0.01"
    return f"${amount.quantize(_CENT, ROUND_HALF_UP):,}"


def rounded(amount: Decimal) -> str:
    """Print USD for a sentence: cents below ten dollars, whole dollars above, `$0` for nothing."""
    if amount == 0:
        return "$0"
    if abs(amount) < _WHOLE_DOLLARS_FROM:
        return dollars(amount)
    return f"${amount.quantize(Decimal(1), ROUND_HALF_UP):,}"


def rounded_range(amount: Range | None) -> str:
    """Print a range of USD for a sentence, once where both ends print alike; `unknown` for None."""
    if amount is None:
        return "unknown"
    low, high = rounded(amount.low), rounded(amount.high)
    if amount.low == 0 and amount.high < _CENT:
        return high
    return low if low == high else f"{low}–{high}"


def figure(number: Decimal) -> str:
    """Print a number, thousands separated: whole from a hundred on, with one place from one on, else with two."""
    places = Decimal(1) if number >= _WHOLE_FROM else _TENTH if number >= 1 else _CENT
    text = f"{number.quantize(places, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=8192)
def count(number: Decimal) -> str:
    """Print a number of things that come whole: whole from one on, else with at most two places."""
    return f"{number.quantize(Decimal(1), ROUND_HALF_UP):,f}" if number >= 1 else figure(number)


def count_range(amount: Range) -> str:
    """Print a range of counts, once where both ends print alike."""
    low, high = count(amount.low), count(amount.high)
    return low if low == high else f"{low}–{high}"
