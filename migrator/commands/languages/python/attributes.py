"""Attributes and items of things."""

from __future__ import annotations

from dataclasses import replace

from migrator.commands.languages.abstract import UNKNOWN, Choice, Map, Ref, Seq, Text, Tool, any_of, text
from migrator.commands.languages.python import databases, orm
from migrator.commands.languages.python.call import implied
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.os_path import path_attribute
from migrator.commands.languages.python.values import Class, Function, Module, Thing
from migrator.commands.values import Value

_WORLD = {
    "sys.executable": "python3",
    "os.sep": "/",
    "os.path.sep": "/",
    "os.linesep": "\n",
    "sys.platform": "linux",
    "os.curdir": ".",
}


_OPAQUE = frozenset({"query", "column", "collection", "config", "group", "connection", "filesystem"})


def attribute(machine: Machine, owner: object, name: str) -> object:
    """Give an attribute of a thing."""
    if isinstance(owner, Choice):
        return any_of([attribute(machine, option, name) for option in owner.options])
    if isinstance(owner, Ref):
        known = _WORLD.get(f"{owner.dotted}.{name}")
        if owner.dotted == "django.conf.settings" and (found := _setting(machine, name)) is not UNKNOWN:
            return found
        return Ref(f"{owner.dotted}.{name}") if known is None else text(known)
    if isinstance(owner, Module):
        return owner.names.get(name, UNKNOWN)
    if isinstance(owner, Thing):
        return _of_thing(machine, owner, name)
    if isinstance(owner, Class):
        return _of_class(owner, name)
    if isinstance(owner, Tool) and owner.kind == "super":
        return _inherited(owner, name)
    if isinstance(owner, Tool) and owner.kind == "query" and (records := orm.behind(owner, name)) is not None:
        return records
    found = _own(owner, name)
    return Tool("method", {"owner": owner, "name": name}) if found is None else found


def _of_thing(machine: Machine, owner: Thing, name: str) -> object:
    if name == "__dict__":
        return Map(dict(owner.attributes))  # type: ignore[arg-type]  # keys of a dictionary may be anything
    if name == "__class__":
        return UNKNOWN if owner.kind is None else owner.kind
    if name in owner.attributes:
        return owner.attributes[name]
    return _given(machine, _member(owner, owner.kind, name), owner)


def _of_class(owner: Class, name: str) -> object:
    """Give an attribute of a class; of a model its manager, the beginning of a query or a column too."""
    if name == "as_manager" and orm.is_manager(owner):
        # Called, it makes one of its kind.
        return owner
    found = _member(None, owner, name)
    if (query := orm.manager(owner, found)) is not None:
        return query
    return (orm.attribute(owner, name) or found) if found is UNKNOWN or _is_column(found) else found


def set_attribute(owner: object, name: str, value: object) -> None:
    """Give an object's attribute a value; a record that was asked for keeps what its other columns hold."""
    if isinstance(owner, Thing):
        owner.attributes[name] = value
    elif isinstance(owner, Tool) and owner.kind == "query":
        orm.changed(owner, name)


def _setting(machine: Machine, name: str) -> object:
    """Give what the settings of a Django project say (`DJANGO_SETTINGS_MODULE`, mostly set by `manage.py` itself)."""
    named = machine.environment.get("DJANGO_SETTINGS_MODULE")
    module = machine.project(named.text) if named is not None and named.exact else None
    return UNKNOWN if module is None else module.names.get(name, UNKNOWN)


def _inherited(owner: Tool, name: str) -> object:
    """Give what the classes behind one have under a name, bound to the object that asks."""
    thing, behind = owner.data.get("of"), owner.data.get("behind")
    for base in behind.bases if isinstance(behind, Class) else ():
        found = _member(thing if isinstance(thing, Thing) else None, base, name)
        if found is not UNKNOWN and not _is_column(found):
            return found
    if isinstance(thing, Thing) and orm.is_model(thing.kind):
        # The method of the framework's own class of records.
        return Tool("method", {"owner": Thing(thing.kind), "name": name})
    if isinstance(thing, Tool) and thing.kind == "query":
        # The same of a record, or of the manager, that was asked for.
        return Tool("method", {"owner": Tool("query", {**thing.data, "plain": True}), "name": name})
    return UNKNOWN


def _own(owner: object, name: str) -> object | None:
    """Give what a path or a library's object has under a name, None where that is a method."""
    if isinstance(owner, Text):
        # A member of an Enum stands for its value.
        return path_attribute(owner, name) if owner.path else owner if name == "value" else None
    if isinstance(owner, Tool):
        if name in owner.data and owner.kind not in _OPAQUE:
            return owner.data[name]
        if owner.kind == "config" and name == "_sections":
            return owner.data["sections"]
        if owner.kind == "collection" and name not in databases.METHODS:
            return databases.below(owner, name)
    return None


def _is_column(thing: object) -> bool:
    return isinstance(thing, Tool) and thing.kind == "method"


def _given(machine: Machine, found: object, owner: Thing) -> object:
    """Give an attribute of an object: what a property returns, else the attribute itself."""
    if not (isinstance(found, Function) and found.manner == "property"):
        return found
    return machine.call(replace(found, bound=owner), implied("property", found.outer, line=found.node.lineno))


def _member(thing: Thing | None, kind: object, name: str, depth: int = 0, asked: Class | None = None) -> object:
    """Find a member in a class and behind it; a method of the class is bound to the class that was asked."""
    if not isinstance(kind, Class) or depth > 8:
        return UNKNOWN if thing is None else Tool("method", {"owner": thing, "name": name})
    if name in kind.names:
        found = kind.names[name]
        if isinstance(found, Function) and found.manner != "static":
            bound = (asked or kind) if found.manner == "class" else thing
            return found if bound is None else replace(found, bound=bound)
        return found
    for base in kind.bases:
        found = _member(thing, base, name, depth + 1, asked or kind)
        if not (isinstance(found, Tool) and found.kind == "method") and found is not UNKNOWN:
            return found
    return UNKNOWN if thing is None else Tool("method", {"owner": thing, "name": name})


def item(owner: object, key: object) -> object:
    """Give an item of a list or dictionary."""
    if isinstance(owner, Choice):
        return any_of([item(option, key) for option in owner.options])
    if isinstance(owner, Map):
        if key is not UNKNOWN:
            return owner.items.get(key, UNKNOWN if owner.rest is None else owner.rest)
        return any_of([value for _, value in owner.pairs[:8]]) if owner.pairs else UNKNOWN
    if isinstance(owner, Thing) and isinstance(key, str):
        # Settings that are both: attributes and items.
        return owner.attributes.get(key, UNKNOWN)
    if isinstance(owner, Seq) and owner.items:
        if isinstance(key, int) and -len(owner.items) <= key < len(owner.items):
            return owner.items[key]
        return owner.items[0] if owner.open else UNKNOWN
    return UNKNOWN


def of_tool(owner: Tool, key: Value) -> object:
    """Give a section of INI settings, a collection, a record of a query."""
    if owner.kind == "config":
        return item(owner.data.get("sections"), key.text)
    if owner.kind == "collection":
        return databases.below(owner, key.text)
    if owner.kind == "query" and key.exact and not key.text.isdecimal():
        # A value of a row, of whatever kind.
        return UNKNOWN
    return owner if owner.kind in ("query", "connection") else UNKNOWN
