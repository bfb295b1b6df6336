"""Run the statements of a Python program over what is known: all ways that may be taken, loops once a known item."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial

from migrator.commands.languages.abstract import UNKNOWN, Ref, Seq, Text, Tool, either, elements, opens, truth
from migrator.commands.languages.picks import are_paths, with_known
from migrator.commands.languages.python import command_line
from migrator.commands.languages.python.attributes import attribute
from migrator.commands.languages.python.call import Call, implied
from migrator.commands.languages.python.evaluate import bind, evaluate
from migrator.commands.languages.python.imports import take_in
from migrator.commands.languages.python.loops import only_waits, turns, waited
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.missing import told
from migrator.commands.languages.python.modules import parsed
from migrator.commands.languages.python.operators import plain
from migrator.commands.languages.python.picking import picked
from migrator.commands.languages.python.settings import lines_of
from migrator.commands.languages.python.values import Class, Frame, Function, Thing, find_method
from migrator.commands.languages.ways import Way
from migrator.commands.values import literal

_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})


def block(machine: Machine, body: Sequence[ast.stmt], frame: Frame, results: list[object]) -> Way:
    """Run statements in order; values of `return` go to `results`."""
    for statement in body:
        if not machine.spend():
            return Way.STOPS
        way = _statement(machine, statement, frame, results)
        if way is not Way.ON:
            return way
    return Way.ON


def _statement(machine: Machine, node: ast.stmt, frame: Frame, results: list[object]) -> Way:
    match node:
        case ast.If():
            return _if(machine, node, frame, results)
        case ast.For() | ast.AsyncFor():
            return _for(machine, node, frame, results)
        case ast.While():
            return _while(machine, node, frame, results)
        case ast.With() | ast.AsyncWith():
            return _with(machine, node, frame, results)
        case ast.Try() | ast.TryStar():
            return _try(machine, node, frame, results)
        case ast.Match():
            return _match(machine, node, frame, results)
        case ast.Return():
            results.append(evaluate(machine, node.value, frame))
            return Way.RETURNS
        case ast.Break() | ast.Continue():
            if machine.left and len(machine.left[-1]) < _MOST_LEFT:
                machine.left[-1].append(dict(frame.names))
            return Way.LEAVES_LOOP
        case ast.Raise():
            # `raise SystemExit(main())` ends the program with what it does.
            evaluate(machine, node.exc, frame)
            return Way.STOPS
        case ast.Expr():
            return _expression(machine, node, frame)
        case _:
            _simple(machine, node, frame)
            return Way.ON


def _simple(machine: Machine, node: ast.stmt, frame: Frame) -> None:
    """Run a statement that always goes on to the next."""
    match node:
        case ast.Assign():
            value = evaluate(machine, node.value, frame)
            for target in node.targets:
                bind(machine, target, value, frame)
        case ast.AnnAssign() if node.value is not None:
            bind(machine, node.target, evaluate(machine, node.value, frame), frame)
        case ast.AugAssign():
            _augment(machine, node, frame)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            frame.names[node.name] = _decorated(machine, node, frame)
        case ast.ClassDef():
            frame.names[node.name] = _class(machine, node, frame)
        case ast.Import() | ast.ImportFrom():
            take_in(machine, node, frame)
        case ast.Assert():
            evaluate(machine, node.test, frame)
        case ast.Global() | ast.Nonlocal():
            _shared(node, frame)
        case _:
            return


def _shared(node: ast.Global | ast.Nonlocal, frame: Frame) -> None:
    """Note the names that a function shares with its module or with the function around it."""
    for name in node.names:
        place = frame.outer if isinstance(node, ast.Nonlocal) else None
        while place is not None and name not in place.names:
            place = place.outer
        frame.shared[name] = frame.module.names if place is None else place.names


def _class(machine: Machine, node: ast.ClassDef, frame: Frame) -> Class:
    inner = Frame({}, frame.module, frame)
    # A field without a value has its place among those that a dataclass or a named tuple is made with.
    inner.names.update(dict.fromkeys(_fields(node), UNKNOWN))
    block(machine, node.body, inner, [])
    bases = tuple(evaluate(machine, base, frame) for base in node.bases[:6])
    found = Class(node.name, inner.names, bases, frame.module.path)
    if any(isinstance(base, Ref) and base.dotted.rpartition(".")[2] == "BaseSettings" for base in bases):
        _from_environment(machine, found)
    return found


def _fields(node: ast.ClassDef) -> list[str]:
    return [
        each.target.id for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]


def _from_environment(machine: Machine, kind: Class) -> None:
    """Give the fields of pydantic's settings the values of the environment: `out_dir` is `OUT_DIR` there."""
    for name in list(kind.names):
        value = machine.environment.get(name.upper())
        if value is not None and not isinstance(kind.names[name], Function | Class):
            kind.names[name] = Text(value)


