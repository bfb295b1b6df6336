"""Run the statements of a program over what is known: all ways that may be taken, loops once a known element."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.commands.facts import WaitKind
from migrator.commands.invocation import Waiting
from migrator.commands.languages.abstract import (
    UNKNOWN,
    Choice,
    Map,
    Ref,
    Seq,
    Text,
    Tool,
    any_of,
    as_value,
    either,
    elements,
    opens,
    text,
)
from migrator.commands.languages.findings import Waited
from migrator.commands.languages.reading import autoload
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.picking import pick_turn, picked
from migrator.commands.languages.reading.values import Arguments, Closure, Frame, Kind, Object, truth
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.ways import Way
from migrator.commands.languages.words import named

_EXITS = named("exit die croak confess quit abort process.exit q stop raise exit!")
_DEEPEST = 110
_MOST_LEFT = 6


def hoist(machine: Machine, body: Sequence[object], frame: Frame) -> None:
    """Make the functions and classes of a body known before it runs."""
    kind = frame.kind
    for statement in body:
        if isinstance(statement, nodes.Package) and statement.body is None:
            frame.kind = statement.name
        elif isinstance(statement, nodes.Export):
            hoist(machine, (statement.value,), frame)
        elif isinstance(statement, nodes.Function) and statement.name:
            define(machine, statement, frame)
        elif isinstance(statement, nodes.Class) and machine.language.name == "php" and not statement.bases:
            _class(machine, statement, frame)
        elif isinstance(statement, nodes.Block | nodes.Package) and statement.body:
            outer, frame.kind = frame.kind, statement.name if isinstance(statement, nodes.Package) else frame.kind
            if frame.outer is None and machine.depth < _DEEPEST:
                machine.depth += 1
                hoist(machine, statement.body, frame)
                machine.depth -= 1
            frame.kind = outer
    frame.kind = kind


def define(machine: Machine, node: nodes.Function, frame: Frame) -> None:
    """Make a named function known in its package, class or block; it keeps the package that it stands in."""
    closure = Closure(node, Frame(frame.names, frame.unit, frame.outer, frame.kind, frame.this))
    name, package = node.name, frame.kind or "main"
    if "::" in name:
        package, _, name = name.rpartition("::")
    if machine.language.flat or frame.outer is None or frame.kind in machine.kinds:
        machine.kind(package).members[name] = closure
    if not machine.language.flat:
        frame.names[name] = closure


def block(machine: Machine, body: Sequence[object], frame: Frame, results: list[object]) -> Way:
    """Run statements in order; values of `return` go to `results`."""
    if machine.depth > _DEEPEST:
        return Way.ON
    machine.depth += 1
    try:
        for statement in body:
            if not machine.spend():
                return Way.STOPS
            way = _statement(machine, statement, frame, results)
            if way is not Way.ON:
                return way
        return Way.ON
    finally:
        machine.depth -= 1


def _statement(machine: Machine, node: object, frame: Frame, results: list[object]) -> Way:  # noqa: C901  one arm per statement
    match node:
        case nodes.If():
            return _if(machine, node.arms, node.otherwise, frame, results)
        case nodes.Each():
            return _each(machine, node, frame, results)
        case nodes.While():
            return _while(machine, node, frame, results)
        case nodes.Block():
            return block(machine, node.body, frame, results)
        case nodes.Try():
            return _try(machine, node, frame, results)
        case nodes.Return():
            results.append(machine.value(node.value, frame) if node.value is not None else None)
            return Way.RETURNS
        case nodes.Leave():
            if machine.leaving and machine.leaving[-1][0] is frame:
                machine.leaving[-1][1].append(dict(frame.names))
            return Way.LEAVES_LOOP
        case nodes.Function() if node.name:
            define(machine, node, frame)
        case nodes.Class() if id(node) not in machine.entered:
            _class(machine, node, frame)
        case nodes.Package():
            if node.body is None:
                frame.kind = node.name
                machine.kind(node.name)
            else:
                block(machine, node.body, Frame({}, frame.unit, frame, node.name), results)
        case nodes.Import():
            _import(machine, node, frame)
        case nodes.Export():
            _export(machine, node, frame)
        case nodes.Chain() if isinstance(node.operands[-1], nodes.Return | nodes.Leave):
            machine.value(node, frame)
            return _conditional_end(machine, node, frame, results)
        case _:
            machine.value(node, frame)
            return Way.STOPS if _exits(node) else Way.ON
    return Way.ON


def as_value_of(machine: Machine, node: object, frame: Frame) -> object:
    """Run a statement that stands as an expression (Ruby, R); it gives what its ways end with."""
    results: list[object] = []
    if isinstance(node, nodes.If):
        found: list[object] = []
        for test, body in node.arms:
            answer = truth(machine.value(test, frame))
            if answer is not False:
                found.append(_last(machine, body, frame))
            if answer:
                return any_of(found)
        if node.otherwise:
            found.append(_last(machine, node.otherwise, frame))
        return any_of(found) if found else UNKNOWN
    if isinstance(node, nodes.Block | nodes.Try):
        return _last(machine, node.body, frame)
    _statement(machine, node, frame, results)
    return UNKNOWN


def _last(machine: Machine, body: Sequence[object], frame: Frame) -> object:
    if not body or block(machine, body[:-1], frame, []) is not Way.ON:
        return UNKNOWN
    return machine.value(body[-1], frame)


def _conditional_end(machine: Machine, node: nodes.Chain, frame: Frame, results: list[object]) -> Way:
    """Read `x or return …`: the value may be what the function gives."""
    last = node.operands[-1]
    if isinstance(last, nodes.Return) and last.value is not None:
        results.append(machine.value(last.value, frame))
    return Way.ON


def _exits(node: object) -> bool:
    if isinstance(node, nodes.Call) and isinstance(node.function, nodes.Name | nodes.Attribute):
        return _dotted(node.function) in _EXITS
    return isinstance(node, nodes.Name) and node.text in _EXITS


def _dotted(node: object) -> str:
    if isinstance(node, nodes.Attribute):
        inner = node.target
        return f"{inner.text}.{node.name}" if isinstance(inner, nodes.Name) else ""
    return node.text if isinstance(node, nodes.Name) else ""


def _if(
    machine: Machine,
    arms: Sequence[tuple[object, tuple[object, ...]]],
    otherwise: tuple[object, ...],
    frame: Frame,
    results: list[object],
) -> Way:
    """Run the way that is taken, or all that may be; afterwards a name is any of what they made it."""
    ways: list[Way] = []
    ends: list[dict[str, object]] = []
    before = dict(frame.names)
    for test, body in arms:
        answer = truth(machine.value(test, frame))
        if answer is False:
            continue
        start = dict(frame.names)
        ways.append(block(machine, body, frame, results))
        ends.append(dict(frame.names))
        if answer:
            break
        frame.names.clear()
        frame.names.update(start)
    else:
        ways.append(block(machine, otherwise, frame, results) if otherwise else Way.ON)
        ends.append(dict(frame.names))
    going = [end for way, end in zip(ways, ends, strict=True) if way is Way.ON] or ends[-1:]
    _merge(frame, going, before)
    if any(way is Way.ON for way in ways):
        return Way.ON
    return min(ways, key=lambda way: way.value)


def _merge(frame: Frame, ends: Sequence[dict[str, object]], before: dict[str, object]) -> None:
    frame.names.clear()
    frame.names.update(ends[0])
    for end in ends[1:]:
        for name, value in end.items():
            known = frame.names.get(name, before.get(name, UNKNOWN))
            # What one way leaves empty and another fills is what fills it.
            if known is value or value is None or value is UNKNOWN:
                frame.names.setdefault(name, value)
            elif known is UNKNOWN and isinstance(value, int | float):
                # A number would decide a test that only a run can.
                frame.names[name] = UNKNOWN
            else:
                frame.names[name] = value if known is None or known is UNKNOWN else either(known, value)


def _each(machine: Machine, node: nodes.Each, frame: Frame, results: list[object]) -> Way:
    over = machine.value(node.over, frame)
    found = _elements(over, keyed=node.key is not None)
    if node.key is None and (opens(over) or isinstance(over, Text)):
        picks = picked(machine, node.target, node.body, frame)
        found = [(UNKNOWN, each) for each in machine.pick([element for _, element in found], picks)]
    machine.slept = None
    for key, element in found:
        if node.key is not None:
            machine.bind(node.key, key, frame)
        if node.target is not None:
            machine.bind(node.target, element, frame)
        way = _turn(machine, node.body, frame, results)
        if way is Way.STOPS and len(found) == 1:
            break
    return Way.ON


def _turn(machine: Machine, body: Sequence[object], frame: Frame, results: list[object]) -> Way:
    """Run a turn of a loop; what is empty behind it may be what it was made where the turn was left."""
    left: list[dict[str, object]] = []
    machine.leaving.append((frame, left))
    way = block(machine, body, frame, results)
    machine.leaving.pop()
    for names in left[:_MOST_LEFT]:
        for name, value in names.items():
            known = frame.names.get(name, UNKNOWN)
            if known is not value and (known is None or known is False) and value is not None and value is not UNKNOWN:
                frame.names[name] = value if known is None else either(known, value)
    return way


def _elements(over: object, *, keyed: bool) -> list[tuple[object, object]]:
    if isinstance(over, Map):
        return [
            (text(key) if isinstance(key, str) else key, value) for key, value in list(over.items.items())[:12]
        ] or [(UNKNOWN, UNKNOWN)]
    if isinstance(over, Choice) and not keyed:
        over = next((option for option in over.options if isinstance(option, Seq)), over)
    if isinstance(over, Text):
        return [(UNKNOWN, over)]
    if isinstance(over, Tool) and over.kind == "rows":
        kind = str(over.data.get("kind", ""))
        return [(UNKNOWN, Object(kind) if kind else over)]
    if isinstance(over, Seq) and not over.items and not isinstance(over, Arguments):
        # A list that is made empty is filled somewhere, seen or not.
        return [(UNKNOWN, UNKNOWN)]
    return list(enumerate(elements(over)))


def _while(machine: Machine, node: nodes.While, frame: Frame, results: list[object]) -> Way:
    block(machine, node.before, frame, results)
    polls, uses = len(machine.polls), len(machine.findings.starts)
    machine.slept = None
    answer = truth(machine.value(node.test, frame))
    touched = len(machine.findings.touches)
    if answer is node.until:
        return Way.ON
    pick_turn(machine, node, frame)
    _turn(machine, node.body, frame, results)
    block(machine, node.step, frame, results)
    quiet = len(machine.findings.starts) == uses and len(machine.findings.touches) == touched
    if quiet and len(machine.polls) > polls:
        _waited(machine, machine.polls[polls], node.line, frame)
    machine.slept = None
    return Way.ON


def _waited(machine: Machine, file: str, line: int, frame: Frame) -> None:
    """Note a loop that only looks for a file and sleeps as a wait."""
    if machine.slept is not None:
        waiting = Waiting(WaitKind.FILE, file, None, machine.slept or None)
        machine.findings.wait(Waited(waiting, frame.unit.path, line, frame.unit.words(line)))


def _try(machine: Machine, node: nodes.Try, frame: Frame, results: list[object]) -> Way:
    way = block(machine, node.body, frame, results)
    ends = [dict(frame.names)]
    for handler in node.handlers[:6]:
        if block(machine, handler, frame, results) is Way.ON:
            ends.append(dict(frame.names))
        frame.names.clear()
        frame.names.update(ends[0])
    _merge(frame, ends, ends[0])
    block(machine, node.finally_, frame, results)
    return Way.ON if way is Way.STOPS and node.handlers else way


def _class(machine: Machine, node: nodes.Class, frame: Frame) -> None:
    name = node.name
    machine.entered.add(id(node))
    if machine.language.name == "ruby" and frame.kind and "::" not in name:
        machine.kinds.setdefault(name, machine.kind(name))
    kind = machine.kind(name)
    kind.bases.extend(_base(machine, base, frame) for base in node.bases[:6])
    inner = Frame({}, frame.unit, frame, name)
    hoist(machine, node.body, inner)
    for member in node.body:
        if isinstance(member, nodes.Function) and member.name:
            kind.members[member.name] = Closure(member, inner)
    inner.this = kind
    machine.declaring += 1
    block(machine, tuple(each for each in node.body if not isinstance(each, nodes.Function)), inner, [])
    machine.declaring -= 1
    for key, value in inner.names.items():
        kind.members.setdefault(key.lstrip("$"), value)
        if key.startswith("$"):
            kind.members.setdefault(key, value)
    if not machine.language.flat:
        frame.names.setdefault(name, kind)


def _base(machine: Machine, node: object, frame: Frame) -> str:
    if isinstance(node, nodes.Name):
        autoload.known(machine, node.text, frame)
        last = node.text.rpartition("::")[2]
        return last if last in machine.kinds and last != node.text else node.text.rpartition("\\")[2]
    found = machine.value(node, frame)
    if isinstance(found, Kind):
        return found.name
    return as_value(found).text


def _import(machine: Machine, node: nodes.Import, frame: Frame) -> None:
    found = machine.load(machine.value(node.path, frame), frame, module=True)
    for theirs, ours in node.names[:200]:
        machine.bind(nodes.Name(ours, node.line), imported(found, theirs), frame)


def imported(found: object, name: str) -> object:
    """Give a name of what a module gives away."""
    if name in ("*", "default"):
        if isinstance(found, Map) and "default" in found.items and name == "default":
            return found.items["default"]
        return found if found is not None else UNKNOWN
    if isinstance(found, Map):
        return found.items.get(name, UNKNOWN)
    if isinstance(found, Object):
        return found.values.items.get(name, UNKNOWN)
    return Ref(f"{found.dotted}.{name}") if isinstance(found, Ref) else UNKNOWN


def _export(machine: Machine, node: nodes.Export, frame: Frame) -> None:
    own = node.value.name if isinstance(node.value, nodes.Function | nodes.Class) else ""
    if own:
        _statement(machine, node.value, frame, [])
    value = frame.find(own) if own else machine.value(node.value, frame)
    exports = frame.unit.exports
    if not isinstance(exports, Map):
        return
    if node.name or own:
        exports.items[node.name or own] = value
    elif isinstance(node.value, nodes.Assign):
        _export_name(exports, node.value, frame)
    elif isinstance(node.value, nodes.Listing):
        for item in node.value.items:
            _export_name(exports, item, frame)


def _export_name(exports: Map, node: object, frame: Frame) -> None:
    target = node.target if isinstance(node, nodes.Assign) else node
    bare = target.target if isinstance(target, nodes.Declared) else target
    if isinstance(bare, nodes.Name):
        exports.items[bare.text] = frame.find(bare.text)
