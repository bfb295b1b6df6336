"""`migrator schedule`: one cron expression, in words and in every target's form."""

from __future__ import annotations

import re
import sys
import time
from datetime import UTC, datetime
from typing import IO

import click

from migrator.cli.status import DONE, INCOMPLETE
from migrator.model import Dialect

_EPOCH = re.compile(r"-?(?:[0-9]{1,3}|[0-9]{5,7}|[0-9]{9,15})")
"""Epoch seconds; four digits are a year, eight a date."""


# Cronie's schedules may begin with `-`, so a word that is no option counts as the expression.
@click.command(short_help="Explain one cron expression.", context_settings={"ignore_unknown_options": True})
@click.argument("expression", metavar="[EXPR]", required=False)
@click.option("--tz", "timezone", metavar="ZONE", help="The zone that the expression is in (IANA).")
@click.option(
    "--dialect",
    type=click.Choice([dialect.value for dialect in Dialect]),
    metavar="NAME",
    help=f"Whose rules hold: {', '.join(Dialect)}; else debian.",
)
@click.option("--from", "start", metavar="TIME", help="List fires from here: ISO date or time, or epoch seconds.")
@click.option("--to", "end", metavar="TIME", help="List fires up to here, excluded.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--batch",
    metavar="FILE",
    type=click.File("r", encoding="utf-8-sig", errors="surrogateescape"),
    help="Read a JSON object a line (expr tz dialect start end forms), write one a line.",
)
def schedule(
    expression: str | None,
    timezone: str | None,
    dialect: str | None,
    start: str | None,
    end: str | None,
    as_json: bool,
    batch: IO[str] | None,
) -> int:
    """Explain one cron expression: words, next fire times, each target's form and whether it is exact."""
    import json

    from migrator.cli.options import zone_name
    from migrator.report.terminal import print_schedule
    from migrator.schedules.question import Question, QuestionError, answer

    now = int(time.time())
    if batch is not None:
        if expression is not None or timezone or dialect or start or end:
            msg = "--batch takes its expressions, zones, dialects and spans from the file"
            raise click.UsageError(msg)
        return _batch(batch, now)
    if expression is None:
        msg = "give an expression in quotes, such as '30 2 * * *', or --batch FILE"
        raise click.UsageError(msg)
    zone = zone_name(timezone)
    begin, until = _moment(start, zone, "--from"), _moment(end, zone, "--to")
    try:
        given = answer(Question(expression, Dialect(dialect or Dialect.DEBIAN), zone, begin, until, now, forms=True))
    except QuestionError as error:
        raise click.UsageError(f"--from, --to: {error}") from error
    if as_json:
        click.echo(json.dumps(given, indent=1))
    else:
        print_schedule(given, sys.stdout, spanned=until is not None)
    return DONE if given["accepted"] else INCOMPLETE


def _batch(lines: IO[str], now: int) -> int:
    import json

    from migrator.schedules.question import answer_line

    rejected = False
    for line in lines:
        if not line.strip():
            continue
        given = answer_line(line, now)
        rejected = rejected or "error" in given or not given["accepted"]
        click.echo(json.dumps(given))
    return INCOMPLETE if rejected else DONE


def _moment(text: str | None, zone: str | None, option: str) -> int | None:
    """Read a moment: epoch seconds, or an ISO date or time, in the given zone where it names none (else UTC)."""
    from zoneinfo import ZoneInfo

    from migrator.schedules.question import TIMES

    if text is None:
        return None
    if _EPOCH.fullmatch(text):
        moment = int(text)
    else:
        try:
            read = datetime.fromisoformat(text)
        except ValueError as error:
            msg = f"{text[:40]!r} is neither epoch seconds nor a date or time such as 2026-03-29T02:00"
            raise click.BadParameter(msg, param_hint=option) from error
        local = ZoneInfo(zone) if zone else UTC
        moment = int((read if read.tzinfo else read.replace(tzinfo=local)).timestamp())
    if moment not in TIMES:
        msg = f"{text[:40]!r} is not in the years 1900 to 9998"
        raise click.BadParameter(msg, param_hint=option)
    return moment