def _with(machine: Machine, node: ast.With | ast.AsyncWith, frame: Frame, results: list[object]) -> Way:
    for entered in node.items:
        value = evaluate(machine, entered.context_expr, frame)
        opened = _entered(machine, value, entered.context_expr, frame)
        if entered.optional_vars is not None:
            bind(machine, entered.optional_vars, opened, frame)
    return block(machine, node.body, frame, results)


def _entered(machine: Machine, value: object, expression: ast.expr, frame: Frame) -> object:
    """Give what `with … as x` binds: what a generator yields first, what `__enter__` gives, else the thing itself."""
    if isinstance(value, Seq):
        return value.items[0] if value.items else value
    if isinstance(value, Thing) and value.kind is not None and find_method(value.kind, "__enter__") is not None:
        return machine.call(attribute(machine, value, "__enter__"), implied(expression, frame))
    return value


def _match(machine: Machine, node: ast.Match, frame: Frame, results: list[object]) -> Way:
    """Run the arm that a known subject takes, else all arms."""
    subject = plain(evaluate(machine, node.subject, frame))
    ways: list[Way] = []
    for arm in node.cases[:40]:
        answer = _takes(machine, arm.pattern, subject, frame) if arm.guard is None else None
        if answer is False:
            continue
        before = dict(frame.names)
        ways.append(block(machine, arm.body, frame, results))
        if answer is True:
            return ways[-1] if len(ways) == 1 else Way.ON
        if ways[-1] is not Way.ON:
            frame.names.clear()
            frame.names.update(before)
    return Way.ON


def _takes(machine: Machine, pattern: ast.pattern, subject: object, frame: Frame) -> bool | None:
    if isinstance(pattern, ast.MatchOr):
        answers = [_takes(machine, each, subject, frame) for each in pattern.patterns[:20]]
        return True if True in answers else (None if None in answers else False)
    if isinstance(pattern, ast.MatchAs) and pattern.pattern is None:
        return True
    if isinstance(pattern, ast.MatchValue):
        value = plain(evaluate(machine, pattern.value, frame))
        return None if UNKNOWN in (value, subject) else value == subject
    return None


def _expression(machine: Machine, node: ast.Expr, frame: Frame) -> Way:
    evaluate(machine, node.value, frame)
    if isinstance(node.value, ast.Call) and _is_name(node.value.func):
        function = evaluate(machine, node.value.func, frame)
        if isinstance(function, Ref) and function.dotted in _EXITS:
            return Way.STOPS
    return Way.ON


def executed(machine: Machine, call: Call) -> object:
    """Read `exec(open(path).read())` and Python 2's `execfile(path)`: the text runs where it stands."""
    found = call.first()
    said = found.value.text if isinstance(found, Text) and found.value.exact else None
    if said is not None and isinstance(call.node.func, ast.Name) and call.node.func.id == "execfile":
        said = machine.content(literal(said))
    tree = parsed(said) if said is not None and machine.spend() else None
    if tree is not None and machine.depth < _DEEPEST_TEXT:
        machine.depth += 1
        block(machine, tree.body, call.frame, [])
        machine.depth -= 1
    return None


_DEEPEST_TEXT = 20


def _is_name(node: ast.expr) -> bool:
    """Say whether an expression is a name with dots, which may be looked up twice."""
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))


_MANNERS = {
    "property": "property",
    "cached_property": "property",
    "functools.cached_property": "property",
    "staticmethod": "static",
    "classmethod": "class",
}


