"""`migrator plan`: the main job."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from migrator.cli.nothing import no_job
from migrator.cli.options import log_options, request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import exit_code


@click.command(short_help="Write the plan: report, pictures, data.")
@source_options
@log_options
@click.option(
    "-o", "--output", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The folder to write."
)
def plan(output: Path, **values: Any) -> int:
    """Write the plan into a folder: the report, the pictures of the graph, the data, the targets' files.

    A folder that a plan was written into before is replaced as a whole, at the end; any other is left alone.
    """
    from migrator import pipeline, report
    from migrator.collecting import seldom_collected
    from migrator.report.folder import check_ours

    check_ours(Path(os.path.realpath(output)), str(output))
    with seldom_collected(), progress() as show:
        document = pipeline.make_plan(pipeline.survey(request(values), show), show)
        if not document.jobs:
            return no_job(document, values["paths"])
        complete = partial(pipeline.with_artifacts, search_path=os.environ.get("PATH"))
        written = report.write(document, output, show, complete=complete)
    report.print_plan(written.plan, written, sys.stdout)
    return exit_code(written.plan)
