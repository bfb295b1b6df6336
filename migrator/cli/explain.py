"""`migrator explain`: one job or cluster, with evidence."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from migrator.cli.status import DONE


@click.command(short_help="Explain one job or cluster of a plan.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("name")
def explain(directory: Path, name: str) -> int:
    """Explain one job or cluster of a written plan.

    Its steps, dependencies, reasons and costs are shown, each with the lines that prove it. NAME is an id or a title.
    """
    from migrator import report
    from migrator.cli.written import read_plan

    report.print_explanation(read_plan(directory), name, sys.stdout)
    return DONE
