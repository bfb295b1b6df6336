"""Free amounts that an account is given once a month, allocated to those who use it.

Each cluster gets the part of the free amount that it has of the account's use, so that the clusters' bills add up to
the account's: 300 clusters of 3,900 transitions are not free.
"""

from decimal import Decimal

from migrator.costs.types import Account
from migrator.costs.words import count, count_range
from migrator.model import Range

_PLACES = Decimal("0.000001")


def billable(own: Range | None, account: Range | None, free: Decimal) -> Range | None:
    """Give what is paid of `own` use; of an unknown account, all or none of the free amount may be left."""
    if own is None:
        return None
    if account is None:
        return Range(max(Decimal(0), own.low - free), own.high)
    return Range(_beyond(own.low, account.low, free), _beyond(own.high, account.high, free))


def told(own: Range | None, account: Account, free: Decimal, what: str) -> str:
    """Say how much is used and who shares the free amount."""
    if own is None:
        return f"{count(free)} {what} a month are free, once for the account"
    others = f", shared by {account.clusters:,} clusters" if account.clusters > 1 else ""
    return f"{count_range(own)} {what} a month; {count(free)} are free, once for the account{others}"


def _beyond(own: Decimal, account: Decimal, free: Decimal) -> Decimal:
    total = max(own, account)
    if total <= free:
        return Decimal(0)
    return (own - free * own / total).quantize(_PLACES)
