"""Walk to the next fire as robfig/cron's `SpecSchedule.Next` does (spec.go), absolute hours and all.

It differs from a wall clock only around clock changes: it adds absolute hours, so a change by half an hour, or one at
midnight, puts it off the full hour until the next fire.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from migrator.model import CronFields
from migrator.schedules.cron.counts import month_days, year_shape
from migrator.schedules.cron.wall import DAY_MINUTES
from migrator.schedules.cron.zones import Piece

_EPOCH = date(1970, 1, 1).toordinal()
_NOON = 12
_YEARS = 5


class GoClock:
    """A schedule in a zone's pieces. Times are epoch minutes, wall times minutes since 1970-01-01 00:00."""

    def __init__(self, fields: CronFields, zone: list[Piece]) -> None:
        self._fields = fields
        self._pieces = zone
        self._begins = [piece.begin for piece in zone]
        self._now = 0
        self._aligned = False

    def after(self, fire: int, limit: int) -> int | None:
        """Give the first fire after a fire and before a limit; None if there is none."""
        self._now = fire
        # One second later the minute still matches, unless a clock change made it a fire of the wrong hour.
        self._aligned = self._matches()
        return self._walk(limit, fire + 1 if self._aligned else fire)

    def since(self, start: int, limit: int) -> int | None:
        """Give the first fire at or after a minute and before a limit; None if there is none."""
        self._aligned = False
        return self._walk(limit, start)

    def _matches(self) -> bool:
        wall, fields = self._wall(), self._fields
        in_month = fields.month >> self._date().month & 1 and self._day_matches()
        return bool(in_month and fields.hour >> wall // 60 % 24 & 1 and fields.minute >> wall % 60 & 1)

    def _walk(self, limit: int, start: int) -> int | None:
        self._now = start
        last_year = self._date().year + _YEARS
        steps: tuple[Callable[[], bool], ...] = (self._month, self._day, self._hour, self._minute)
        while self._now < limit and self._date().year <= last_year:
            if all(step() for step in steps):
                return self._now if self._now < limit else None
        return None

    def _month(self) -> bool:
        """Go to a month of the schedule; False when a new year asks for a fresh look, as in all steps."""
        while not self._fields.month >> self._date().month & 1:
            today = self._date()
            if not self._aligned:
                self._aligned = True
                today = today.replace(day=1)
                self._now = self._epoch((today.toordinal() - _EPOCH) * DAY_MINUTES)
            year, month = (today.year + 1, 1) if today.month == _NOON else (today.year, today.month + 1)
            ordinal = date(year, month, 1).toordinal() + today.day - 1
            self._now = self._epoch((ordinal - _EPOCH) * DAY_MINUTES + self._wall() % DAY_MINUTES)
            if self._date().month == 1:
                return False
        return True

    def _day(self) -> bool:
        while not self._day_matches():
            if not self._aligned:
                self._aligned = True
                self._now = self._epoch(self._wall() // DAY_MINUTES * DAY_MINUTES)
            self._now = self._epoch(self._wall() + DAY_MINUTES)
            hour = self._wall() // 60 % 24
            if hour:  # midnight does not exist on this day
                self._now += (24 - hour) * 60 if hour > _NOON else -hour * 60
            if self._date().day == 1:
                return False
        return True

    def _hour(self) -> bool:
        while not self._fields.hour >> self._wall() // 60 % 24 & 1:
            if not self._aligned:
                self._aligned = True
                self._now = self._epoch(self._wall() // 60 * 60)
            self._now += 60
            if self._wall() // 60 % 24 == 0:
                return False
        return True

    def _minute(self) -> bool:
        while not self._fields.minute >> self._wall() % 60 & 1:
            self._aligned = True
            self._now += 1
            if self._wall() % 60 == 0:
                return False
        return True

    def _offset(self, minute: int) -> Piece:
        return self._pieces[max(bisect_right(self._begins, minute) - 1, 0)]

    def _wall(self) -> int:
        return self._now + self._offset(self._now).offset

    def _epoch(self, wall: int) -> int:
        """Convert as Go's `time.Date`, which looks the offset up at the wall time taken for UTC."""
        piece = self._offset(wall)
        utc = wall - piece.offset
        if not piece.begin <= utc < piece.end:
            piece = self._offset(utc)
        return wall - piece.offset

    def _date(self) -> date:
        return date.fromordinal(self._wall() // DAY_MINUTES + _EPOCH)

    def _day_matches(self) -> bool:
        today = self._date()
        length, first = year_shape(today.year)[today.month - 1]
        return bool(month_days(self._fields, length, first) >> today.day & 1)
