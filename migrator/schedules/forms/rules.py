"""Which days a schedule means, with cron's star rule worked out once."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from migrator.model import CronFields
from migrator.schedules.forms.day_test import DayTest

ALL_DAYS = (1 << 32) - 2
ALL_WEEKDAYS = 0b1111111
ALL_MONTHS = (1 << 13) - 2
_WEEK = 0b1111111
# The longest length of each month; a day beyond it never comes.
_LONGEST = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


@dataclass(frozen=True, slots=True)
class DayRule:
    """Days of the month and of the week as masks, both to hold, or `either`; `last` adds the last day of the month."""

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
    def week(self) -> int | None:
        """Give n where the days are exactly those of a month's n-th week (1–7, 8–14, …; 29–31 is the fifth)."""
        for number in range(1, 6):
            if self.days == _WEEK << (7 * number - 6) & ALL_DAYS:
                return number
        return None


def day_rule(fields: CronFields, test: DayTest | None = None) -> DayRule | None:
    """Give the days of a schedule; with a test of the command, those of both, or None where no one rule says it.

    Debian's and cronie's `find_jobs`: a day field that begins with `*` makes the two AND, otherwise they are OR.
    """
    both = fields.day_star or fields.weekday_star
    rule = DayRule(fields.day & ALL_DAYS, fields.weekday & ALL_WEEKDAYS, either=not both)
    if rule.either:
        rule = _simplified(rule)
    if test is None:
        return rule
    if rule.either:
        return None
    return _last_day(DayRule(rule.days & test.days, rule.weekdays & test.weekdays, last=test.last_day), fields.month)


def _simplified(rule: DayRule) -> DayRule:
    if not rule.by_day or not rule.by_weekday:
        return DayRule(ALL_DAYS, ALL_WEEKDAYS)
    if not rule.days:
        return DayRule(ALL_DAYS, rule.weekdays)
    if not rule.weekdays:
        return DayRule(rule.days, ALL_WEEKDAYS)
    return rule


def _last_day(rule: DayRule, months: int) -> DayRule:
    """Drop the days where they hold every day that can be the last of the months (28–31 before a test for it)."""
    if not rule.last:
        return rule
    possible = {length for month, length in _LONGEST.items() if months >> month & 1}
    possible |= {28} if months >> 2 & 1 else set()
    return replace(rule, days=ALL_DAYS) if all(rule.days >> day & 1 for day in possible) else rule
