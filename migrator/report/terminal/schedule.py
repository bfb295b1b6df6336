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


def print_schedule(given: Mapping[str, Any], stream: IO[str], width: int | None = None) -> None:
    """Show the answer to a question about one expression."""
    screen = Screen(stream, width)
    screen.line(f"{cut(given['text'], 200)}   ({given['dialect']}, {given['timezone'] or 'no zone given'})", "bold")
    if not given["accepted"]:
        screen.line()
        screen.line(f"Not accepted: {given['reason']}.", "bold red")
        return
    runs = given["runs_per_month"]
    screen.line(f"Runs {given['in_words']}" + (f"; {runs:,.5g} times a month on average." if runs is not None else "."))
    for finding in given["findings"]:
        screen.item(f"{finding['text']}. {_sentence(finding['remedy'])}", "yellow")
    _fires(screen, given)
    _forms(screen, given["forms"])


def _fires(screen: Screen, given: Mapping[str, Any]) -> None:
    if not given["fires"]:
        return
    zone = ZoneInfo(given["fires_timezone"])
    fires = given["fires"]
    title = f"{len(fires):,} fires" if len(fires) > _SHOWN else "Next fires"
    assumed = "" if given["timezone"] else ", taken as UTC since no zone was given"
    screen.heading(f"{title} ({given['fires_timezone']}{assumed})")
    for minute in fires[:_SHOWN]:
        moment = datetime.fromtimestamp(minute * 60, UTC).astimezone(zone)
        screen.line(f"  {moment:%a %Y-%m-%d %H:%M %Z}")
    if len(fires) > _SHOWN:
        screen.line(f"  and {len(fires) - _SHOWN:,} more")


def _forms(screen: Screen, forms: Mapping[str, Any]) -> None:
    reasons = {form["why_not"] for form in forms.values() if form["why_not"]}
    if len(reasons) == 1 and all(form["why_not"] for form in forms.values()):
        screen.heading(f"No target has a form of it: {reasons.pop()}.")
        return
    groups: dict[str, list[str]] = {}
    for target, form in forms.items():
        groups.setdefault(repr(form), []).append(Target(target).label)
    by_text = {repr(form): form for form in forms.values()}
    for key, names in groups.items():
        form = by_text[key]
        screen.heading(f"{' and '.join(names)}: {_verdict(form)}")
        for expression in form["expressions"]:
            screen.line(f"  {expression}   {form['timezone'] or 'ZONE'}")
        for text in [*([form["guard"]] if form["guard"] else []), *form["differences"], *form["notes"]]:
            screen.item(text)


def _verdict(form: Mapping[str, Any]) -> str:
    if form["exact"] is None:
        return "the same minutes, as far as no clock change matters"
    if form["exact"]:
        return "the same minutes, with a guard" if form["guard"] else "the same minutes"
    return "not the same minutes"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
