"""Questions to the clock and dates in programs of every language but Python: of interest are those for the day."""

from __future__ import annotations

from migrator.commands.languages import days
from migrator.commands.languages.abstract import Text, anything
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Given
from migrator.commands.languages.words import named

_CUTS = named("slice substring substr split")
_WRITES = named("format strftime toISOString iso8601")


def clock(machine: Machine, given: Given) -> object:
    """Read a question to the clock: of interest is one for the day."""
    # Perl's `localtime` gives the day among its fields.
    if days.asks_day(given.name) or given.name in ("localtime", "gmtime") or _day_of(machine, given.items):
        machine.findings.dated = True
    return anything("date", dated=True)


def written_date(machine: Machine, given: Given) -> object:
    """Read what writes a date by a format, `format(Sys.time(), "%F")`; what it writes otherwise is some text."""
    found = given.get(0, "x")
    if not (isinstance(found, Text) and found.value.dated):
        return anything()
    if _day_of(machine, [*given.items[1:], *given.named.values()]):
        machine.findings.dated = True
    return anything("date", dated=True)


def asked_of_date(machine: Machine, name: str, given: Given) -> object | None:
    """Read a method of a date or a moment; None where it is another's."""
    if name in _CUTS or days.asks_day(name) or _day_of(machine, given.items[:1]):
        machine.findings.dated = True
        return anything("date", dated=True)
    return anything("date", dated=True) if name in _WRITES else None


def _day_of(machine: Machine, items: list[object]) -> bool:
    """Say whether one of some arguments is a format that gives a day."""
    known = [item.value.text for item in items if isinstance(item, Text) and item.value.exact]
    bare = days.formats_day_in_php if machine.language.name == "php" else days.formats_day_in_signs
    return any(days.formats_day(each) if "%" in each else bare(each) for each in known)
