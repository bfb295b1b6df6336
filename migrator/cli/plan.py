"""`migrator plan`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from migrator.cli.options import request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import NO_JOB, exit_code


@click.command()
@source_options
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write."
)
def plan(output: Path, **values: Any) -> int:
    """Write the plan: the report, the graph pictures, the data."""
    from migrator import pipeline, report

    with progress() as show:
        document = pipeline.make_plan(pipeline.survey(request(values), show), show)
        if not document.jobs:
            click.echo(_nothing(values["paths"]), err=True)
            return NO_JOB
        written = report.write(document, output, show)
    report.print_plan(document, written, sys.stdout)
    return exit_code(document)


def _nothing(paths: tuple[str, ...]) -> str:
    where = ", ".join(paths) or "this host"
    return f"migrator: no job found in {where}; nothing was written. `migrator scan` shows what was read."
