"""What the terminal gets. rich is imported when something is printed, because importing it takes time."""

from migrator.report.terminal.explain import print_explanation
from migrator.report.terminal.schedule import print_schedule
from migrator.report.terminal.summary import print_plan, print_scan

__all__ = ["print_explanation", "print_plan", "print_scan", "print_schedule"]
