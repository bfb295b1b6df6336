"""Words for the days of a guard."""

from __future__ import annotations

from migrator.schedules.forms.fields import field_text, values_of
from migrator.schedules.forms.rules import DayRule

_NAMES = ("Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays")
_FROM_MONDAY = (1, 2, 3, 4, 5, 6, 0)


def rule_in_words(rule: DayRule) -> str:
    """Say on which days a rule holds, as an ending of «only on»: «days 1 and 15 of the month and Fridays»."""
    parts = []
    if rule.last:
        parts.append("the last day of the month")
    if rule.by_day:
        days = field_text(rule.days, 1, 31).split(",")
        parts.append(f"{'day' if days[0].isdigit() and len(days) == 1 else 'days'} {_listed(days)} of the month")
    if rule.by_weekday:
        parts.append(_listed([_NAMES[day] for day in _FROM_MONDAY if day in values_of(rule.weekdays)]))
    if rule.either:
        return " or on ".join(parts)
    return ", ".join([parts[0], *(f"{part} only" for part in parts[1:])])


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
