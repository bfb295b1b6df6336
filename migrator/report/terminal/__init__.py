"""What the terminal gets. rich is imported when something is printed, because importing it takes time."""

from migrator.report.terminal.cutover import print_cutover
from migrator.report.terminal.difference import difference_data, print_difference
from migrator.report.terminal.explain import print_explanation
from migrator.report.terminal.schedule import print_schedule
from migrator.report.terminal.summary import print_plan, print_scan
from migrator.report.terminal.verdicts import print_verdicts

__all__ = [
    "difference_data",
    "print_cutover",
    "print_difference",
    "print_explanation",
    "print_plan",
    "print_scan",
    "print_schedule",
    "print_verdicts",
]