def _decorated(machine: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> object:
    """Give a function; one that a command line library calls keeps its options."""
    function = Function(node, frame)
    declared: list[Tool] = []
    for decorator in node.decorator_list[:30]:
        found = evaluate(machine, decorator, frame)
        if isinstance(found, Ref) and found.dotted in _MANNERS:
            function.manner = _MANNERS[found.dotted]
        if isinstance(found, Tool):
            if found.kind == "method" and isinstance(found.data["owner"], Tool):
                # `@cli.command` without parentheses.
                found = machine.call(found, implied(decorator, frame))
            if isinstance(found, Tool) and found.kind in ("option", "command", "group"):
                declared.append(found)
        if isinstance(found, Function):
            # One of the program's own may keep the function for later: `@register("daily")`.
            machine.call(found, implied(decorator, frame, function))
    return command_line.entry(function, declared) if declared else function


def _augment(machine: Machine, node: ast.AugAssign, frame: Frame) -> None:
    if isinstance(node.target, ast.Name):
        old: ast.expr = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
    else:
        old = node.target
    joined = ast.copy_location(ast.BinOp(old, node.op, node.value), node)
    bind(machine, node.target, evaluate(machine, joined, frame), frame)


def _if(machine: Machine, node: ast.If, frame: Frame, results: list[object]) -> Way:
    answer = truth(evaluate(machine, node.test, frame))
    if answer is not None:
        return block(machine, node.body if answer else node.orelse, frame, results)
    before = dict(frame.names)
    machine.unsure += 1
    here, otherwise = told(machine, node.test, frame)
    first = _where(machine, here, node.body, frame, results)
    taken = dict(frame.names)
    frame.names.clear()
    frame.names.update(before)
    second = _where(machine, otherwise, node.orelse, frame, results)
    machine.unsure -= 1
    if first is not Way.ON:
        machine.missing.extend(otherwise)
    if first is Way.ON and second is Way.ON:
        for name, value in taken.items():
            other = frame.names.get(name, frame.shared.get(name, {}).get(name, value))
            frame.names[name] = value if other is value else either(value, other)
    elif first is Way.ON:
        frame.names.update(taken)
    if first is Way.ON or second is Way.ON:
        return Way.ON
    return first if first.value < second.value else second


def _where(
    machine: Machine, missing: frozenset[str], body: Sequence[ast.stmt], frame: Frame, results: list[object]
) -> Way:
    """Run one of two ways, on which some files are not there."""
    known = len(machine.missing)
    machine.missing.extend(missing)
    way = block(machine, body, frame, results)
    del machine.missing[known:]
    return way


def _for(machine: Machine, node: ast.For | ast.AsyncFor, frame: Frame, results: list[object]) -> Way:
    before = len(machine.findings.touches)
    source = evaluate(machine, node.iter, frame)
    found = lines_of(machine, source) or elements(source)
    if opens(source):
        told = partial(evaluate, machine, frame=frame)
        picks = picked(node.target, node.body, told, whole=are_paths(found))
        machine.pick(before, picks)
        found = with_known(found, picks)
    watch = len(machine.polls), len(machine.findings.uses), len(machine.findings.touches)
    machine.slept = None
    limit = machine.allot()
    machine.left.append([])
    for element in found:
        bind(machine, node.target, element, frame)
        block(machine, node.body, frame, results)
        if only_waits(machine, watch) or not machine.spend():
            break
    machine.give_back(limit)
    _left(machine, frame)
    block(machine, node.orelse, frame, results)
    waited(machine, node, frame, watch, turns(machine, node, frame))
    return Way.ON


_MOST_LEFT = 12


def _left(machine: Machine, frame: Frame) -> None:
    """End a loop: what was set before a `break` or `continue` is one of the values that a name has behind it."""
    for names in machine.left.pop():
        for name, value in names.items():
            known = frame.names.get(name, value)
            frame.names[name] = known if known is value else either(known, value)


def _while(machine: Machine, node: ast.While, frame: Frame, results: list[object]) -> Way:
    watch = len(machine.polls), len(machine.findings.uses), len(machine.findings.touches)
    machine.slept = None
    answer = truth(evaluate(machine, node.test, frame))
    if answer is False:
        return block(machine, node.orelse, frame, results)
    machine.left.append([])
    block(machine, node.body, frame, results)
    _left(machine, frame)
    waited(machine, node, frame, watch, None)
    return Way.ON


_OF_WHAT_IS_MISSING = frozenset(["IndexError", "KeyError", "NameError", "AttributeError"])


def _handled(
    machine: Machine, handler: ast.ExceptHandler, frame: Frame, results: list[object], *, went_on: bool
) -> None:
    """Run a handler: where the body may have gone on, what the handler sets is only one of two values."""
    inner = Frame(frame.names, frame.module, frame.outer, shared=frame.shared)
    if not went_on:
        block(machine, handler.body, inner, results)
        return
    before = dict(frame.names)
    targets = [
        statement.targets[0]
        for statement in handler.body[:20]
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute | ast.Subscript)
    ]
    kept = [evaluate(machine, target, frame) for target in targets]
    machine.unsure += 1
    way = block(machine, handler.body, inner, results)
    machine.unsure -= 1
    after = dict(frame.names)
    frame.names.clear()
    frame.names.update(before)
    for target, value in zip(targets, kept, strict=True):
        bind(machine, target, either(value, evaluate(machine, target, frame)) if way is Way.ON else value, frame)
    if way is Way.ON:
        sure = isinstance(handler.type, ast.Name) and handler.type.id in _OF_WHAT_IS_MISSING
        for name, value in after.items():
            known = before.get(name, frame.shared.get(name, {}).get(name, value))
            # What was found was not missing.
            frame.names[name] = known if known is value or (sure and _is_known(known)) else either(known, value)


def _is_known(thing: object) -> bool:
    return isinstance(thing, Text) and thing.value.exact


def _try(machine: Machine, node: ast.Try | ast.TryStar, frame: Frame, results: list[object]) -> Way:
    way = block(machine, node.body, frame, results)
    for handler in node.handlers[:6]:
        _handled(machine, handler, frame, results, went_on=way is Way.ON)
    if way is Way.ON:
        way = block(machine, node.orelse, frame, results)
    block(machine, node.finalbody, frame, results)
    # A handler may go on where the body stopped.
    return Way.ON if way is Way.STOPS and node.handlers else way
