"""`migrator verify`: check what was written, from the files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from migrator.cli.options import request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import DONE, UNVERIFIED


@click.command(short_help="Check the written files again.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@source_options
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as a JSON list.")
def verify(directory: Path, as_json: bool, **values: Any) -> int:
    """Check the files below DIR/artifacts against the plan in DIR, from the files.

    With PATHs (and the options with which the plan read them) the sources are read again, and a job that has changed
    since fails. Nothing is written.
    """
    import json

    from migrator import pipeline, report
    from migrator import verify as checks
    from migrator.cli.written import read_plan

    plan = read_plan(directory)
    folder = directory if directory.is_dir() else directory.parent
    with progress() as show:
        verdicts = pipeline.verified(plan, folder, show, search_path=os.environ.get("PATH"))
        if values["paths"] or values["live"]:
            fresh = pipeline.make_scan(pipeline.survey(request(values), show), show)
            verdicts += checks.against_sources(plan, fresh)
    if as_json:
        click.echo(json.dumps([verdict.model_dump(mode="json") for verdict in verdicts], indent=1))
    else:
        report.print_verdicts(verdicts, len(plan.artifacts), sys.stdout)
    return UNVERIFIED if any(verdict.holds is False for verdict in verdicts) else DONE
