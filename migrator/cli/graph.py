"""`migrator graph`: the graph as a picture or text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrator.cli.options import request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import NO_JOB, exit_code

_SUFFIXES = (".svg", ".png", ".dot", ".mmd")
_ENDINGS = ", ".join(_SUFFIXES)


@click.command()
@source_options
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=f"FILE: {_ENDINGS}."
)
@click.option("--cluster", metavar="NAME", help="Draw this cluster, by id or title.")
def graph(output: Path, cluster: str | None, **values: Any) -> int:
    """Draw the graph as a picture (.svg, .png) or as text (.dot, .mmd)."""
    from migrator import pipeline, report

    if output.suffix not in _SUFFIXES:
        msg = f"{output.name}: the name must end in one of {_ENDINGS}"
        raise click.BadParameter(msg, param_hint="--output")
    with progress() as show:
        document = pipeline.make_plan(pipeline.survey(request(values), show), show)
        if not document.jobs:
            click.echo("migrator: no job found; nothing was drawn", err=True)
            return NO_JOB
        report.write_graph(document, output, cluster)
    click.echo(str(output))
    return exit_code(document)
