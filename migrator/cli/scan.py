"""`migrator scan`: what is there."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from migrator.cli.options import log_options, request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import reading_code


@click.command(short_help="Say what is there and what could not be read.")
@source_options
@log_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with ledger, unread and jobs.")
def scan(as_json: bool, **values: Any) -> int:
    """Say what is there: an account of every line, the jobs, what could not be read."""
    from migrator import pipeline, plan, report
    from migrator.collecting import seldom_collected

    with seldom_collected(), progress() as show:
        document = pipeline.make_scan(pipeline.survey(request(values), show), show)
    if as_json:
        whole = json.loads(plan.dump(document))
        keys = ("ledger", "unread", "jobs", *(("history",) if document.history else ()))
        click.echo(json.dumps({key: whole[key] for key in keys}, indent=1))
    else:
        report.print_scan(document, sys.stdout)
    return reading_code(document)
