"""EventBridge Scheduler: `cron(minutes hours day-of-month month day-of-week year)`.

Six fields, exactly one day field `?`, weekdays by name (its numbers count from Sunday 1), at most 256 characters
(user guide, «Schedule types»; API, `ScheduleExpression`). What its grammar leaves open (ranges that run backwards,
`*/n`) is not used. With runs of three and more written as ranges, no masks make a text longer than 240 characters.
"""

from __future__ import annotations

from migrator.model import CronFields, Target
from migrator.schedules.forms.fields import field_text, values_of
from migrator.schedules.forms.form import Form, Guard
from migrator.schedules.forms.rules import ALL_DAYS, ALL_WEEKDAYS, DayRule
from migrator.schedules.forms.words import rule_in_words

TARGET = Target.EVENTBRIDGE
_NAMES = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
# More schedules than these are worse to keep than one with a guard.
_MOST = 6
_SEVERAL = "several schedules; no two of them have a day in common, so nothing starts twice"


def make(fields: CronFields, rule: DayRule, timezone: str | None) -> Form:
    """Give the schedules that together fire as the rule says, each minute once, and a guard where they are too wide."""
    pairs, exact = _day_fields(rule)
    guard = None if exact else Guard(rule, f"a test of the day must come first: go on only on {rule_in_words(rule)}")
    times = f"{field_text(fields.minute, 0, 59)} {field_text(fields.hour, 0, 23)}"
    month = field_text(fields.month, 1, 12)
    expressions = tuple(f"cron({times} {day} {month} {weekday} *)" for day, weekday in pairs)
    return Form(TARGET, expressions, timezone, guard, (_SEVERAL,) if len(expressions) > 1 else ())


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
    # `#` stands for one weekday of one week, alone in its field.
    nth = [("?", f"{_NAMES[day]}#{week}") for week in rule.weeks for day in values_of(rule.weekdays)]
    if 0 < len(nth) <= _MOST:
        return nth, True
    return [("?", _weekday_names(rule.weekdays))], False


def _weekday_names(mask: int) -> str:
    return "*" if mask == ALL_WEEKDAYS else ",".join(_NAMES[day] for day in values_of(mask))
