"""Which days a schedule means, with cron's star rule worked out once."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from migrator.model import CronFields
from migrator.schedules.forms.day_test import DayTest

ALL_DAYS = (1 << 32) - 2
ALL_WEEKDAYS = 0b1111111
ALL_MONTHS = (1 << 13) - 2
_WEEKS = range(1, 6)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORT_FEBRUARY = 28


@dataclass(frozen=True, slots=True)
class DayRule:
    """Days of the month and of the week as masks, both to hold, or `either`; `last` asks for the month's last day."""

    days: int
    weekdays: int
    either: bool = False
    last: bool = False

    def allows(self, day: date) -> bool:
        """Say whether the rule holds on a date."""
        by_day = bool(self.days >> day.day & 1)
        by_weekday = bool(self.weekdays >> (day.isoweekday() % 7) & 1)
        if self.last and day.day != monthrange(day.year, day.month)[1]:
            return False
        return by_day or by_weekday if self.either else by_day and by_weekday

    @property
    def by_day(self) -> bool:
        """Say whether days of the month are left out."""
        return self.days != ALL_DAYS

    @property
    def by_weekday(self) -> bool:
        """Say whether weekdays are left out."""
        return self.weekdays != ALL_WEEKDAYS

    @property
    def weeks(self) -> tuple[int, ...]:
        """Give the weeks of a month that make up the days (1–7 is the first, 29–31 the fifth); empty if none do."""
        inside = tuple(week for week in _WEEKS if self.days & _week(week) == _week(week))
        return inside if self.days == sum(_week(week) for week in inside) else ()

    def ever(self, months: int) -> bool:
        """Say whether any day of the months matches; only a test that was joined can make it none."""
        lengths = _lengths(months)
        if self.last:
            return any(self.days >> length & 1 for length in lengths) and self.weekdays != 0
        has_day = bool(self.days & ((2 << max(lengths)) - 2))
        return has_day or self.weekdays != 0 if self.either else has_day and self.weekdays != 0

    def joined(self, test: DayTest, months: int) -> DayRule | None:
        """Give the days on which a test of the command holds too; None where no one rule says it."""
        if self.either:
            return None
        days = self.days & test.days
        if test.last_day and all(days >> length & 1 for length in _lengths(months)):
            # Every day that can be the last is among them (28–31 before such a test): the test says it all.
            days = ALL_DAYS
        return DayRule(days, self.weekdays & test.weekdays, last=test.last_day)


def day_rule(fields: CronFields) -> DayRule:
    """Give the days of a schedule.

    Debian's and cronie's `find_jobs`: a day field that begins with `*` makes the two AND, otherwise they are OR.
    """
    days, weekdays = fields.day & ALL_DAYS, fields.weekday & ALL_WEEKDAYS
    if fields.day_star or fields.weekday_star:
        return DayRule(days, weekdays)
    if days == ALL_DAYS or weekdays == ALL_WEEKDAYS:
        return DayRule(ALL_DAYS, ALL_WEEKDAYS)
    if not days or not weekdays:
        return DayRule(days or ALL_DAYS, weekdays or ALL_WEEKDAYS)
    return DayRule(days, weekdays, either=True)


def _week(number: int) -> int:
    return 0b1111111 << (7 * number - 6) & ALL_DAYS


def _lengths(months: int) -> set[int]:
    """Give the lengths that the months of a mask can have."""
    found = {length for month, length in enumerate(_LONGEST, 1) if months >> month & 1}
    return found | {_SHORT_FEBRUARY} if months >> 2 & 1 else found
