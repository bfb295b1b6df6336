"""Calls: of the program's own functions and methods, of libraries, of things of which nothing is known."""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Choice, Map, Ref, Seq, Text, Tool, any_of, either
from migrator.commands.languages.reading import assign, autoload, library, objects, records, rows
from migrator.commands.languages.reading.evaluate import is_plural, register
from migrator.commands.languages.reading.machine import Machine, alternatives
from migrator.commands.languages.reading.members import member
from migrator.commands.languages.reading.run import as_value_of, block, hoist
from migrator.commands.languages.reading.values import Closure, Frame, Given, Kind, Object, flat, kind_of, pairs
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.ways import Way

_DEEPEST_CALL = 16
_TESTS = frozenset(("can", "isa", "is_a?", "respond_to?", "nil?"))


def call(machine: Machine, node: nodes.Call, frame: Frame) -> object:
    """Evaluate a call."""
    function = node.function
    if isinstance(function, nodes.Name):
        return _by_name(machine, node, function.text, frame)
    if isinstance(function, nodes.Attribute):
        return _method(machine, node, function, frame)
    if isinstance(function, nodes.Unary) and isinstance(function.operand, nodes.Name):
        return _by_name(machine, node, function.operand.text, frame)
    found = machine.value(function, frame)
    items, named = arguments(machine, node.arguments, frame)
    if found is UNKNOWN:
        machine.dispatched(frame)
        objects.called_back(machine, Given("", items, named, node.line, frame))
        return UNKNOWN
    return machine.invoke(found, items, named, node.line, frame)


def arguments(
    machine: Machine, given: tuple[nodes.Argument, ...], frame: Frame
) -> tuple[list[object], dict[str, object]]:
    """Evaluate the arguments of a call."""
    items: list[object] = []
    named: dict[str, object] = {}
    for argument in given[:400]:
        found = machine.value(argument.value, frame)
        if argument.name:
            named[argument.name] = found
        elif machine.language.flat and is_plural(argument.value):
            items.extend(flat(found)[:400])
        elif (
            isinstance(argument.value, nodes.Unary)
            and argument.value.operator in ("...", "*")
            and isinstance(found, Seq)
        ):
            items.extend(found.items)
        else:
            items.append(found)
    return items, named


def _given(machine: Machine, node: nodes.Call, name: str, frame: Frame, owner: object = UNKNOWN) -> Given:
    items, named = arguments(machine, node.arguments, frame)
    block_given = Closure(node.block, frame) if node.block is not None else None
    if machine.language.flat and len(items) > 1:
        named = {**pairs(items[len(items) % 2 :]), **pairs(items), **named}
    elif items and isinstance(items[-1], Map):
        named = {**{str(key): value for key, value in items[-1].items.items()}, **named}
    return Given(name, items, named, node.line, frame, owner, block_given, node.arguments)


def _by_name(machine: Machine, node: nodes.Call, name: str, frame: Frame) -> object:
    variable = frame.find(name)
    own = variable if isinstance(variable, Closure | Kind | Ref | Choice) else assign.own_function(machine, name, frame)
    if own is None and frame.this is not None and machine.language.name == "ruby":
        found = member(machine, kind_of(frame.this), name)
        own = Closure(found.node, found.frame, frame.this) if isinstance(found, Closure) else None
        if own is None and name not in machine.language.functions:
            of_model = records.sent(machine, frame.this, name, _given(machine, node, name, frame, frame.this))
            if of_model is not None:
                return of_model
    if own is not None and not isinstance(own, Ref):
        return _invoked(machine, node, own, frame)
    if isinstance(variable, Object | Map | Tool | Text) or (variable is UNKNOWN and name[:1] == "$"):
        items, named = arguments(machine, node.arguments, frame)
        return machine.invoke(variable, items, named, node.line, frame)
    if isinstance(own, Ref) and len(node.arguments) == 1 and rows.is_database(name):
        found = rows.of_connection(machine, arguments(machine, node.arguments, frame)[0], node.line, frame)
        if found is not UNKNOWN:
            return found
    dotted = own.dotted if isinstance(own, Ref) else name.lstrip("\\")
    return library.called(machine, _given(machine, node, dotted, frame))


