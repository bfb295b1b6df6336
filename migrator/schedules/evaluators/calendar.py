"""Local time to instants, for evaluators only: the cron side has its own, so that one fault can't hide in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 1440
Midnights = tuple[int, ...]
Times = tuple[int, ...]
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Fires:
    """The fires of a span, whole days kept short.

    `whole` holds the epoch minutes of local midnights, beside the minutes after each, for whole days of 1,440 minutes;
    no midnight stands twice. `minutes` are the epoch minutes of all other fires; one that stands twice fires twice.
    """

    whole: list[tuple[Midnights, Times]] = field(default_factory=list)
    minutes: list[int] = field(default_factory=list)

    @property
    def days(self) -> dict[int, Times]:
        """Give the minutes after each midnight."""
        found: dict[int, Times] = {}
        for midnights, times in self.whole:
            found.update(dict.fromkeys(midnights, times))
        return found

    def add(self, midnights: Midnights, times: Times, low: int, high: int) -> None:
        """Add the times of days, those from `low` to `high` (epoch minutes, excluded); the first day may lie across."""
        first = midnights[0]
        if low <= first and first + MINUTES_PER_DAY <= high:
            self.whole.append((midnights, times))
            return
        self.minutes.extend(first + time for time in times if low <= first + time < high)
        if len(midnights) > 1:
            self.whole.append((midnights[1:], times))

    def all_minutes(self) -> list[int]:
        """Give all epoch minutes, sorted."""
        found = [midnight + time for midnights, times in self.whole for midnight in midnights for time in times]
        return sorted(found + self.minutes) if self.minutes else sorted(found)


@dataclass(frozen=True, slots=True)
class Run:
    """Days of a span, in order, whose clock runs plainly and alike; or one day on which it does not (no midnights).

    Only the first may lie across the span's ends.
    """

    days: tuple[date, ...]
    midnights: Midnights = ()


def runs(days: Iterable[tuple[date, int | None]], low: int, high: int) -> tuple[Run, ...]:
    """Group days and the epoch minutes of their midnights (None where the clock changes) by the clock they run on."""
    found: list[Run] = []
    open_: list[tuple[date, int]] = []

    def close() -> None:
        if open_:
            found.append(Run(tuple(day for day, _ in open_), tuple(midnight for _, midnight in open_)))
            open_.clear()

    for day, midnight in days:
        if midnight is None:
            close()
            found.append(Run((day,)))
            continue
        if open_:
            last, before = open_[-1]
            alike = midnight - before == (day - last).days * MINUTES_PER_DAY
            if not alike or before < low or midnight + MINUTES_PER_DAY > high:
                close()
        open_.append((day, midnight))
    close()
    return tuple(found)


def together(several: Sequence[Fires]) -> Fires:
    """Give the fires of several in one, each as often as it stands there."""
    if len(several) == 1:
        return several[0]
    days: dict[int, Times] = {}
    for fires in several:
        for midnight, times in fires.days.items():
            known = days.get(midnight)
            days[midnight] = tuple(sorted(known + times)) if known else times
    return Fires(runs_of_equal(days), sorted(minute for fires in several for minute in fires.minutes))


def runs_of_equal(days: Mapping[int, Times]) -> list[tuple[Midnights, Times]]:
    """Gather midnights by the minutes after them."""
    found: dict[Times, list[int]] = {}
    for midnight, times in days.items():
        found.setdefault(times, []).append(midnight)
    return [(tuple(midnights), times) for times, midnights in found.items()]


@lru_cache(maxsize=16)
def month_table(zone: ZoneInfo, start: int, end: int) -> tuple[tuple[int, int, dict[int, int | None]], ...]:
    """Give the local months that touch a span: year, month, and by day the epoch minute of its midnight.

    The minute is None where the clock does not run plainly through the day.
    """
    months: dict[tuple[int, int], dict[int, int | None]] = {}
    for day in days_between(zone, start, end):
        months.setdefault((day.year, day.month), {})[day.day] = plain_midnight(zone, day)
    return tuple((year, month, days) for (year, month), days in months.items())


def days_between(zone: ZoneInfo, start: int, end: int) -> Iterator[date]:
    """Yield the local days that touch the instants from `start` to `end` (epoch seconds, end excluded)."""
    if start >= end:
        return
    day = datetime.fromtimestamp(start, zone).date()
    last = datetime.fromtimestamp(end - 1, zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def plain_midnight(zone: ZoneInfo, day: date) -> int | None:
    """Give the epoch minute of a day's midnight if its clock runs without a change, else None."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    offset = midnight.utcoffset()
    # A second after the last one: a change exactly at the next midnight belongs to the next day.
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)
    if offset is None or last.utcoffset() != offset or midnight.replace(fold=1).utcoffset() != offset:
        return None
    if last.replace(fold=1).utcoffset() != offset:
        return None
    minutes, rest = divmod(int(offset.total_seconds()), 60)
    if rest:
        return None
    return (day - _EPOCH).days * MINUTES_PER_DAY - minutes


@lru_cache(maxsize=65536)
def instants(zone: ZoneInfo, day: date, minute_of_day: int) -> tuple[int, ...]:
    """Give the epoch minutes at which the wall clock shows a minute of a day: none in a gap, two in a repeated hour."""
    # A wall-clock reading, which has no zone until it is looked up below.
    naive = datetime(day.year, day.month, day.day, *divmod(minute_of_day, 60))  # noqa: DTZ001
    found = []
    for fold in (0, 1):
        moment = naive.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == naive:
            found.append(int(moment.timestamp()) // 60)
    return tuple(sorted(set(found)))
