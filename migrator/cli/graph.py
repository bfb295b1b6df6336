"""`migrator graph`: the graph as a picture or text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrator.cli.nothing import no_job
from migrator.cli.options import request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import exit_code

_SUFFIXES = (".svg", ".png", ".dot", ".mmd")
_ENDINGS = ", ".join(_SUFFIXES)


@click.command(short_help="Draw the graph, or write it as text.")
@source_options
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The file to write; its ending says what: {_ENDINGS}.",
)
@click.option("--cluster", metavar="NAME", help="Draw this cluster only, by id or title.")
def graph(output: Path, cluster: str | None, **values: Any) -> int:
    """Draw the graph as a picture (.svg, .png), or write it as text (.dot, .mmd)."""
    from migrator import pipeline, plan, report

    if output.suffix.lower() not in _SUFFIXES:
        msg = f"{output.name}: the name must end in one of {_ENDINGS}"
        raise click.BadParameter(msg, param_hint="--output")
    with progress() as show:
        document = pipeline.make_plan(pipeline.survey(request(values), show), show)
        if not document.jobs:
            return no_job(document, values["paths"])
        show("drawing", 0, 1)
        report.write_graph(document, output, cluster)
    click.echo(plan.visible(str(output)))
    return exit_code(document)
