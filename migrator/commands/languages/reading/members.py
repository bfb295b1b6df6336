"""Elements and properties: what stands under a key, a place or a name."""

from __future__ import annotations

from math import isfinite

from migrator.commands.languages.abstract import UNKNOWN, Choice, Map, Ref, Seq, Text, Tool, any_of
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Arguments, Closure, Frame, Kind, Object, Options, key_of

_DIGITS = 10  # of an index that a list may have
_FEW = 4


def element(machine: Machine, owner: object, key: object) -> object:
    """Give an element of a list or dictionary."""
    if isinstance(owner, Object):
        owner = owner.values
    if isinstance(owner, Choice):
        return any_of([element(machine, option, key) for option in owner.options[:4]])
    known = key_of(key)
    if isinstance(owner, Map):
        if known is None:
            values = tuple(owner.items.values())
            # The values of a small dictionary, or nothing known.
            return Choice((*values, UNKNOWN)) if 0 < len(values) <= _FEW else UNKNOWN
        if known in owner.items:
            return owner.items[known]
        other = str(known) if isinstance(known, int) else known
        return owner.items.get(other, None if isinstance(owner, Options) else UNKNOWN)
    if isinstance(owner, Seq):
        if isinstance(known, str) and known.isdecimal():
            known = int(known) if len(known) < _DIGITS else None
        place = int(known) if isinstance(known, int | float) and isfinite(known) else None
        if place is not None and -len(owner.items) <= place < len(owner.items):
            return owner.items[place]
        return UNKNOWN if owner.open or place is None else None
    if isinstance(owner, Tool) and owner.kind == "environment":
        return environment(machine, str(known) if known is not None else "")
    return UNKNOWN


def environment(machine: Machine, name: str) -> object:
    """Give a variable of the environment, unknown where nothing sets it."""
    if name == "HOME":
        return Text(machine.home)
    value = machine.environment.get(name)
    return UNKNOWN if value is None else Text(value)


def attribute(machine: Machine, owner: object, name: str, frame: Frame) -> object:
    """Give a property, constant or member of something."""
    if isinstance(owner, Object):
        if name in owner.values.items:
            return owner.values.items[name]
        found = member(machine, owner.kind, name)
        if isinstance(found, Closure):
            return Closure(found.node, found.frame, owner)
        # A property of PHP or JavaScript has the value that its class gives it.
        return found if found is not None and machine.language.name in ("php", "node") else UNKNOWN
    if isinstance(owner, Options):
        return owner.items.get(name)
    if isinstance(owner, Map):
        return owner.items.get(name, UNKNOWN)
    if isinstance(owner, Kind):
        found = member(machine, owner.name, name)
        return UNKNOWN if found is None else found
    if isinstance(owner, Ref):
        dotted = f"{owner.dotted}.{name}"
        own = machine.language.names.get(dotted)
        return own(machine, frame) if own is not None else Ref(dotted[-200:])
    if isinstance(owner, Tool):
        return _of_tool(machine, owner, name)
    if isinstance(owner, Choice):
        return any_of([attribute(machine, option, name, frame) for option in owner.options[:4]])
    if isinstance(owner, Arguments) and name == "length":
        return len(owner.items)
    return UNKNOWN


def _of_tool(machine: Machine, owner: Tool, name: str) -> object:
    if owner.kind == "environment":
        return environment(machine, name)
    if owner.kind == "prisma" and not name.startswith("$"):
        return Tool("rows", {"table": name, "kind": "", "read": None})
    return UNKNOWN


def member(machine: Machine, kind: str, name: str, depth: int = 0) -> object | None:
    """Find a function or constant in a class or what it takes from."""
    found = machine.kinds.get(kind)
    if found is None or depth > 8:
        return None
    if name in found.members:
        return found.members[name]
    if machine.language.name == "php":
        # Methods have no case (php.net, language.functions); constants and properties have.
        folded = name.lower()
        for other, value in found.members.items():
            if isinstance(value, Closure) and other.lower() == folded:
                return value
    for base in found.bases:
        inherited = member(machine, base, name, depth + 1) if base != kind else None
        if inherited is not None:
            return inherited
    return None
