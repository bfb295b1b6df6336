"""What a Perl module gives away to the package that uses it (Exporter(3perl))."""

from __future__ import annotations

from migrator.commands.languages.abstract import Map, Seq, Text
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Frame, own_name

_MOST = 500


def take_in(machine: Machine, module: str, wanted: list[object], frame: Frame) -> None:
    """Make a module's variables and constants known by their bare names: those asked for, else its `@EXPORT`."""
    names = [each.value.text for each in wanted if isinstance(each, Text)] or _listed(machine, module, "@EXPORT")
    allowed = {*_listed(machine, module, "@EXPORT"), *_listed(machine, module, "@EXPORT_OK")}
    for name in names[:_MOST]:
        if name.startswith(":"):
            _several(machine, module, _tagged(machine, module, name[1:]) or sorted(allowed), frame)
        elif name in allowed or name.lstrip("&") in allowed:
            _several(machine, module, [name], frame)


def _several(machine: Machine, module: str, names: list[str], frame: Frame) -> None:
    for name in names[:_MOST]:
        if len(machine.aliases) < 20 * _MOST:
            machine.aliases[own_name(name, frame.kind)] = own_name(name, module)


def _listed(machine: Machine, module: str, name: str) -> list[str]:
    found = machine.globals.get(own_name(name, module))
    return _texts(found)


def _tagged(machine: Machine, module: str, tag: str) -> list[str]:
    tags = machine.globals.get(own_name("%EXPORT_TAGS", module))
    return _texts(tags.items.get(tag)) if isinstance(tags, Map) else []


def _texts(found: object) -> list[str]:
    items = found.items[:_MOST] if isinstance(found, Seq) else []
    return [item.value.text for item in items if isinstance(item, Text) and item.value.exact]
