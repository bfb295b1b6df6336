"""`migrator explain`: one job or cluster, with evidence."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("name")
def explain(directory: Path, name: str) -> int:
    """Explain one job or cluster of a plan: steps, dependencies, reasons, costs, with evidence."""
    from migrator import report
    from migrator.cli.written import read_plan

    report.print_explanation(read_plan(directory), name, sys.stdout)
    return 0
