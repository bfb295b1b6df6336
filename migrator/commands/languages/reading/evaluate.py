"""Evaluate expressions of a program's tree over what is known of their parts."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Choice,
    Map,
    Ref,
    Seq,
    Text,
    Tool,
    any_of,
    anything,
    as_value,
    concatenated,
    either,
    flattened,
    same,
    text,
)
from migrator.commands.languages.reading import assign, autoload, rows
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.members import attribute, element
from migrator.commands.languages.reading.values import (
    Arguments,
    Closure,
    Frame,
    Given,
    Kind,
    Object,
    flat,
    key_of,
    mapped,
    truth,
)
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.words import named
from migrator.commands.values import Value
from migrator.model import Mode

_DEEPEST = 110
MOST_ITEMS = 1000
_LONGEST = 40_000
_TESTS = ("-e", "-f", "-s", "-M", "-C", "-A")
_TESTED = 0.7
_LISTS = named("map grep sort keys values reverse split glob")
_FILE = re.compile(r"/[^/]*\.[^/.][^/]*\Z")


def evaluate(machine: Machine, node: object, frame: Frame) -> object:
    """Give what an expression comes to; `UNKNOWN` where its text does not tell."""
    reader = _READERS.get(type(node))
    if reader is None or machine.depth > _DEEPEST or not machine.spend():
        return UNKNOWN
    machine.depth += 1
    try:
        return reader(machine, node, frame)
    finally:
        machine.depth -= 1


def _literal(_machine: Machine, node: nodes.Literal, _frame: Frame) -> object:
    return node.value


def _string(machine: Machine, node: nodes.String, frame: Frame) -> object:
    parts = [text(part) if isinstance(part, str) else interpolated(machine, part, frame) for part in node.parts]
    return shortened(concatenated([as_value(part) for part in parts])) if parts else text("")


def shortened(found: Text) -> object:
    """Give a string, or nothing known where it grows beyond what anybody reads."""
    return found if len(found.value.text) <= _LONGEST else UNKNOWN


def interpolated(machine: Machine, part: object, frame: Frame) -> object:
    """Give what an expression inside a string comes to."""
    found = machine.value(part, frame)
    if isinstance(found, Seq) and found.items and not found.open:
        words: list[Value] = []
        for item in found.items[:40]:
            words.extend([as_value(text(" ")), as_value(item)] if words else [as_value(item)])
        return concatenated(words)
    if isinstance(found, Text | Choice | int | float) or found is None:
        return found if found is not None else text("")
    return Text(as_value(found))


def _command(machine: Machine, node: nodes.Command, frame: Frame) -> object:
    machine.start(_string(machine, nodes.String(node.parts, node.line), frame), node.line, frame)
    return anything("output")


def _name(machine: Machine, node: nodes.Name, frame: Frame) -> object:
    name = node.text
    own = machine.language.names.get(name)
    if own is not None:
        return own(machine, frame)
    if name == machine.language.this and frame.this is not None:
        return frame.this
    if name in ("__PACKAGE__", "__CLASS__"):
        return text(frame.kind)
    holder = frame.holder(name)
    if holder is not None:
        found = holder.names[name]
        if machine.language.name == "ruby" and isinstance(found, Closure) and found.node.name == name:
            # A method's bare name calls it.
            return machine.invoke(found, [], {}, node.line, frame)
        return found
    return assign.looked_up(machine, name, node.line, frame)


def _index(machine: Machine, node: nodes.Index, frame: Frame) -> object:
    key = machine.value(node.key, frame)
    if machine.language.name == "r" and isinstance(key, int) and key > 0:
        # R counts from one.
        key -= 1
    owner = machine.value(node.target, frame)
    if isinstance(owner, Ref):
        # `Dir["*.csv"]`
        own = machine.language.functions.get(f"{owner.dotted}.[]")
        return UNKNOWN if own is None else own(machine, Given(f"{owner.dotted}.[]", [key], {}, node.line, frame))
    if isinstance(owner, Tool) and owner.kind in ("connection", "outside") and isinstance(key, Text):
        return rows.indexed(machine, owner, key, node.line, frame)
    return element(machine, owner, key)


def _attribute(machine: Machine, node: nodes.Attribute, frame: Frame) -> object:
    owner = machine.value(node.target, frame)
    if isinstance(owner, Ref):
        owner = autoload.known(machine, owner.dotted.replace(".", "\\"), frame) or owner
    found = attribute(machine, owner, node.name, frame)
    if found is UNKNOWN and isinstance(owner, Kind) and node.name[:1].isupper():
        return autoload.known(machine, f"{owner.name}\\{node.name}", frame) or UNKNOWN
    return found


def _function(_machine: Machine, node: nodes.Function, frame: Frame) -> object:
    return Closure(node, frame)


def _listing(machine: Machine, node: nodes.Listing, frame: Frame) -> object:
    items: list[object] = []
    for item in node.items:
        if len(items) < MOST_ITEMS:
            items.extend(spread(machine, item, frame)[:MOST_ITEMS])
    if node.loose and not machine.language.flat and len(items) == 1:
        return items[0]
    return Seq(items)


def spread(machine: Machine, item: object, frame: Frame) -> list[object]:
    """Give what an item of a list adds to it: arrays run into Perl's lists, `...x` and `*x` into others."""
    found = machine.value(item, frame)
    if isinstance(item, nodes.Unary) and item.operator in ("...", "*", "**"):
        return flat(found) if isinstance(found, Seq) else [found]
    if machine.language.flat and is_plural(item):
        return flat(found)
    return [found]


