"""Step Functions: a state machine has no clock, EventBridge Scheduler starts it; a guard is its first Choice state."""

from __future__ import annotations

from dataclasses import replace

from migrator.model import CronFields, Target
from migrator.schedules.forms import eventbridge
from migrator.schedules.forms.form import Form
from migrator.schedules.forms.rules import DayRule

TARGET = Target.STEP_FUNCTIONS


def make(fields: CronFields, rule: DayRule, timezone: str | None) -> Form:
    """Give the schedules that start the state machine."""
    return replace(eventbridge.make(fields, rule, timezone), target=TARGET)
