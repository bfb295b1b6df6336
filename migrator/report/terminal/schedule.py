"""One schedule on the terminal: words, next fires, every target's form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

from migrator.model import Target
from migrator.plan import cut
from migrator.report.terminal.screen import Screen

_SHOWN = 10


def print_schedule(
    given: Mapping[str, Any], stream: IO[str], width: int | None = None, *, spanned: bool = False
) -> None:
    """Show the answer to a question about one expression; `spanned`: its fires are those of a span, not the next."""
    screen = Screen(stream, width)
    screen.line(f"{cut(given['text'], 200)}   ({given['dialect']}, {given['timezone'] or 'no zone given'})", "bold")
    if not given["accepted"]:
        screen.line()
        screen.line(f"Not accepted: {given['reason']}.", "bold red")
        return
    runs = given["runs_per_month"]
    screen.line(f"Runs {given['in_words']}" + (f"; {runs:,.5g} times a month on average." if runs else "."))
    for finding in given["findings"]:
        screen.item(f"{finding['text']}. {_sentence(finding['remedy'])}", "yellow")
    if given["fires_timezone"]:
        _fires(screen, given, spanned)
    _forms(screen, given["forms"])


def _fires(screen: Screen, given: Mapping[str, Any], spanned: bool) -> None:
    zone = ZoneInfo(given["fires_timezone"])
    fires = given["fires"]
    if not fires:
        screen.heading("No fires in this span" if spanned else "No next fire")
        return
    count = f"{len(fires):,} {'fire' if len(fires) == 1 else 'fires'} in this span"
    where = given["timezone"] or "UTC, as no zone is given"
    screen.heading(f"{count if spanned else 'Next fires'} ({where})")
    for minute in fires[:_SHOWN]:
        moment = datetime.fromtimestamp(minute * 60, UTC).astimezone(zone)
        screen.line(f"  {moment:%a %Y-%m-%d %H:%M %Z}")
    if len(fires) > _SHOWN:
        screen.line(f"  and {len(fires) - _SHOWN:,} more")


def _forms(screen: Screen, forms: Mapping[str, Any]) -> None:
    alike: list[tuple[Mapping[str, Any], list[str]]] = []
    for target, form in forms.items():
        names = next((names for known, names in alike if known == form), None)
        if names is None:
            alike.append((form, names := []))
        names.append(Target(target).label)
    for form, names in alike:
        if form["why_not"]:
            screen.heading("No target has a form of it")
            screen.item(form["why_not"])
            continue
        screen.heading(f"{' and '.join(names)}: {_verdict(form)}")
        for expression in form["expressions"]:
            screen.line(f"  {_given(expression, form['timezone'])}")
        for text in [*([form["guard"]] if form["guard"] else []), *form["differences"], *form["notes"]]:
            screen.item(text)


def _given(expression: str, zone: str | None) -> str:
    """Write an expression as its target is given it; a bare string is no trigger timetable before Airflow 3."""
    if expression.startswith("cron("):
        return f"{expression}   {zone or 'ZONE'}"
    named = f'"{zone}"' if zone else "ZONE"
    return f'CronTriggerTimetable("{expression}", timezone={named})'


def _verdict(form: Mapping[str, Any]) -> str:
    if form["exact"] is None:
        return "the same minutes, as far as can be known"
    if form["exact"]:
        return "the same minutes, with a guard" if form["guard"] else "the same minutes"
    return "not the same minutes"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
