"""`migrator schedule`: one cron expression, in words and in every target's form."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import IO, Any

import click

from migrator.cli.status import DONE, INCOMPLETE
from migrator.model import Dialect

_NEXT = 10


@click.command()
@click.argument("expression", metavar="EXPR", required=False)
@click.option("--tz", "timezone", metavar="ZONE", help="The zone that the expression is in (IANA).")
@click.option(
    "--dialect",
    type=click.Choice([dialect.value for dialect in Dialect]),
    default=Dialect.DEBIAN.value,
    show_default=True,
    help="Whose rules hold.",
)
@click.option("--from", "start", metavar="TIME", help="List fires from here: ISO date or time, or epoch seconds.")
@click.option("--to", "end", metavar="TIME", help="List fires up to here, excluded.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8", errors="surrogateescape"),
    help="Read a JSON object a line (expr tz dialect start end forms), write one a line.",
)
def schedule(
    expression: str | None,
    timezone: str | None,
    dialect: str,
    start: str | None,
    end: str | None,
    as_json: bool,
    batch: IO[str] | None,
) -> int:
    """Explain one cron expression: words, next fire times, each target's form and whether it is exact."""
    from migrator.report.terminal import print_schedule
    from migrator.schedules.question import Question, answer, answer_line

    now = int(time.time())
    if batch is not None:
        if expression is not None or as_json:
            msg = "--batch takes its expressions from the file"
            raise click.UsageError(msg)
        return _batch(batch, answer_line, now)
    if expression is None:
        msg = "give an expression in quotes, such as '30 2 * * *', or --batch FILE"
        raise click.UsageError(msg)
    zone = _zone(timezone)
    asked = Question(
        expression, Dialect(dialect), zone, _moment(start, zone, "--from"), _moment(end, zone, "--to"), now, forms=True
    )
    given = answer(asked)
    if as_json:
        click.echo(json.dumps(given, indent=1))
    else:
        print_schedule(given, sys.stdout)
    return DONE if given["accepted"] else INCOMPLETE


def _batch(lines: IO[str], answer_line: Any, now: int) -> int:
    rejected = False
    for line in lines:
        if not line.strip():
            continue
        given = answer_line(line, now)
        rejected = rejected or "error" in given or not given["accepted"]
        click.echo(json.dumps(given))
    return INCOMPLETE if rejected else DONE


def _zone(name: str | None) -> str | None:
    from migrator.cli.options import zone_name

    return zone_name(name)


def _moment(text: str | None, zone: str | None, option: str) -> int | None:
    """Read a moment: epoch seconds, or an ISO date or time, in the given zone where it names none (else UTC)."""
    from zoneinfo import ZoneInfo

    if text is None:
        return None
    if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) > 4:  # a year alone is a date
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} is neither epoch seconds nor a date or time such as 2026-03-29T02:00"
        raise click.BadParameter(msg, param_hint=option) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
    return int(moment.timestamp())
