"""Methods of strings, paths, lists and dictionaries."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Text,
    anything,
    as_value,
    concatenated,
    elements,
    text,
)
from migrator.commands.languages.paths import absolute, any_depth, below, deep
from migrator.commands.languages.python import files
from migrator.commands.languages.python.attributes import item
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.operators import formatted
from migrator.commands.languages.python.os_path import expanded
from migrator.commands.values import Value
from migrator.model import Mode


def text_method(machine: Machine, owner: Text, name: str, call: Call) -> object:
    """Read a method of a string or path."""
    value = owner.value
    if name == "format":
        return formatted(owner, call.given, call.named)
    if name == "join" and call.given and not owner.path:
        parts = [as_value(element) for element in elements(call.given[0], 12)]
        separated = [piece for n, part in enumerate(parts) for piece in ((value, part) if n else (part,))]
        return concatenated(separated)
    if name in _PLAIN_METHODS:
        return _PLAIN_METHODS[name](owner, name, call.given)
    if name == "replace" and len(call.given) == 2 and not owner.path:
        return _replaced(value, as_value(call.given[0]), as_value(call.given[1]))
    if name in ("startswith", "endswith") and call.given:
        asked = call.given[0]
        if isinstance(asked, Text) and asked.value.exact:
            return _begins(value, asked.value.text) if name == "startswith" else _ends(value, asked.value.text)
    return _path_method(machine, owner, name, call)


def _begins(value: Value, start: str) -> object:
    """Say whether a text begins so, by what stands before the first part of it that is not known."""
    known = value.text if value.exact else value.text.partition("*")[0]
    if value.exact or known.startswith(start):
        return known.startswith(start)
    return UNKNOWN if start.startswith(known) else False


def _ends(value: Value, end: str) -> object:
    known = value.text if value.exact else value.text.rpartition("*")[2]
    if value.exact or known.endswith(end):
        return known.endswith(end)
    return UNKNOWN if end.endswith(known) else False


def _kept(owner: Text, _name: str, _given: list[object]) -> object:
    return owner


def _stripped(owner: Text, name: str, given: list[object]) -> object:
    text_of = owner.value.text
    signs = given[0].value.text if given and isinstance(given[0], Text) else None
    strip = {"strip": text_of.strip, "rstrip": text_of.rstrip, "lstrip": text_of.lstrip}[name]
    return Text(owner.value.but(strip(signs)), owner.path)


def _cased(owner: Text, name: str, _given: list[object]) -> object:
    value = owner.value
    return Text(value.but(value.text.lower() if name == "lower" else value.text.upper()))


def _split(owner: Text, name: str, given: list[object]) -> object:
    separator = as_value(given[0]).text if given and as_value(given[0]).exact else ""
    if not owner.value.exact:
        return _split_in_part(owner.value, separator, once_from_behind=name == "rsplit" and given[1:] == [1])
    return Seq([text(piece) for piece in owner.value.text.split(separator or None)[:50]])


def _split_in_part(value: Value, separator: str, *, once_from_behind: bool) -> object:
    """Split what is known in part: its first and last piece keep what they begin and end with."""
    known = value.text
    if not separator or "*" in separator or not known.strip("*") or separator not in known:
        return Seq([anything()], True)
    before, _, after = known.rpartition(separator)
    if once_from_behind and "*" not in after:
        return Seq([Text(value.but(before)), Text(value.but(after))], True)
    head, tail = known.partition(separator)[0], after
    first = head if "*" not in head else head.partition("*")[0] + "*"
    last = tail if "*" not in tail else "*" + tail.rpartition("*")[2]
    return Seq([Text(value.but(first)), anything(), Text(value.but(last))], True)


def _replaced(value: Value, old: Value, new: Value) -> object:
    if old.exact and new.exact and old.text and "*" not in old.text and value.text.strip("*"):
        return Text(value.but(value.text.replace(old.text, new.text)))
    return anything(dated=value.dated)


_PLAIN_METHODS: dict[str, Callable[[Text, str, list[object]], object]] = {
    **dict.fromkeys(("strip", "rstrip", "lstrip"), _stripped),
    **dict.fromkeys(("encode", "decode", "expandvars", "as_posix", "__str__"), _kept),
    **dict.fromkeys(("lower", "upper"), _cased),
    **dict.fromkeys(("split", "rsplit", "splitlines"), _split),
}


def _path_method(machine: Machine, owner: Text, name: str, call: Call) -> object:
    if name == "open":
        return files.opened(machine, owner, call.first("mode"), call)
    if name in ("read_text", "read_bytes"):
        machine.touch(Mode.READ, owner, call)
        content = machine.content(owner.value)
        return anything() if content is None else text(content)
    if name in ("write_text", "write_bytes", "touch"):
        machine.touch(Mode.WRITE, owner, call)
        return UNKNOWN
    if name in ("unlink", "rmdir"):
        machine.touch(Mode.DELETE, owner, call)
        return UNKNOWN
    if name in ("rename", "replace") and owner.path:
        machine.touch(Mode.READ, owner, call)
        machine.touch(Mode.DELETE, owner, call)
        machine.touch(Mode.WRITE, call.first("target"), call)
        return call.first("target")
    if name in ("glob", "rglob", "iterdir"):
        given = call.given[0] if call.given else anything("name")
        pattern = as_value(any_depth(below(deep(owner) if name == "rglob" else owner, given)))
        found = Text(Value(pattern.text, pattern.written, exact=False), path=True)
        machine.listed(found, found, call)
        return Seq([found], True)
    if name in ("exists", "is_file", "stat"):
        machine.polls.append(("file", owner.value.text))
        return UNKNOWN
    return _path_part(machine, owner, name, call.given)


def _path_part(machine: Machine, owner: Text, name: str, given: list[object]) -> object:
    if name == "joinpath":
        found = owner
        for part in given:
            found = below(found, part)
        return found
    if name in ("resolve", "absolute"):
        return Text(absolute(owner.value, machine.folder), path=True)
    if name == "expanduser":
        return Text(expanded(machine, owner.value), path=True) if owner.value.text.startswith("~") else owner
    if name in ("with_suffix", "with_name", "with_stem") and given:
        head, _, last = owner.value.text.rpartition("/")
        new = as_value(given[0])
        base = posixpath.splitext(last)[0] + new.text if name == "with_suffix" else new.text
        return Text(owner.value.but(f"{head}/{base}" if head else base), path=True)
    return UNKNOWN if owner.path else anything()


def map_method(owner: Map, name: str, given: list[object]) -> object:
    """Read a method of a dictionary."""
    if name == "get" and given:
        key = as_value(given[0])
        return item(owner, key.text) if key.exact else (given[1] if len(given) > 1 else UNKNOWN)
    more = owner.rest is not None
    if name == "items":
        return Seq([Seq([key, value]) for key, value in owner.pairs], more)
    if name == "values":
        return Seq([value for _, value in owner.pairs], more)
    if name == "keys":
        return Seq([key for key, _ in owner.pairs], more)
    if name == "update" and given and isinstance(given[0], Map):
        owner.take_in(given[0])
    return UNKNOWN


def sequence_method(owner: Seq, name: str, given: list[object]) -> object:
    """Read a method of a list, tuple or set."""
    if name in ("append", "add", "insert", "appendleft") and given and len(owner.items) < 200:
        owner.items.append(given[-1])
    elif name in ("extend", "update") and given and len(owner.items) < 200:
        owner.items.extend(elements(given[0]))
        owner.open = owner.open or not isinstance(given[0], Seq)
    elif name in ("pop", "popleft") and owner.items:
        return owner.items[-1]
    elif name == "copy":
        return Seq(list(owner.items), owner.open)
    return UNKNOWN