def _method(machine: Machine, node: nodes.Call, function: nodes.Attribute, frame: Frame) -> object:
    owner = machine.value(function.target, frame)
    if isinstance(owner, Ref):
        owner = autoload.known(machine, owner.dotted.replace(".", "\\"), frame) or owner
    name = function.name
    if name[:1] == "$":
        known = machine.value(nodes.Name(name, node.line), frame)
        if isinstance(known, Closure):
            items, named = arguments(machine, node.arguments, frame)
            return machine.invoke(known, [owner, *items], named, node.line, frame)
        choices = [each.value.text for each in alternatives(known) if isinstance(each, Text) and each.value.exact]
        if not choices:
            machine.dispatched(frame)
            return UNKNOWN
        return any_of([_sent(machine, node, owner, choice, frame) for choice in choices[:6]])
    return _sent(machine, node, owner, name, frame)


def _sent(machine: Machine, node: nodes.Call, owner: object, name: str, frame: Frame) -> object:
    """Evaluate a call of a method on what is known of its owner."""
    if isinstance(owner, Choice):
        return any_of([_sent(machine, node, option, name, frame) for option in owner.options[:3]])
    own = _own_method(machine, owner, name, frame)
    if own is not None:
        return _invoked(machine, node, own, frame)
    if name == "new" and (isinstance(owner, Kind) or (isinstance(owner, Text) and _is_kind(machine, owner))):
        kind = owner.name if isinstance(owner, Kind) else owner.value.text
        items, named = arguments(machine, node.arguments, frame)
        return construct(machine, kind, items, named, node.line, frame)
    given = _given(machine, node, name, frame, owner)
    given.receiver = _receiver(node)
    if name in _TESTS:
        return UNKNOWN
    of_model = records.sent(machine, owner, name, given) if isinstance(owner, Object | Kind) else None
    if of_model is not None:
        return of_model
    if isinstance(owner, Ref):
        given.name = f"{owner.dotted}.{name}"
        return library.called(machine, given)
    if isinstance(owner, Text) and machine.language.flat and not owner.path:
        given.name = f"{owner.value.text}::{name}"
        return library.called(machine, given)
    return objects.method(machine, owner, name, given)


def _invoked(machine: Machine, node: nodes.Call, own: object, frame: Frame) -> object:
    """Call what is the program's own; a block is its last argument."""
    items, named = arguments(machine, node.arguments, frame)
    if node.block is not None:
        items.append(Closure(node.block, frame))
    return machine.invoke(own, items, named, node.line, frame)


def _receiver(node: nodes.Call) -> str:
    """Give the last name of what a method, or the chain that it stands in, is called on."""
    target = node.function.target if isinstance(node.function, nodes.Attribute) else None
    for _ in range(40):
        if not (isinstance(target, nodes.Call) and isinstance(target.function, nodes.Attribute)):
            break
        target = target.function.target
    if isinstance(target, nodes.Attribute):
        return target.name
    return target.text.lstrip("$@") if isinstance(target, nodes.Name) else ""


def _is_kind(machine: Machine, owner: Text) -> bool:
    kind = machine.kinds.get(owner.value.text)
    return kind is not None and bool(kind.members)


def _own_method(machine: Machine, owner: object, name: str, frame: Frame) -> object | None:
    """Find a method of the program's own: by its owner's class, or as the only one of its name."""
    bare = name.removeprefix("SUPER::").rpartition("::")[2]
    if isinstance(owner, Object | Kind) or (isinstance(owner, Text) and machine.language.flat):
        kind = owner.value.text if isinstance(owner, Text) else kind_of(owner)
        if name.startswith("SUPER::") or name == "super":
            bases = machine.kind(frame.kind).bases
            kind = bases[0] if bases else ""
        found = member(machine, kind, bare)
        if isinstance(found, Closure):
            return Closure(found.node, found.frame, owner)
    if isinstance(owner, Object):
        value = owner.values.items.get(bare)
        if isinstance(value, Closure):
            return value
    if isinstance(owner, Map):
        value = owner.items.get(bare)
        return value if isinstance(value, Closure | Kind | Ref) else None
    if owner is UNKNOWN and bare not in machine.language.methods and bare not in library.COMMON:
        only = machine.functions(bare)
        return Closure(only[0].node, only[0].frame, UNKNOWN) if len(only) == 1 else None
    return None


def construct(
    machine: Machine, kind: str, items: list[object], named: dict[str, object], line: int, frame: Frame
) -> object:
    """Make an object of a class of the program's own."""
    made = Object(kind)
    for name in ("__construct", "constructor", "initialize", "BUILD"):
        initial = member(machine, kind, name)
        if isinstance(initial, Closure):
            machine.invoke(Closure(initial.node, initial.frame, made), items, named, line, frame)
            return made
    made.values.items.update(pairs(items) if machine.language.flat else {})
    made.values.items.update(named)
    return made


