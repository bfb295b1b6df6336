"""Templates whose places are named: `string.Template`, `jinja2.Template`."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import UNKNOWN, Map, Text, Tool, anything, as_value, with_places
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.commands.values import Value, unknown

_PLACE = re.compile(r"\$(\w{1,80})|\$\{(\w{1,80})\}|\{\{\s{0,9}(\w{1,80})[^{}\n]{0,80}\}\}")


def made(_machine: Machine, call: Call) -> object:
    """Read `Template(text)`."""
    return Tool("template", {"text": call.first("template", "source")})


def filled(_machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read `substitute(place=…)` and `render(place=…)`; what is given no value is not known."""
    source = owner.data["text"]
    if name not in ("substitute", "safe_substitute", "render"):
        return UNKNOWN
    if not isinstance(source, Text):
        return anything()
    if not source.value.exact:
        return source
    told = dict(call.given[0].items) if call.given and isinstance(call.given[0], Map) else {}

    def value(match: re.Match[str]) -> Value:
        place = match[1] or match[2] or match[3]
        known = call.named.get(place, told.get(place))
        return unknown(place) if known is None else as_value(known)

    return with_places(source.value.text, _PLACE.finditer(source.value.text), value)
