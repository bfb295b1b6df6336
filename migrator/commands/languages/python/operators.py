"""Operators and templates over what is known of their operands."""

from __future__ import annotations

import ast
import re
from itertools import chain, repeat

from migrator.commands.languages.abstract import (
    MOST,
    UNKNOWN,
    Choice,
    Map,
    Seq,
    Text,
    Tool,
    any_of,
    as_value,
    concatenated,
    options,
    text_options,
    with_places,
)
from migrator.commands.languages.paths import below
from migrator.commands.languages.python.dates import in_field
from migrator.commands.values import Value, literal, unknown

_FIELD = re.compile(r"\{(\w*)(?:[.\[][^{}]*)?(?:![rsa])?(?::([^{}]*))?\}")
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-+ #0]*\d*(?:\.\d+)?[sdrifxg]")


def operated(operator: ast.operator, one: object, other: object) -> object:
    """Give what `one operator other` comes to."""
    if isinstance(operator, ast.Div) and (isinstance(one, Text) or (isinstance(other, Text) and other.path)):
        return below(one, other)
    if isinstance(operator, ast.Add):
        if isinstance(one, Seq) and isinstance(other, Seq):
            return Seq([*one.items, *other.items][:200], one.open or other.open)
        if isinstance(one, Text) or isinstance(other, Text):
            return concatenated([as_value(one), as_value(other)])
    if isinstance(operator, ast.Mod) and isinstance(one, Text):
        return _percent(one, other)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return _counted(operator, one, other)
    if (isinstance(one, Tool) and one.kind == "clock") or (isinstance(other, Tool) and other.kind == "clock"):
        return Tool("clock")
    return UNKNOWN


def _counted(operator: ast.operator, one: float, other: float) -> object:
    if abs(one) > 1e9 or abs(other) > 1e9:
        return UNKNOWN
    if isinstance(operator, ast.Add):
        return one + other
    if isinstance(operator, ast.Sub):
        return one - other
    return one * other if isinstance(operator, ast.Mult) else UNKNOWN


def _ways(values: list[object]) -> list[list[object]]:
    """Give the lists that there are where some of the values may be one of several texts."""
    ways: list[list[object]] = [[]]
    for value in values:
        found = options(value) if isinstance(value, Choice) and text_options(value) else (value,)
        if len(found) * len(ways) > MOST:
            found = (value,)
        ways = [[*way, option] for way in ways for option in found]
    return ways


def _percent(template: Text, given: object) -> object:
    if not template.value.exact:
        return template
    values = given.items if isinstance(given, Seq) else [given]
    ways = _ways(values)
    if len(ways) > 1:
        return any_of([_percent(template, Seq(way)) for way in ways])
    rest = chain(map(as_value, values), repeat(unknown("…")))

    def value(place: re.Match[str]) -> Value:
        if place[1] and isinstance(given, Map):
            return as_value(given.items.get(place[1], UNKNOWN))
        return next(rest)

    return with_places(template.value.text, _PLACEHOLDER.finditer(template.value.text), value)


def plain(thing: object) -> object:
    """Give a thing that can be compared, else `UNKNOWN`."""
    if isinstance(thing, Text):
        return thing.value.text if thing.value.exact else UNKNOWN
    return thing if isinstance(thing, bool | int | float) or thing is None else UNKNOWN


def formatted(template: Text, given: list[object], named: dict[str, object]) -> object:
    """Read `'…{}…'.format(…)`."""
    if not template.value.exact:
        return template
    ways = _ways([*given, *named.values()])
    if len(ways) > 1:
        split = len(given)
        return any_of([formatted(template, way[:split], dict(zip(named, way[split:], strict=True))) for way in ways])
    parts: list[Value] = []
    end = used = 0
    source = template.value.text.replace("{{", "\1").replace("}}", "\2")
    for match in _FIELD.finditer(source):
        parts.append(literal(source[end : match.start()].replace("\1", "{").replace("\2", "}")))
        key = match[1]
        if key == "":
            value: object = given[used] if used < len(given) else UNKNOWN
            used += 1
        elif key.isdecimal():
            value = given[int(key)] if int(key[:4]) < len(given) else UNKNOWN
        else:
            value = named.get(key, UNKNOWN)
        parts.append(in_field(as_value(value), match[2] or ""))
        end = match.end()
    parts.append(literal(source[end:].replace("\1", "{").replace("\2", "}")))
    return concatenated(parts)


def compared(operator: ast.cmpop, left: object, right: object) -> object:
    """Give what `left operator right` comes to; `UNKNOWN` where only a run can tell."""
    one, other = plain(left), plain(right)
    if isinstance(operator, ast.Is | ast.IsNot) and _stands_in(left, right):
        return isinstance(operator, ast.IsNot)
    if isinstance(operator, ast.In | ast.NotIn):
        inside = _contains(right, one)
        return inside if inside is UNKNOWN or isinstance(operator, ast.In) else not inside
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    if isinstance(operator, ast.Eq | ast.Is):
        return one == other
    if isinstance(operator, ast.NotEq | ast.IsNot):
        return one != other
    if isinstance(one, int | float) and isinstance(other, int | float):
        answers: dict[type[ast.cmpop], bool] = {
            ast.Lt: one < other,
            ast.LtE: one <= other,
            ast.Gt: one > other,
            ast.GtE: one >= other,
        }
        return answers.get(type(operator), UNKNOWN)
    return UNKNOWN


def _stands_in(one: object, other: object) -> bool:
    """Say whether a text of which something is known, so that it is surely one, is held against None."""
    return any(
        each is None and isinstance(held, Text) and held.value.text.strip("*") != ""
        for each, held in ((one, other), (other, one))
    )


def _contains(whole: object, part: object) -> object:
    """Say whether a known thing is in a known list, dictionary or string."""
    if part is UNKNOWN:
        return UNKNOWN
    if isinstance(whole, Map):
        return True if part in whole.items else UNKNOWN
    if isinstance(whole, Seq):
        known = [plain(element) for element in whole.items]
        if part in [each for each in known if each is not UNKNOWN]:
            return True
        return UNKNOWN if whole.open or UNKNOWN in known else False
    if isinstance(whole, Text) and isinstance(part, str):
        return part in whole.value.text if whole.value.exact else _within(whole.value.text, part)
    return UNKNOWN


def _within(text: str, part: str) -> object:
    """Say whether a part is in a text that is known in places; the value of an option holds no other option's name."""
    first, *others = text.split("*")
    if part and any(part in piece for piece in (first, *others)):
        return True
    return False if first.startswith("-") and "=" in first and part.startswith("-") else UNKNOWN
