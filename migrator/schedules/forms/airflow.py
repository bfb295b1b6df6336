"""Airflow 3: the five fields of a `CronTriggerTimetable`, self-hosted or on MWAA.

croniter reads them: both day fields restricted is OR, whatever stars they hold, so where cron means AND the expression
is too wide and a custom timetable must hold to the guard. `L` and `#` are croniter's (its README, «Supported
extensions»). Single values, lists and forward ranges only: it reads `n-n` and ranges that wrap in its own way.
"""

from __future__ import annotations

from migrator.model import CronFields, Target
from migrator.schedules.forms.fields import field_text, values_of
from migrator.schedules.forms.form import Form, Guard
from migrator.schedules.forms.rules import ALL_DAYS, DayRule
from migrator.schedules.forms.words import rule_in_words

TARGET = Target.AIRFLOW


def make(fields: CronFields, rule: DayRule, timezone: str | None) -> Form:
    """Give the expression of the timetable, and a guard where croniter's rule for the days is another."""
    day, weekday, exact = _day_fields(rule)
    month = field_text(fields.month, 1, 12)
    text = f"{field_text(fields.minute, 0, 59)} {field_text(fields.hour, 0, 23)} {day} {month} {weekday}"
    guard = None if exact else Guard(rule, f"a custom timetable must drop the other days: only {rule_in_words(rule)}")
    return Form(TARGET, (text,), timezone, guard)


def _day_fields(rule: DayRule) -> tuple[str, str, bool]:
    if rule.last:
        return "L", "*", not rule.by_day and not rule.by_weekday
    days, weekdays = field_text(rule.days & ALL_DAYS, 1, 31), field_text(rule.weekdays, 0, 6)
    if rule.either or not (rule.by_day and rule.by_weekday):
        return days, weekdays, True
    nth = [f"{day}#{week}" for week in rule.weeks for day in values_of(rule.weekdays)]
    return ("*", ",".join(nth), True) if nth else ("*", weekdays, False)
