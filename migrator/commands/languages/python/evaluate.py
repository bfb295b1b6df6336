"""Evaluate expressions of a Python program over what is known of their parts (`ast`, Python 3.11)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from migrator.commands.languages.abstract import (
    MOST,
    UNKNOWN,
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
    elements,
    opens,
    options,
    part_of,
    truth,
    with_places,
)
from migrator.commands.languages.days import formats_day
from migrator.commands.languages.picks import ALL, Picks, are_paths, with_known
from migrator.commands.languages.python import slices
from migrator.commands.languages.python.attributes import attribute, item, of_tool, set_attribute
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.dates import in_field
from migrator.commands.languages.python.environment import environment
from migrator.commands.languages.python.files import changed
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.operators import compared, operated, plain
from migrator.commands.languages.python.picking import tested
from migrator.commands.languages.python.values import Frame, Function
from migrator.commands.values import Value, literal, unknown

_DEEPEST = 60
# A text counts as one operation more for each so many characters: what doubles itself would fill the memory.
_PIECE = 500


def evaluate(machine: Machine, node: ast.expr | None, frame: Frame) -> object:
    """Give what an expression comes to; `UNKNOWN` where its text does not tell."""
    if node is None or machine.depth > _DEEPEST or not machine.spend():
        return UNKNOWN
    machine.depth += 1
    try:
        found = _operation(machine, node, frame)
    finally:
        machine.depth -= 1
    if isinstance(found, Text) and len(found.value.text) > _PIECE and not isinstance(node, ast.Name | ast.Constant):
        machine.spend(len(found.value.text) // _PIECE)
    return found


def _operation(machine: Machine, node: ast.expr, frame: Frame) -> object:
    match node:
        case ast.Constant():
            return _constant(machine, node)
        case ast.Name():
            return _name(node, frame)
        case ast.Attribute():
            return _attribute(machine, node, frame)
        case ast.Call():
            return _call(machine, node, frame)
        case ast.JoinedStr():
            return _joined(machine, node, frame)
        case ast.BinOp():
            return _binary(machine, node, frame)
        case ast.BoolOp():
            return _boolean(machine, node, frame)
        case ast.UnaryOp():
            return _unary(machine, node, frame)
        case ast.Compare():
            return _compare(machine, node, frame)
        case _:
            return _structure(machine, node, frame)


def _structure(machine: Machine, node: ast.expr, frame: Frame) -> object:
    match node:
        case ast.List() | ast.Tuple() | ast.Set():
            return _sequence(machine, node, frame)
        case ast.Dict():
            return _dictionary(machine, node, frame)
        case ast.Subscript():
            return _subscript(machine, node, frame)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            return _comprehension(machine, node, frame)
        case ast.DictComp():
            return _dictionary_made(machine, node, frame)
        case ast.IfExp():
            return _if(machine, node, frame)
        case ast.Lambda():
            return Function(node, frame)
        case ast.NamedExpr():
            return _named(machine, node, frame)
        case ast.Await():
            return evaluate(machine, node.value, frame)
        case ast.Yield() | ast.YieldFrom():
            return _yielded(machine, node, frame)
        case _:
            return UNKNOWN


def _yielded(machine: Machine, node: ast.Yield | ast.YieldFrom, frame: Frame) -> object:
    value = evaluate(machine, node.value, frame)
    place = frame.called
    if place is not None and place.yielded is not None and len(place.yielded) < 40:
        place.yielded.extend(elements(value) if isinstance(node, ast.YieldFrom) else [value])
    return UNKNOWN


def _constant(machine: Machine, node: ast.Constant) -> object:
    if isinstance(node.value, str):
        return Text(_string(machine, node.value))
    return node.value if isinstance(node.value, int | float | bool) or node.value is None else UNKNOWN


_FROM_SHELL = re.compile(r"\$\([^()]{0,200}\)|\$\{\w+\}")


def _string(machine: Machine, said: str) -> Value:
    """Give a string; in `python -c "…"` the shell puts in what it finds behind `$`."""
    if not machine.inline or "$" not in said:
        return literal(said)
    found = _FROM_SHELL.finditer(said)
    return with_places(said, found, lambda place: unknown(place[0], dated="date" in place[0])).value


def _name(node: ast.Name, frame: Frame) -> object:
    found = frame.find(node.id)
    if found is None and node.id not in frame.names:
        return Ref(node.id)
    return found


def _attribute(machine: Machine, node: ast.Attribute, frame: Frame) -> object:
    owner = evaluate(machine, node.value, frame)
    if owner == Ref("sys") and node.attr == "argv":
        script = frame.module.names.get("__file__", anything())
        return Seq([script, *(Text(value) for value in machine.arguments)])
    return attribute(machine, owner, node.attr)


def _joined(machine: Machine, node: ast.JoinedStr, frame: Frame) -> object:
    ways: list[list[Value]] = [[]]
    for piece in node.values:
        if isinstance(piece, ast.FormattedValue):
            thing = evaluate(machine, piece.value, frame)
            found = options(thing) if len(options(thing)) * len(ways) <= MOST else (thing,)
            values = [as_value(option) for option in found]
            if piece.format_spec is not None:
                values = _in_field(machine, values, _spec(piece.format_spec))
            ways = [[*way, value] for way in ways for value in values]
        elif isinstance(piece, ast.Constant):
            for way in ways:
                way.append(_string(machine, str(piece.value)))
    return any_of([concatenated(way) for way in ways])


def _in_field(machine: Machine, values: list[Value], spec: str) -> list[Value]:
    """Give what values come to in a field; `{now:%F}` asks the clock for its day."""
    if any(value.dated for value in values) and formats_day(spec):
        machine.findings.dated = True
    return [in_field(value, spec) for value in values]


def _spec(node: ast.expr) -> str:
    """Give the format of a field as far as it is written out."""
    pieces = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(piece.value) if isinstance(piece, ast.Constant) else "{}" for piece in pieces)


def _binary(machine: Machine, node: ast.BinOp, frame: Frame) -> object:
    left, right = evaluate(machine, node.left, frame), evaluate(machine, node.right, frame)
    return any_of([operated(node.op, one, other) for one in options(left)[:4] for other in options(right)[:4]])


def _boolean(machine: Machine, node: ast.BoolOp, frame: Frame) -> object:
    found: list[object] = []
    for value in node.values:
        here = evaluate(machine, value, frame)
        answer = truth(here)
        if answer is None or value is node.values[-1]:
            found.append(here)
        elif answer is isinstance(node.op, ast.Or):
            return any_of([*found, here])
    return any_of(found)


def _unary(machine: Machine, node: ast.UnaryOp, frame: Frame) -> object:
    value = evaluate(machine, node.operand, frame)
    if isinstance(node.op, ast.Not):
        answer = truth(value)
        return UNKNOWN if answer is None else not answer
    if isinstance(node.op, ast.USub) and isinstance(value, int | float):
        return -value
    return UNKNOWN


def _compare(machine: Machine, node: ast.Compare, frame: Frame) -> object:
    left = evaluate(machine, node.left, frame)
    right = evaluate(machine, node.comparators[0], frame)
    if len(node.ops) != 1:
        return UNKNOWN
    return compared(node.ops[0], left, right)


def _if(machine: Machine, node: ast.IfExp, frame: Frame) -> object:
    answer = truth(evaluate(machine, node.test, frame))
    if answer is None:
        return either(evaluate(machine, node.body, frame), evaluate(machine, node.orelse, frame))
    return evaluate(machine, node.body if answer else node.orelse, frame)


def _sequence(machine: Machine, node: ast.List | ast.Tuple | ast.Set, frame: Frame) -> object:
    items: list[object] = []
    open_ended = len(node.elts) > 200
    for element in node.elts[:200]:
        if isinstance(element, ast.Starred):
            inner = evaluate(machine, element.value, frame)
            items.extend(elements(inner))
            open_ended = open_ended or not isinstance(inner, Seq) or inner.open
        else:
            items.append(evaluate(machine, element, frame))
    return Seq(items, open_ended)


def _dictionary(machine: Machine, node: ast.Dict, frame: Frame) -> object:
    found = Map()
    for key, value in list(zip(node.keys, node.values, strict=True))[:200]:
        thing = evaluate(machine, value, frame)
        if key is not None:
            found.put(plain(evaluate(machine, key, frame)), thing)
        elif isinstance(thing, Map):
            found.take_in(thing)
    return found


def _subscript(machine: Machine, node: ast.Subscript, frame: Frame) -> object:
    owner = evaluate(machine, node.value, frame)
    if isinstance(node.slice, ast.Slice):
        if isinstance(owner, Seq):
            return _sliced(machine, owner, node.slice, frame)
        if isinstance(owner, Tool) and owner.kind == "query":
            # Some of the records that are asked for.
            return owner
        return _cut(machine, owner.value, node.slice, frame) if isinstance(owner, Text) else UNKNOWN
    key = evaluate(machine, node.slice, frame)
    if isinstance(owner, Ref) and owner.dotted == "os.environ":
        return environment(machine, key, None)
    if isinstance(owner, Tool):
        return of_tool(owner, as_value(key))
    return item(owner, plain(key))


def _sliced(machine: Machine, owner: Seq, part: ast.Slice, frame: Frame) -> object:
    start = evaluate(machine, part.lower, frame) if part.lower is not None else 0
    end = evaluate(machine, part.upper, frame) if part.upper is not None else None
    if isinstance(start, int) and (end is None or isinstance(end, int)) and not owner.open:
        return Seq(owner.items[start:end])
    return Seq(owner.items, True)


def _cut(machine: Machine, owner: Value, part: ast.Slice, frame: Frame) -> Text:
    """Give a piece of a text; counted from an end, as far as what is known there reaches."""
    start = evaluate(machine, part.lower, frame) if part.lower is not None else None
    end = evaluate(machine, part.upper, frame) if part.upper is not None else None
    return slices.cut(owner, start, end) if part.step is None else anything(dated=owner.dated)


def _comprehension(machine: Machine, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, frame: Frame) -> object:
    before = len(machine.findings.touches)
    source = evaluate(machine, node.generators[0].iter, frame)
    first = node.generators[0]
    picks = ALL
    if opens(source):
        told = partial(evaluate, machine, frame=frame)
        picks = tested(first.target, first.ifs, told, whole=are_paths(elements(source, 12)))
        machine.pick(before, picks)
    rounds = _rounds(machine, node.generators, source, frame, picks)
    found = [(evaluate(machine, node.elt, inner), sure) for inner, sure in rounds]
    # An element that a test may leave out may be all that was there.
    doubted = not all(sure for _, sure in found)
    return Seq([item for item, _ in found], not isinstance(source, Seq) or source.open or doubted)


def _dictionary_made(machine: Machine, node: ast.DictComp, frame: Frame) -> object:
    source = evaluate(machine, node.generators[0].iter, frame)
    found = Map()
    for inner, sure in _rounds(machine, node.generators, source, frame):
        key, value = plain(evaluate(machine, node.key, inner)), evaluate(machine, node.value, inner)
        found.put(key, value)
        found.doubted = found.doubted or not sure
    return found


def _rounds(
    machine: Machine, generators: list[ast.comprehension], source: object, frame: Frame, picks: Picks = ALL
) -> Iterator[tuple[Frame, bool]]:
    """Give the names of each round over the first source, of inner ones the first element, and whether it is sure."""
    inner = Frame({}, frame.module, frame)
    for element in with_known(elements(source, 12), picks):
        bind(machine, generators[0].target, element, inner)
        for later in generators[1:]:
            bind(machine, later.target, next(iter(elements(evaluate(machine, later.iter, inner))), UNKNOWN), inner)
        answers = [truth(evaluate(machine, test, inner)) for test in generators[0].ifs]
        if False not in answers:
            yield inner, None not in answers


def bind(machine: Machine, target: ast.expr, value: object, frame: Frame) -> None:
    """Give a target of an assignment its value."""
    if isinstance(target, ast.Name):
        frame.names[target.id] = value
        if target.id in frame.shared:
            share(machine, target.id, value, frame)
    elif isinstance(target, ast.Tuple | ast.List):
        for place, element in enumerate(target.elts):
            bind(machine, element, part_of(value, place), frame)
    elif isinstance(target, ast.Attribute):
        set_attribute(evaluate(machine, target.value, frame), target.attr, value)
    elif isinstance(target, ast.Subscript):
        owner = evaluate(machine, target.value, frame)
        key = plain(evaluate(machine, target.slice, frame)) if not isinstance(target.slice, ast.Slice) else UNKNOWN
        if isinstance(owner, Map):
            # What one of two ways puts in may not be there.
            owner.doubted = machine.unsure > 0 and (owner.doubted or not owner.items)
            owner.put(key, value)
        elif owner == Ref("os.environ") and isinstance(key, str) and isinstance(value, Text):
            machine.environment[key] = value.value
    elif isinstance(target, ast.Starred):
        bind(machine, target.value, UNKNOWN, frame)


def share(machine: Machine, name: str, value: object, frame: Frame) -> None:
    """Give a name that is another place's its value there; on one of two ways it may keep what it has."""
    there = frame.shared[name]
    there[name] = either(there[name], value) if machine.unsure and name in there else value


def _call(machine: Machine, node: ast.Call, frame: Frame) -> object:
    function = evaluate(machine, node.func, frame)
    given: list[object] = []
    for argument in node.args[:50]:
        if isinstance(argument, ast.Starred):
            given.extend(elements(evaluate(machine, argument.value, frame)))
        else:
            given.append(evaluate(machine, argument, frame))
    named: dict[str, object] = {}
    for keyword in node.keywords[:50]:
        value = evaluate(machine, keyword.value, frame)
        if keyword.arg is not None:
            named[keyword.arg] = value
        elif isinstance(value, Map):
            named.update({str(key): thing for key, thing in value.items.items()})
    call = Call(given, named, node, frame)
    if machine.changing:
        changed(machine, (*given, *named.values()), call)
    return machine.call(function, call)


def _named(machine: Machine, node: ast.NamedExpr, frame: Frame) -> object:
    value = evaluate(machine, node.value, frame)
    bind(machine, node.target, value, frame)
    return value