def is_plural(item: object) -> bool:
    """Say whether an expression of Perl gives a list where a list is wanted."""
    if isinstance(item, nodes.Name):
        return item.text.startswith(("@", "%"))
    if isinstance(item, nodes.Declared):
        return is_plural(item.target)
    if isinstance(item, nodes.Call):
        name = item.function
        return isinstance(name, nodes.Name) and name.text in _LISTS
    return (isinstance(item, nodes.Listing) and item.loose) or (
        isinstance(item, nodes.Unary) and item.operator == "deref"
    )


def _mapping(machine: Machine, node: nodes.Mapping, frame: Frame) -> object:
    found = Map()
    loose: list[object] = []
    for key, value in node.pairs:
        if key is None:
            inner = machine.value(value, frame)
            if isinstance(value, nodes.Name) and isinstance(inner, Closure | Ref | Object | Tool | Text):
                found.items[value.text] = inner
            elif isinstance(value, nodes.Function) and value.name:
                found.items[value.name] = inner
            elif isinstance(inner, Map) and not loose:
                # `{...a, b: 1}`: what comes later has the word.
                found.items.update(inner.items)
            else:
                loose.extend(flat(inner))
            continue
        known = key_of(machine.value(key, frame))
        inner = machine.value(value, frame)
        if known is not None:
            found.items[known] = inner
    found.items.update(mapped(loose).items if loose else {})
    return found


def _chain(machine: Machine, node: nodes.Chain, frame: Frame) -> object:
    operator = node.operators[0]
    if operator in ("||", "//", "??", "or", "&&", "and", "?:"):
        return _logical(machine, node, frame)
    if operator in ("=~", "!~"):
        return assign.matched(machine, node, frame)
    found = [machine.value(nodes.alone(operand), frame) for operand in node.operands]
    if operator in ("==", "===", "eq", "!=", "!==", "ne"):
        return _compared(found, operator)
    if operator in _ORDERS and len(found) == 2:
        return _ordered(_number(found[0]), _number(found[1]), operator)
    first = found[0]
    if (
        isinstance(first, Text)
        and machine.language.name == "ruby"
        and (operator == "/" or (operator == "+" and first.path))
    ):
        whole = concatenated([part for each in found for part in (as_value(each), as_value(text("/")))][:-1])
        return Text(whole.value, first.path)
    joins = machine.language.joins
    if all(each in joins for each in node.operators) and any(isinstance(each, Text | Choice) for each in found):
        return _joined(found)
    if operator in ("<<", "+") and isinstance(found[0], Seq):
        return Seq(flattened(found)[:400])
    return UNKNOWN


def _joined(found: list[object]) -> object:
    choices = [each for each in found if isinstance(each, Choice)]
    if len(choices) == 1 and len(found) <= 8:
        ways = [[option if each is choices[0] else each for each in found] for option in choices[0].options[:4]]
        return any_of([_joined(way) for way in ways])
    return shortened(concatenated([as_value(each) for each in found]))


_ORDERS = ("<", ">", "<=", ">=")


def _number(thing: object) -> float | None:
    """Give a number, or how many words the program is called with."""
    if isinstance(thing, Arguments):
        return len(thing.items)
    return thing if isinstance(thing, int | float) and not isinstance(thing, bool) else None


def _ordered(one: float | None, other: float | None, operator: str) -> object:
    if one is None or other is None:
        return UNKNOWN
    if operator[0] == "<":
        return one < other or (one == other and operator == "<=")
    return one > other or (one == other and operator == ">=")


