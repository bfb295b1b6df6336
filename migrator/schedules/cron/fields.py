"""The five fields: their names, bounds and the masks that every dialect gives them."""

from __future__ import annotations

from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A field's name in cron's messages, its least and greatest value, and the names of its values."""

    name: str
    low: int
    high: int
    names: tuple[tuple[str, int], ...] = ()

    @property
    def full(self) -> int:
        """Give the mask of all values."""
        return (2 << self.high) - (1 << self.low)


MINUTE = Bounds("minute", 0, 59)
HOUR = Bounds("hour", 0, 23)
DAY = Bounds("day-of-month", 1, 31)
MONTH = Bounds("month", 1, 12, tuple((name, number) for number, name in enumerate(MONTHS, 1)))
WEEKDAY = Bounds("day-of-week", 0, 7, tuple((name, number) for number, name in enumerate(WEEKDAYS)))
FIELDS = (MINUTE, HOUR, DAY, MONTH, WEEKDAY)

ALL_MINUTES = MINUTE.full
ALL_HOURS = HOUR.full
ALL_DAYS = DAY.full
ALL_MONTHS = MONTH.full
ALL_WEEKDAYS = 0b111_1111


def values(mask: int) -> tuple[int, ...]:
    """List the values of a mask, ascending."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return tuple(found)


def fold_sunday(mask: int) -> int:
    """Make weekday 7 into 0."""
    return (mask | mask >> 7) & ALL_WEEKDAYS
