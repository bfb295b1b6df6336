"""The proof of a form: cron's own minutes beside those of the target's evaluator, over four years.

The old minutes are cron's (`schedules.cron`), the new ones the evaluator's, which has never seen how the form was made.
A guard, and the command's own test of the day, are applied to the local date of each start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from migrator.model import CronFields, Dialect, Schedule, Target
from migrator.schedules.compare.differences import Difference, Subject, differences
from migrator.schedules.compare.minutes import by_utc_days, cron_fires, differing, on_days
from migrator.schedules.cron.wall import minutes_of_day
from migrator.schedules.evaluators import airflow, eventbridge
from migrator.schedules.evaluators.calendar import Fires, together
from migrator.schedules.forms import DayTest, Form, forms

SPAN = (int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2030, 1, 1, tzinfo=UTC).timestamp()))
# Every clock change of every zone in the span lies between these times of the day (a test looks at all of tzdata).
_CALM = range(4 * 60, 21 * 60)
_UNKNOWN_ZONE = "not compared across clock changes: the zone is not known, and its changes may fall on these times"
_UNKNOWN_PHASE = "counted from the moment the CronJob was made, which no file tells: the minutes may be others"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A form's proof. `exact` is None where what no file tells (the zone, the moment it was made) decides."""

    form: Form
    exact: bool | None
    differences: tuple[Difference, ...] = ()


def compare_all(
    schedule: Schedule, test: DayTest | None = None, span: tuple[int, int] = SPAN
) -> Mapping[Target, Comparison]:
    """Give each target's form of a schedule and its proof over a span of epoch seconds, end excluded.

    `test` is the test of the day that the command begins with, lifted into the forms where that is possible.
    """
    # All that matters of the text, so that each meaning is compared once.
    phase = "@every" if schedule.dialect is Dialect.KUBERNETES and "@every" in schedule.text else ""
    return _compare_all(replace(schedule, text=phase), test, span)


@lru_cache(maxsize=16384)
def _compare_all(schedule: Schedule, test: DayTest | None, span: tuple[int, int]) -> Mapping[Target, Comparison]:
    found: dict[Target, Comparison] = {}
    for form in forms(schedule, test):
        if form.target is Target.STEP_FUNCTIONS:
            # EventBridge starts a state machine by the same expressions: one proof serves both.
            found[form.target] = replace(found[Target.EVENTBRIDGE], form=form)
        else:
            found[form.target] = _compare(schedule, form, test, span)
    airflow_form = found[Target.AIRFLOW].form
    found[Target.MWAA] = replace(found[Target.AIRFLOW], form=replace(airflow_form, target=Target.MWAA))
    return found


def _compare(schedule: Schedule, form: Form, test: DayTest | None, span: tuple[int, int]) -> Comparison:
    if schedule.fields is None or form.why_not is not None:
        return Comparison(form, exact=False, differences=(Difference("none", f"no form: {form.why_not}"),))
    lifted = None if form.test_kept else test
    found = _clock_differences(schedule, schedule.fields, form, lifted, span)
    if schedule.random_minutes:
        return Comparison(form, exact=False, differences=(*found, _random(schedule.random_minutes)))
    if schedule.text:
        return Comparison(form, None, (*found, Difference("unknown", _UNKNOWN_PHASE)))
    if schedule.timezone is None and form.timezone is None and not _calm(schedule.fields, schedule.dialect):
        return Comparison(form, None, (*found, Difference("unknown", _UNKNOWN_ZONE)))
    return Comparison(form, not found, found)


def _clock_differences(
    schedule: Schedule, fields: CronFields, form: Form, test: DayTest | None, span: tuple[int, int]
) -> tuple[Difference, ...]:
    zone = ZoneInfo(schedule.timezone or "UTC")
    old = cron_fires(fields, schedule.dialect, zone, span, own_zone=schedule.own_zone)
    if test is not None:
        old = on_days(old, test.allows, zone)
    new = _target_fires(form, ZoneInfo(form.timezone) if form.timezone else zone, span)
    if form.guard is not None:
        # Only a form in the schedule's own zone has a guard.
        new = on_days(new, form.guard.allows, zone)
    if form.timezone != schedule.timezone:
        old = by_utc_days(old)
    name = "Airflow" if form.target is Target.AIRFLOW else form.target.label
    return differences(Subject(fields, zone, name), *differing(old, new))


def _target_fires(form: Form, zone: ZoneInfo, span: tuple[int, int]) -> Fires:
    if form.target is Target.AIRFLOW:
        (expression,) = form.expressions
        return airflow.fires(expression, zone, *span)
    return together([eventbridge.fires(text, zone, *span) for text in form.expressions])


def _random(width: int) -> Difference:
    text = f"cron draws the start at random, up to {width} minutes later; it is compared at its first possible minute"
    return Difference("random", text)


def _calm(fields: CronFields, dialect: Dialect) -> bool:
    """Say whether no clock change of any zone falls on its times; Kubernetes carries a change to later fires."""
    times = minutes_of_day(fields.minute, fields.hour)
    return dialect is not Dialect.KUBERNETES and all(time in _CALM for time in times)
