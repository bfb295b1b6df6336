"""EventBridge Scheduler: `cron(minutes hours day-of-month month day-of-week year)`.

Six fields, exactly one day field `?`, weekdays by name (its numbers count from Sunday 1), at most 256 characters
(user guide, «Schedule types»; API, `ScheduleExpression`). What its grammar leaves open (ranges that run backwards,
`*/n`) is not used.
"""

from __future__ import annotations

from migrator.model import CronFields, Target
from migrator.schedules.forms.fields import field_text, halves, values_of
from migrator.schedules.forms.form import Form, Guard
from migrator.schedules.forms.rules import ALL_DAYS, ALL_WEEKDAYS, DayRule
from migrator.schedules.forms.words import rule_in_words

TARGET = Target.EVENTBRIDGE
_LONGEST = 256
_NAMES = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


def make(fields: CronFields, rule: DayRule, timezone: str | None) -> Form:
    """Give the schedules that together fire as the rule says, each minute once, and a guard where they are too wide."""
    pairs, exact = _day_fields(rule)
    guard = None if exact else Guard(rule, f"goes on only on {rule_in_words(rule)}")
    expressions = [
        text for day, weekday in pairs for text in _expressions(fields.minute, fields.hour, day, fields.month, weekday)
    ]
    notes = ("several schedules: their days do not meet, so nothing starts twice",) if len(expressions) > 1 else ()
    return Form(TARGET, tuple(expressions), timezone, guard, notes)


def _day_fields(rule: DayRule) -> tuple[list[tuple[str, str]], bool]:
    """Give pairs of (day-of-month, day-of-week) without a common day, and whether they say just what the rule says."""
    if rule.last:
        return [("L", "?")], not rule.by_day and not rule.by_weekday
    if rule.either:
        # Two schedules would both fire on a day that matches both fields: one a day, and the run asks.
        return [("*", "?")], False
    if not rule.by_weekday:
        return [(field_text(rule.days & ALL_DAYS, 1, 31), "?")], True
    if not rule.by_day:
        return [("?", _weekday_names(rule.weekdays))], True
    if rule.week:
        return [("?", f"{_NAMES[day]}#{rule.week}") for day in values_of(rule.weekdays)], True
    return [("?", _weekday_names(rule.weekdays))], False


def _weekday_names(mask: int) -> str:
    return "*" if mask == ALL_WEEKDAYS else ",".join(_NAMES[day] for day in values_of(mask))


def _expressions(minutes: int, hours: int, day: str, months: int, weekday: str) -> list[str]:
    month = field_text(months, 1, 12)
    text = f"cron({field_text(minutes, 0, 59)} {field_text(hours, 0, 23)} {day} {month} {weekday} *)"
    if len(text) <= _LONGEST:
        return [text]
    return [part for half in halves(minutes) for part in _expressions(half, hours, day, months, weekday)]