def new(machine: Machine, node: nodes.New, frame: Frame) -> object:
    """Evaluate `new A(…)`."""
    kind = node.kind
    found = machine.value(kind, frame)
    written = kind.text if isinstance(kind, nodes.Name) else ""
    if written[:1] == "$" and isinstance(found, Text) and found.value.exact:
        # A class by a name that the program puts together: `new $job()`.
        written = found.value.text
    name = written.lstrip("\\").rpartition("\\")[2]
    if isinstance(found, Kind):
        name = found.name
    if name in ("static", "self") and frame.kind:
        name = frame.kind
    if name in machine.kinds or (written and autoload.known(machine, written, frame)):
        items, named = arguments(machine, node.arguments, frame)
        return construct(machine, name, items, named, node.line, frame)
    if isinstance(found, Tool) and found.kind == "rows":
        return rows.of_model(str(found.data.get("table", "")))
    dotted = found.dotted if isinstance(found, Ref) else name
    given = _given(machine, nodes.Call(kind, node.arguments, node.line), f"new {dotted}", frame)
    return library.called(machine, given)


def invoke(
    machine: Machine,
    stack: list[int],
    function: object,
    items: list[object],
    named: dict[str, object],
    line: int,
    frame: Frame,
) -> object:
    """Call a thing that is known."""
    if isinstance(function, Closure):
        return run(machine, stack, function, items, named)
    if isinstance(function, Kind):
        return construct(machine, function.name, items, named, line, frame)
    if isinstance(function, Choice):
        return any_of([machine.invoke(option, items, named, line, frame) for option in function.options[:4]])
    if isinstance(function, Ref):
        return library.called(machine, Given(function.dotted, items, named, line, frame))
    if isinstance(function, Text) and function.value.exact:
        own = assign.own_function(machine, function.value.text, frame)
        if own is not None:
            return machine.invoke(own, items, named, line, frame)
    if isinstance(function, Tool) and function.kind == "connection":
        return rows.of_connection(machine, items, line, frame)
    if function is UNKNOWN:
        machine.dispatched(frame)
    return UNKNOWN


def run(machine: Machine, stack: list[int], function: Closure, items: list[object], named: dict[str, object]) -> object:
    """Run a function of the program's own."""
    node = function.node
    if len(stack) >= _DEEPEST_CALL or stack.count(id(node)) >= 2 or not machine.spend():
        return UNKNOWN
    outer = function.frame
    if not node.closure and machine.language.name in ("php", "ruby"):
        # Such a function does not see the variables around it.
        outer = Frame({}, outer.unit, None, outer.kind, outer.this)
    inner = Frame({}, outer.unit, outer, outer.kind, outer.this)
    if function.bound is not None:
        inner.this = function.bound
        if machine.language.flat:
            items = [function.bound, *items]
    if machine.language.flat:
        inner.names["@_"] = Seq(list(items))
    _parameters(machine, node, items, named, inner)
    machine.entered.add(id(node))
    stack.append(id(node))
    try:
        results: list[object] = []
        way = Way.ON
        body = node.body
        last = body[-1] if body and machine.language.ends else None
        if last is not None and not isinstance(last, nodes.If | nodes.Each | nodes.While | nodes.Return | nodes.Block):
            if block(machine, body[:-1], inner, results) is Way.ON:
                results.append(machine.value(last, inner))
        else:
            hoist(machine, body, inner)
            way = block(machine, body, inner, results)
        found: object = results[0] if results else None
        if found is True and way is Way.ON:
            # It may as well have come to its end and given nothing.
            return UNKNOWN
        for result in results[1:4]:
            found = result if found is None else either(found, result)
        return found if results else UNKNOWN
    finally:
        stack.pop()


def _parameters(
    machine: Machine, node: nodes.Function, items: list[object], named: dict[str, object], inner: Frame
) -> None:
    for place, parameter in enumerate(node.parameters[:60]):
        name = parameter.name
        if parameter.rest:
            machine.bind(nodes.Declared(nodes.Name(name)), Seq(items[place:]), inner)
            break
        if name in named:
            found = named[name]
        elif name.lstrip("$") in named:
            found = named[name.lstrip("$")]
        elif place < len(items):
            found = items[place]
        else:
            found = machine.value(parameter.default, inner) if parameter.default is not None else UNKNOWN
        if isinstance(parameter.default, nodes.Mapping | nodes.Listing) and not name:
            machine.bind(parameter.default, found, inner)
        else:
            inner.names[name] = found


for _kind in (nodes.If, nodes.Each, nodes.While, nodes.Block, nodes.Try, nodes.Class, nodes.Import, nodes.Export):
    register(_kind, as_value_of)
register(nodes.Call, call)
register(nodes.New, new)
