"""Lists and dictionaries of Perl (perlfunc(1), List::Util(3perl)): taken from, added to, gone through."""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, elements, text
from migrator.commands.languages.picks import ALL
from migrator.commands.languages.reading import library
from migrator.commands.languages.reading.language import Known, rows
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.picking import taken
from migrator.commands.languages.reading.values import Closure, Frame, Given, flat


def _list_of(machine: Machine, given: Given) -> Seq | None:
    """Give the array that a call works on; without one, the arguments of the function or program."""
    if given.nodes:
        found = machine.value(given.nodes[0].value, given.frame)
        return found if isinstance(found, Seq) else None
    found = given.frame.find("@_")
    if not isinstance(found, Seq):
        found = machine.language.names["@ARGV"](machine, given.frame)
    return found if isinstance(found, Seq) else None


def _shift(machine: Machine, given: Given) -> object:
    """Read `shift`."""
    found = _list_of(machine, given)
    if found is None or not found.items:
        return None if found is not None and not found.open else UNKNOWN
    return found.items.pop(0)


def _pop(machine: Machine, given: Given) -> object:
    """Read `pop`."""
    found = _list_of(machine, given)
    return found.items.pop() if found is not None and found.items else UNKNOWN


def _push(machine: Machine, given: Given) -> object:
    """Read `push` and `unshift`; `@ISA` and `@INC` mean more."""
    found = _list_of(machine, given)
    added = given.items[len(found.items) :] if found is not None else given.items
    if found is None or len(found.items) > 400:
        return UNKNOWN
    if given.name == "unshift":
        found.items[:0] = added
    else:
        found.items.extend(added)
    target = given.nodes[0].value if given.nodes else None
    if getattr(target, "text", "") == "@INC":
        machine.paths.extend(each.value for each in added if isinstance(each, Text))
    return UNKNOWN


def _keys(_machine: Machine, given: Given) -> object:
    """Read `keys %h`."""
    found = given.get(0)
    whole = found.items if isinstance(found, Map) else None
    if whole is None and given.items:
        # The dictionary has run into the list of arguments.
        return Seq(list(given.items[0::2]), True)
    return Seq([text(key) if isinstance(key, str) else key for key in (whole or {})], True)


def _values(_machine: Machine, given: Given) -> object:
    """Read `values %h`."""
    found = given.get(0)
    return Seq(list(found.items.values()) if isinstance(found, Map) else list(given.items[1::2]), True)


def _shared_list(_machine: Machine, given: Given) -> object:
    """Read `reverse`, `uniq`: the same elements."""
    return Seq(list(given.items), True)


def _over(machine: Machine, given: Given) -> object:
    """Run a block for each element of a list: `map`, `grep`, `sort` and their kin."""
    name = given.tail
    items = given.items
    function: object = given.block
    if function is None and items and isinstance(items[0], Closure):
        function, items = items[0], items[1:]
    whole = Seq(list(items), any(isinstance(each, Seq) and each.open for each in items))
    found: list[object] = []
    holder = Frame({}, given.frame.unit, given.frame, given.frame.kind, given.frame.this)
    seen = elements(whole, 12) or [UNKNOWN]
    if name == "grep" and (picks := taken(machine, function)) != ALL:
        seen = machine.pick(seen, picks)
        whole = Seq(seen, open=True)
    for element in seen:
        holder.names["$_"] = element
        if isinstance(function, Closure):
            result = machine.inline(Closure(function.node, holder))
            found.extend(flat(result) if isinstance(result, Seq | Map) else [result])
    if name == "map":
        return Seq(found[:400], whole.open)
    if name in ("first", "any", "all", "none"):
        return items[0] if name == "first" and items else UNKNOWN
    return Seq(whole.items, True) if name == "grep" else whole


FUNCTIONS: dict[str, Known] = {
    "shift": _shift,
    "pop": _pop,
    **rows("push unshift", _push),
    **rows("map grep sort first any all none notall", _over),
    "scalar": library.counted,
    "keys": _keys,
    "values": _values,
    **rows("reverse uniq uniqnum shuffle List::Util::uniq", _shared_list),
}
