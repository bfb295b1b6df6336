"""Whether written schedules start a job when cron does: minute by minute, over four years and all their clock changes.

The expressions go through the target's own evaluator, the source through cron's rules; neither knows how one was made
of the other. A difference at a clock change is the target's documented behaviour, and the report tells it; any other
is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrator.model import Dialect, Schedule, Target
from migrator.plan.document import VerdictPart
from migrator.plan.jobs import DaysPart, SchedulePart
from migrator.schedules import cron
from migrator.schedules.compare import SPAN
from migrator.schedules.compare.differences import Difference, Subject, differences
from migrator.schedules.compare.minutes import by_utc_days, cron_fires, differing, on_days
from migrator.schedules.evaluators import airflow, eventbridge
from migrator.schedules.evaluators.calendar import Fires, together
from migrator.verify.verdicts import judged

CHECK = "fire times"
_AT_A_CLOCK_CHANGE = frozenset({"skipped", "moved", "again"})
_NAME = "the written schedule"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: expressions, their zone (None: a person fills it in), and the days that a script goes on.

    `airflow` says that they are Airflow's and not Scheduler's; `days` are those that its test of the day lets through.
    """

    expressions: tuple[str, ...]
    zone: str | None
    patterns: tuple[str, ...] | None
    days: DaysPart | None = None
    airflow: bool = False

    def restored(self, given: Mapping[str, str]) -> Written:
        """Put back expressions and a zone in whose place others stand."""
        zone = None if self.zone is None else given.get(self.zone, self.zone)
        return replace(self, expressions=tuple(given.get(one, one) for one in self.expressions), zone=zone)


@dataclass(frozen=True, slots=True)
class Starts:
    """What starts a job, still to be compared with its schedule; of `forms` the first that there is is looked at."""

    job: str
    written: Written
    forms: tuple[Target, ...]

    def verdict(self, schedule: SchedulePart) -> VerdictPart:
        """Compare it with the job's schedule."""
        form = next((schedule.forms[one] for one in self.forms if one in schedule.forms), None)
        written = replace(self.written, expressions=tuple(sorted(set(self.written.expressions))))
        faults, holds = start_faults(schedule, written, test_kept=bool(form and form.test_kept))
        return judged(self.job, CHECK, faults, holds)


@dataclass(frozen=True, slots=True)
class _Clock:
    """When cron starts a job: the expression, whose rules it is read by, and the days that the command asks for."""

    text: str
    dialect: Dialect
    timezone: str | None
    own_zone: bool
    day_test: DaysPart | None


def start_faults(schedule: SchedulePart, written: Written, *, test_kept: bool) -> tuple[list[str], str]:
    """Give the faults of a job's written schedules, and what holds where there are none.

    `test_kept`: the command's own test of the day is no part of what the schedules say.
    """
    # All that matters of a schedule: what many jobs share is compared once.
    days = None if test_kept else schedule.day_test
    faults, holds = _faults(
        _Clock(schedule.text, schedule.dialect, schedule.timezone, schedule.own_zone, days), written
    )
    return list(faults), holds


@lru_cache(maxsize=4096)
def _faults(schedule: _Clock, written: Written) -> tuple[Sequence[str], str]:
    read = cron.read(schedule.text, schedule.dialect, schedule.timezone)
    if not isinstance(read, Schedule) or read.fields is None:
        return ["its schedule in the plan has no five fields to compare with"], ""
    try:
        unsure = _unsure(written)
        zone = ZoneInfo(written.zone) if written.zone else None
    except (airflow.ExpressionError, eventbridge.ExpressionError, ZoneInfoNotFoundError, ValueError, OSError) as error:
        return [str(error)], ""
    faults = [f"AWS does not document this: {doubt}" for doubt in unsure]
    if written.zone is None and schedule.timezone is not None:
        faults.append(f"the zone is left open, but cron goes by {schedule.timezone}")
    if schedule.timezone is None and written.zone not in (None, "UTC"):
        faults.append(f"the zone is {written.zone}, which no file names")
    if faults:
        return faults, ""
    home = ZoneInfo(schedule.timezone or "UTC")
    old = cron_fires(read.fields, schedule.dialect, home, SPAN, own_zone=schedule.own_zone)
    if schedule.day_test is not None:
        old = on_days(old, _allowed(schedule.day_test), home)
    if zone is not None and zone != home:
        old = by_utc_days(old)
    return _told(differences(Subject(read.fields, home, _NAME), *differing(old, _new(written, zone or home))), written)


def _unsure(written: Written) -> list[str]:
    """Read all expressions; give what is not documented of them. Raise ExpressionError."""
    if written.airflow:
        for text in written.expressions:
            airflow.parse(text)
        return []
    return [doubt for text in written.expressions for doubt in eventbridge.parse(text).unsure]


def _new(written: Written, zone: ZoneInfo) -> Fires:
    evaluate = airflow.fires if written.airflow else eventbridge.fires
    fires = together([evaluate(text, zone, *SPAN) for text in written.expressions])
    if written.days is not None:
        fires = on_days(fires, _allowed(written.days), zone)
    return fires if written.patterns is None else on_days(fires, _matching(written.patterns), zone)


def _told(found: Sequence[Difference], written: Written) -> tuple[list[str], str]:
    count = sum(each.missing + each.extra for each in found if each.kind in _AT_A_CLOCK_CHANGE)
    holds = "the same minutes from 2026 to 2029"
    if count:
        holds += f", but for {count} at clock changes, which the report tells"
    if written.zone is None:
        holds += ", in whatever zone is filled in, clock changes aside"
    return [each.text for each in found if each.kind not in _AT_A_CLOCK_CHANGE], holds


def _allowed(days: DaysPart) -> Callable[[date], bool]:
    wanted_days, wanted_weekdays = frozenset(days.days), frozenset(days.weekdays)

    def allows(day: date) -> bool:
        if days.last and date.fromordinal(day.toordinal() + 1).day != 1:
            return False
        by_day, by_weekday = day.day in wanted_days, day.isoweekday() % 7 in wanted_weekdays
        return by_day or by_weekday if days.either else by_day and by_weekday

    return allows


def _matching(patterns: Sequence[str]) -> Callable[[date], bool]:
    """Read the patterns of a `case` over `DD U` (day of the month, weekday from Monday 1)."""
    pairs = [pattern.split("\\ ") for pattern in patterns]

    def allows(day: date) -> bool:
        return any(
            first in ("??", f"{day.day:02d}") and (second == "?" or str(day.isoweekday()) in second)
            for first, second in pairs
        )

    return allows
