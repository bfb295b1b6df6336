"""Each target's form of a schedule, as `plan.json` and `schedule --json` have it."""

from __future__ import annotations

from pydantic import JsonValue

from migrator.model import Schedule
from migrator.schedules.compare import Comparison, compare_all
from migrator.schedules.forms import DayTest


def forms_of(schedule: Schedule, test: DayTest | None = None) -> dict[str, JsonValue]:
    """Give by target: expressions, zone, exact (null where the zone decides), differences, guard, notes, why_not."""
    return {str(target): _form(comparison) for target, comparison in compare_all(schedule, test).items()}


def _form(comparison: Comparison) -> JsonValue:
    form = comparison.form
    return {
        "expressions": list(form.expressions),
        "timezone": form.timezone,
        "exact": comparison.exact,
        "differences": [difference.text for difference in comparison.differences],
        "guard": form.guard.text if form.guard else None,
        "notes": list(form.notes),
        "why_not": form.why_not,
    }
