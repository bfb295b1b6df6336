"""`migrator diff`: what changed between two plans."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from migrator.cli.status import DONE


@click.command(short_help="Compare two plans: what is done, came, went, changed.")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def diff(old: Path, new: Path, as_json: bool) -> int:
    """Compare two written plans, the older one first: what appeared, went, changed, and what is done.

    A job is done when a cut-over has made a comment of its line. Plan the same PATHs again to see the progress.
    """
    import json

    from migrator import report
    from migrator.cli.written import read_plan
    from migrator.plan.difference import compare

    found = compare(read_plan(old), read_plan(new))
    if as_json:
        click.echo(json.dumps(report.difference_data(found), indent=1))
    else:
        report.print_difference(found, sys.stdout)
    return DONE
