"""Options that a program takes from its command line, and what the call gives."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, text
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.values import Closure, Given, Options
from migrator.commands.values import Value

_SPEC = re.compile(r"([\w?|-]+)([=:!+].*)?")


def words(machine: Machine) -> tuple[dict[str, list[object]], list[Value]]:
    """Sort the words of a call: options with their values (`1` where they stand alone), and the rest."""
    found: dict[str, list[object]] = {}
    rest: list[Value] = []
    values = list(machine.words[:200])
    place = 0
    while place < len(values):
        value = values[place]
        place += 1
        shown = value.text
        if not shown.startswith("-") or shown in ("-", "--"):
            rest.append(value)
            continue
        name, equals, tail = shown.lstrip("-").partition("=")
        if equals:
            found.setdefault(name, []).append(Text(value.but(tail, value.written.partition("=")[2])))
        elif place < len(values) and not values[place].text.startswith("-"):
            found.setdefault(name, []).append(Text(values[place]))
        else:
            found.setdefault(name, []).append(1)
    return found, rest


def long_options(machine: Machine, given: Given) -> object:
    """Read `GetOptions`: into a dictionary, or each option into its variable."""
    found, _ = words(machine)
    items = given.items
    if not items:
        return UNKNOWN
    if isinstance(items[0], Map):
        whole = items[0]
        kept = Options({name: values[-1] for name, values in found.items()})
        for key, value in whole.items.items():
            kept.items.setdefault(key, value)
        for spec in items[1:]:
            names, takes = _names(described(spec))
            _named(kept, names, found, takes=takes)
        if given.nodes:
            machine.bind(_behind(given.nodes[0].value), kept, given.frame)
        return True
    nodes = [argument.value for argument in given.nodes]
    for place in range(0, len(nodes) - 1, 2):
        names, takes = _names(described(machine.value(nodes[place], given.frame)))
        value = next((found[name][-1] for name in names if name in found), None)
        if value is None:
            continue
        if not takes:
            value = 1
        target = _behind(nodes[place + 1])
        current = machine.value(target, given.frame)
        if isinstance(current, Closure):
            machine.invoke(current, [text(names[0]), value], {}, given.line, given.frame)
        elif isinstance(current, Seq):
            current.items.append(value)
        else:
            machine.bind(target, value, given.frame)
    return True


def _names(spec: str) -> tuple[list[str], bool]:
    match = _SPEC.match(spec)
    if match is None:
        return [""], False
    return match[1].split("|"), bool(match[2] and match[2][0] in "=:")


def _named(kept: Options, names: list[str], found: dict[str, list[object]], *, takes: bool) -> None:
    for name in names:
        if name in found:
            kept.items[names[0]] = found[name][-1] if takes else 1


def _behind(node: object) -> object:
    operand = getattr(node, "operand", None)
    return node if operand is None else operand


def letters(machine: Machine, given: Given) -> object:
    """Read `getopts` of letters, into a dictionary."""
    spec = described(given.get(0))
    found, _ = words(machine)
    kept = Options()
    for place, letter in enumerate(spec):
        if letter != ":" and letter in found:
            takes = spec[place + 1 : place + 2] == ":"
            kept.items[letter] = found[letter][-1] if takes else 1
    if len(given.nodes) > 1:
        machine.bind(_behind(given.nodes[1].value), kept, given.frame)
        return True
    return kept
