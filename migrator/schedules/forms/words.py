"""Words for the days of a guard."""

from __future__ import annotations

from migrator.schedules.forms.fields import field_text, values_of
from migrator.schedules.forms.rules import DayRule

_NAMES = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def rule_in_words(rule: DayRule) -> str:
    """Say on which days a rule holds, as an ending of «only on»."""
    parts = []
    if rule.by_day:
        parts.append(f"days {field_text(rule.days, 1, 31).replace(',', ', ')} of the month")
    if rule.by_weekday:
        parts.append(" and ".join(_NAMES[day] + "s" for day in values_of(rule.weekdays)))
    text = (" and on " if rule.either else " that are also ").join(parts)
    return f"the last day of the month{', ' + text if text else ''}" if rule.last else text
