"""`migrator init`: settings to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from migrator.cli.new_file import write_new
from migrator.cli.nothing import no_job
from migrator.cli.options import request, source_options
from migrator.cli.progress import progress
from migrator.cli.status import DONE, WRONG_USAGE
from migrator.model import MigratorError


class ExistsError(MigratorError):
    """The file to write is there already."""

    exit_code = WRONG_USAGE


@click.command(short_help="Write a commented migrator.toml.")
@source_options
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, which must not exist yet; else it is printed.",
)
def init(output: Path | None, **values: Any) -> int:
    """Write a commented migrator.toml with the questions that the files leave open."""
    from migrator import pipeline, report

    with progress() as show:
        document = pipeline.make_plan(pipeline.survey(request(values), show), show)
    if not document.jobs:
        return no_job(document, values["paths"])
    text = report.settings_file(document).encode()
    if output is None:
        # Bytes, since TOML is UTF-8 whatever the terminal's encoding is.
        click.echo(text, nl=False)
        return DONE
    try:
        write_new(output, text, 0o666)
    except FileExistsError as error:
        raise ExistsError(str(output), "is there already", "remove it first, or give another name") from error
    except OSError as error:
        raise MigratorError(str(output), error.strerror or "cannot be written", "choose another place") from error
    click.echo(str(output), err=True)
    return DONE
