"""Each target's own expression of a schedule: always made from what cron understood, never from the text as written."""

from migrator.schedules.forms.day_test import DayTest, day_test
from migrator.schedules.forms.form import Form, Guard
from migrator.schedules.forms.making import MAKERS, forms

__all__ = ["MAKERS", "DayTest", "Form", "Guard", "day_test", "forms"]
