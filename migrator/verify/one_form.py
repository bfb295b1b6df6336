"""The text of a template in one form: without what no check asks for, and with the expressions set apart."""

from __future__ import annotations

import re
from typing import NamedTuple

# A scalar that is whole in its line and reads as a text: in single quotes, or words. No brace, `$` or `<`.
_QUOTED = r"'[^'\\${}<>\n]*'"
_WORDS = r"[A-Za-z](?:[A-Za-z0-9,.()/_-]|\x20(?=[A-Za-z0-9(/])|:(?=[A-Za-z0-9/])){5,}"
_TOLD = re.compile(rf"{_QUOTED}|{_WORDS}")
# What stands before a text that tells a person something of the template, a machine, a failed state, or a document.
# No check asks what it says; what a parameter says is another matter.
_BEFORE = {
    "\nDescription: ": None,
    "\n      Definition:\n        Comment: ": None,
    "\n        schemaVersion: '2.2'\n        description: ": None,
    "Cause: ": re.compile(r"\n +Type: Fail\n +Error: [A-Za-z.]+\n +\Z"),
}
_TAIL = 120  # characters
_EXPRESSION = "\n      ScheduleExpression: "
_MINUTES = re.compile(r"(?:cron|rate|at)\([0-9A-Za-z*/,? -]{1,200}\)")
_SAID = "zqsaid"
_TIMEZONE = "\n      ScheduleExpressionTimezone: "
_ZONE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z_/]*[A-Za-z]")
_HEAD = re.compile(r"(?:#[\x20-\x7e]*\n)*")
_RESOURCE = re.compile(r"\n  ([A-Za-z0-9]+):\n")
_ENDING = re.compile(r"(?:Document|Machine|RolePolicy|Role|Schedule|Alarm|Notice)\Z")


class OneForm(NamedTuple):
    """A text in one form, and the expressions and zones in it by what stands in their place."""

    text: str
    minutes: dict[str, str]


def one_form(text: str) -> OneForm:
    """Bring a template into one form: without the comments at its head, told texts, expressions and zones put aside.

    A told text is a scalar of its own line, so that in its place another one gives the same template but for that
    value; for each expression or zone stands one that is as distinct.
    """
    match = _HEAD.match(text)
    text = text[match.end() :] if match else text
    for before, tail in _BEFORE.items():
        text = _without_told(text, before, tail)
    text, expressions = _apart(text, _EXPRESSION, _MINUTES, "cron(zqx{:03})")
    # A script that tests the day names the zone too.
    text, zones = (text, {}) if "zone=" in text else _apart(text, _TIMEZONE, _ZONE, "Zq/Zone{:03}")
    return OneForm(text, expressions | zones)


def _apart(text: str, before: str, wanted: re.Pattern[str], form: str) -> tuple[str, dict[str, str]]:
    """Put others in the place of some values; give the way back."""
    pieces = text.split(before)
    given: dict[str, str] = {}
    for place in range(1, len(pieces)):
        piece = pieces[place]
        end = piece.find("\n")
        if end > 0 and wanted.fullmatch(piece, 0, end):
            pieces[place] = given.setdefault(piece[:end], form.format(len(given))) + piece[end:]
    return before.join(pieces), {new: old for old, new in given.items()}


def _without_told(text: str, before: str, tail: re.Pattern[str] | None) -> str:
    pieces = text.split(before)
    for place in range(1, len(pieces)):
        piece = pieces[place]
        end = piece.find("\n")
        if end > 0 and _TOLD.fullmatch(piece, 0, end) and (tail is None or tail.search(pieces[place - 1][-_TAIL:])):
            # What could follow in the next line is another matter behind quotes.
            pieces[place] = (f"'{_SAID}'" if piece[0] == "'" else _SAID) + piece[end:]
    return before.join(pieces)


def resources_in(text: str) -> list[str]:
    """Give the beginnings of the names of parameters and resources, each once."""
    return list(dict.fromkeys(_ENDING.sub("", name) for name in _RESOURCE.findall(text)))