def _compared(found: list[object], operator: str) -> object:
    if len(found) != 2:
        return UNKNOWN
    one, other = (len(each.items) if isinstance(each, Arguments) else each for each in found)
    if isinstance(one, Text) and isinstance(other, Text) and one.value.exact and other.value.exact:
        equal = one.value.text == other.value.text
    elif all(isinstance(each, int | float | bool) or each is None for each in (one, other)):
        equal = same(one, other)
    else:
        return UNKNOWN
    return equal if operator in ("==", "===", "eq") else not equal


def _logical(machine: Machine, node: nodes.Chain, frame: Frame) -> object:
    """Evaluate `or`, `and` and their kin from the left; where only a run can tell, either side."""
    found = machine.value(node.operands[0], frame)
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        if operator in ("//", "??"):
            answer = False if found is None else (None if found is UNKNOWN or isinstance(found, Choice) else True)
        else:
            answer = truth(found)
        stops = answer if operator in ("||", "or", "//", "??", "?:") else (None if answer is None else not answer)
        if stops:
            return found
        if isinstance(operand, nodes.Return | nodes.Leave):
            continue
        other = machine.value(operand, frame)
        if stops is False:
            found = other
        else:
            found = other if operator in ("&&", "and") and not isinstance(found, Text) else either(found, other)
    return found


def _unary(machine: Machine, node: nodes.Unary, frame: Frame) -> object:
    operator = node.operator
    if operator == "\\" and isinstance(node.operand, nodes.Unary) and node.operand.operator == "&":
        return (
            machine.value(node.operand.operand, frame)
            if not isinstance(node.operand.operand, nodes.Name)
            else _reference(machine, node.operand.operand, frame)
        )
    if operator == "&" and isinstance(node.operand, nodes.Name):
        found = _reference(machine, node.operand, frame)
        if isinstance(found, Closure) and machine.language.name == "perl":
            return machine.invoke(found, [], {}, node.line, frame)
        return found
    found = machine.value(node.operand, frame)
    if operator in ("!", "not"):
        answer = truth(found)
        return UNKNOWN if answer is None else not answer
    if operator == "-" and isinstance(found, int | float):
        return -found
    if operator[:1] == "-" and len(operator) == 2 and operator[1].isalpha():
        return _tested(machine, operator, found, node.line, frame)
    return found if operator in ("deref", "\\", "&", "@", "...", "*", "**", "await", "+", "->", ":") else UNKNOWN


def _tested(machine: Machine, operator: str, found: object, line: int, frame: Frame) -> object:
    """Read a file test of Perl: a file asked for by its name is one that the program goes by."""
    if operator in ("-e", "-f", "-s", "-r", "-d"):
        machine.look(found)
    # A folder that is there says nothing about what lies in it, and `-e` does not tell the two apart.
    named = isinstance(found, Text) and (found.value.exact or found.value.dated) and _FILE.search(found.value.text)
    if named and operator in _TESTS and not machine.walking:
        machine.touch(Mode.READ, found, line, frame, _TESTED)
    return UNKNOWN


def _reference(machine: Machine, node: nodes.Name, frame: Frame) -> object:
    found = assign.own_function(machine, node.text, frame)
    return found if found is not None else machine.value(node, frame)


def _choose(machine: Machine, node: nodes.Choose, frame: Frame) -> object:
    answer = truth(machine.value(node.test, frame))
    if answer is not None:
        return machine.value(node.one if answer else node.other, frame)
    one, other = machine.value(node.one, frame), machine.value(node.other, frame)
    if isinstance(node.test, nodes.Unary) and node.test.operator in ("-e", "-d", "-f"):
        # `-e one ? one : other`: the first is what the text names for the place it runs on.
        return one
    return either(one, other)


def _assign(machine: Machine, node: nodes.Assign, frame: Frame) -> object:
    return assign.assigned(machine, node, frame)


def _declared(machine: Machine, node: nodes.Declared, frame: Frame) -> object:
    assign.declare(machine, node.target, frame)
    return UNKNOWN


def _return(machine: Machine, node: nodes.Return, frame: Frame) -> object:
    return machine.value(node.value, frame) if node.value is not None else None


_READERS: dict[type, Callable[..., object]] = {
    nodes.Literal: _literal,
    nodes.String: _string,
    nodes.Command: _command,
    nodes.Name: _name,
    nodes.Index: _index,
    nodes.Attribute: _attribute,
    nodes.Function: _function,
    nodes.Listing: _listing,
    nodes.Mapping: _mapping,
    nodes.Chain: _chain,
    nodes.Unary: _unary,
    nodes.Choose: _choose,
    nodes.Assign: _assign,
    nodes.Declared: _declared,
    nodes.Return: _return,
}


def register(kind: type, reader: Callable[..., object]) -> None:
    """Add the reader of a sort of node that another module reads."""
    _READERS[kind] = reader
