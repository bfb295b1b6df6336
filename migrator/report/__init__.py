"""The report: markdown, pictures, table and terminal, from a finished plan. It computes nothing."""

from migrator.report.graph_file import write_graph
from migrator.report.markdown import report
from migrator.report.settings_file import settings_file
from migrator.report.terminal import (
    difference_data,
    print_cutover,
    print_difference,
    print_explanation,
    print_plan,
    print_scan,
    print_verdicts,
)
from migrator.report.write import Written, write

__all__ = [
    "Written",
    "difference_data",
    "print_cutover",
    "print_difference",
    "print_explanation",
    "print_plan",
    "print_scan",
    "print_verdicts",
    "report",
    "settings_file",
    "write",
    "write_graph",
]
