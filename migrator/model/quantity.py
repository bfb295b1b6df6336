"""Quantities that may be known only as a range. Unknown is `None`, never zero."""

from decimal import Decimal

from migrator.model.frozen import frozen


@frozen(order=True)
class Range:
    """A closed interval, `low` to `high`, in the unit that the field holding it names."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            msg = f"low {self.low} is above high {self.high}"
            raise ValueError(msg)

    @classmethod
    def exactly(cls, amount: int) -> "Range":
        """Give the interval of one whole number."""
        return cls(Decimal(amount), Decimal(amount))

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)

    def scaled(self, factor: Decimal) -> "Range":
        """Multiply both ends by a factor that is not negative."""
        return Range(self.low * factor, self.high * factor)

    @property
    def exact(self) -> bool:
        """Say whether both ends are equal."""
        return self.low == self.high
