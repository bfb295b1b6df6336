"""Old and new, minute by minute: whether a target's form of a schedule fires when cron does."""

from migrator.schedules.compare.differences import Difference
from migrator.schedules.compare.proof import SPAN, Comparison, compare_all

__all__ = ["SPAN", "Comparison", "Difference", "compare_all"]
