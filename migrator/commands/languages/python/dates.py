"""Formats of dates: `strftime("/data/%Y/%m/rain.nc")` is a path in which only the directives are not known."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import Text, anything, concatenated
from migrator.commands.languages.days import formats_day
from migrator.commands.languages.python.machine import Machine
from migrator.commands.values import Value, literal, unknown

# A date or a time is one unknown part: directives side by side, or a sign between two (Python's and glibc's strftime).
_DIRECTIVES = re.compile(r"%[-_0^#]?[A-Za-z](?:[-:.T_ ]?%[-_0^#]?[A-Za-z])*|%%")


def in_format(machine: Machine, template: object) -> Text:
    """Give what a format of a date comes to; one that gives a day asks the clock for it."""
    if isinstance(template, Text) and formats_day(template.value.text):
        machine.findings.dated = True
    return in_template(template)


def in_template(template: object) -> Text:
    """Give the words of a format, with something unknown for its directives."""
    if not isinstance(template, Text):
        return anything("date", dated=True)
    whole = template.value
    parts: list[Value] = []
    end = 0
    for match in _DIRECTIVES.finditer(whole.text):
        parts.append(whole.but(whole.text[end : match.start()], whole.text[end : match.start()]))
        parts.append(literal("%") if match[0] == "%%" else unknown(match[0], dated=True))
        end = match.end()
    if not parts:
        return template
    parts.append(whole.but(whole.text[end:], whole.text[end:]))
    return concatenated(parts)


def in_field(value: Value, spec: str) -> Value:
    """Give what a field with a format, `{day:%Y/%m}` or `{number:03}`, comes to."""
    if not value.exact and _DIRECTIVES.search(spec):
        return in_template(Text(literal(spec))).value
    if spec in ("", "s", "d"):
        return value
    return value if not value.exact and value.dated else unknown("…")
