"""`migrator init`: settings to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrator.cli.options import request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import NO_JOB
from migrator.model import MigratorError


class ExistsError(MigratorError):
    """The file to write is there already."""

    exit_code = 2


@click.command()
@source_options
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here; else print.")
def init(output: Path | None, **values: Any) -> int:
    """Write a commented migrator.toml with the questions that the scan left open."""
    from migrator import pipeline, report

    with progress() as show:
        document = pipeline.make_plan(pipeline.survey(request(values), show), show)
    if not document.jobs:
        click.echo("migrator: no job found", err=True)
        return NO_JOB
    text = report.settings_file(document)
    if output is None:
        click.echo(text, nl=False)
        return 0
    try:
        with output.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ExistsError(str(output), "is there already", "remove it first, or give another name") from error
    except OSError as error:
        raise MigratorError(str(output), error.strerror or "cannot be written", "choose another place") from error
    click.echo(str(output))
    return 0
