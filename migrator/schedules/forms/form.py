"""What a target is given for a schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migrator.model import Target
from migrator.schedules.forms.rules import DayRule


@dataclass(frozen=True, slots=True)
class Guard:
    """A test of the day that the run itself must make first, where the target's expression is too wide.

    A Choice state on Step Functions, a custom timetable on Airflow, a line of the command anywhere else.
    """

    rule: DayRule
    text: str

    def allows(self, day: date) -> bool:
        """Say whether a run that starts on a local date goes on."""
        return self.rule.allows(day)


@dataclass(frozen=True, slots=True)
class Form:
    """A target's expressions of one schedule, disjoint, and what must be said with them.

    `timezone` is the zone to give to the target: that of the schedule, or UTC where clock changes then cannot matter;
    None where the zone is not known and has to be filled in. `why_not` says why there are no expressions. `test_kept`:
    the command's own test of the day is not part of the expressions and must stay in the command.
    """

    target: Target
    expressions: tuple[str, ...] = ()
    timezone: str | None = None
    guard: Guard | None = None
    notes: tuple[str, ...] = ()
    why_not: str | None = None
    test_kept: bool = False
