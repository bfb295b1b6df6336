"""Targets, names and numbers in the report's prose."""

from collections.abc import Iterable

from migrator.model import Target
from migrator.plan.jobs import SchedulePart
from migrator.schedules.forms.rules import DayRule
from migrator.schedules.forms.words import rule_in_words


def heading_label(target: Target) -> str:
    """Name a target at the start of a line."""
    return target.label[:1].upper() + target.label[1:]


def listed(names: list[str]) -> str:
    """Join names as a sentence does: `a, b and c`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}" if names else ""


def when(schedule: SchedulePart) -> str:
    """Say when a job starts, and on which of those days it does its work where its own command asks for the day."""
    asked = schedule.day_test
    if asked is None:
        return schedule.in_words
    rule = DayRule(_mask(asked.days), _mask(asked.weekdays), either=asked.either, last=asked.last)
    return f"{schedule.in_words}; by its own test it goes on only on {rule_in_words(rule)}"


def _mask(values: Iterable[int]) -> int:
    return sum(1 << value for value in values)


def spaced(schedule: str) -> str:
    """Write the text of a schedule with one blank between its fields, however it was lined up in its file."""
    return " ".join(schedule.split())


def times(runs: float | None) -> str:
    """Give a number of runs a month; what is not known is a dash."""
    if runs is None:
        return "–"
    return f"{runs:,.0f}" if runs >= 10 or runs == int(runs) else f"{runs:,.1f}"
