"""Run the statements of a Python program over what is known: all ways that may be taken, loops once a known item."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from enum import Enum

from migrator.commands.languages.python.abstract import (
    Class,
    Frame,
    Function,
    Module,
    Ref,
    Seq,
    Tool,
    either,
    elements,
    truth,
)
from migrator.commands.languages.python.cloud import note_wait
from migrator.commands.languages.python.evaluate import bind, evaluate
from migrator.commands.languages.python.machine import Machine


class Way(Enum):
    """How control leaves a statement."""

    ON = 0
    LEAVES_LOOP = 1
    RETURNS = 2
    STOPS = 3


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


def _statement(machine: Machine, node: ast.stmt, frame: Frame, results: list[object]) -> Way:  # noqa: C901  one arm per statement
    match node:
        case ast.Expr():
            return _expression(machine, node, frame)
        case ast.Assign():
            value = evaluate(machine, node.value, frame)
            for target in node.targets:
                bind(machine, target, value, frame)
        case ast.AnnAssign():
            if node.value is not None:
                bind(machine, node.target, evaluate(machine, node.value, frame), frame)
        case ast.AugAssign():
            _augment(machine, node, frame)
        case ast.If():
            return _if(machine, node, frame, results)
        case ast.For() | ast.AsyncFor():
            return _for(machine, node, frame, results)
        case ast.While():
            return _while(machine, node, frame, results)
        case ast.With() | ast.AsyncWith():
            for entered in node.items:
                value = evaluate(machine, entered.context_expr, frame)
                if entered.optional_vars is not None:
                    bind(machine, entered.optional_vars, value, frame)
            return block(machine, node.body, frame, results)
        case ast.Try():
            return _try(machine, node, frame, results)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            frame.names[node.name] = _decorated(machine, node, frame)
        case ast.ClassDef():
            inner = Frame({}, frame.module, frame)
            block(machine, node.body, inner, [])
            bases = tuple(evaluate(machine, base, frame) for base in node.bases[:6])
            frame.names[node.name] = Class(node.name, inner.names, bases)
        case ast.Return():
            results.append(evaluate(machine, node.value, frame))
            return Way.RETURNS
        case ast.Import() | ast.ImportFrom():
            _import(machine, node, frame)
        case ast.Break() | ast.Continue():
            return Way.LEAVES_LOOP
        case ast.Raise():
            return Way.STOPS
        case ast.Assert():
            evaluate(machine, node.test, frame)
        case ast.Match():
            for arm in node.cases[:20]:
                block(machine, arm.body, frame, results)
        case _:
            return Way.ON
    return Way.ON


def _expression(machine: Machine, node: ast.Expr, frame: Frame) -> Way:
    evaluate(machine, node.value, frame)
    if isinstance(node.value, ast.Call):
        function = (
            evaluate(machine, node.value.func, frame) if isinstance(node.value.func, ast.Attribute | ast.Name) else None
        )
        if isinstance(function, Ref) and function.dotted in _EXITS:
            return Way.STOPS
    return Way.ON


def _decorated(machine: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> object:
    """Give a function; one that a command line library calls keeps its options."""
    function = Function(node, frame)
    declared: list[object] = []
    for decorator in node.decorator_list[:30]:
        found = evaluate(machine, decorator, frame)
        if isinstance(found, Tool) and found.kind in ("option", "command"):
            declared.append(found)
    return Tool("entry", {"function": function, "options": Seq(declared)}) if declared else function


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
    first = block(machine, node.body, frame, results)
    taken = dict(frame.names)
    frame.names.clear()
    frame.names.update(before)
    second = block(machine, node.orelse, frame, results)
    if first is Way.ON and second is Way.ON:
        for name, value in taken.items():
            other = frame.names.get(name, value)
            frame.names[name] = value if other is value else either(value, other)
    elif first is Way.ON:
        frame.names.update(taken)
    if first is Way.ON or second is Way.ON:
        return Way.ON
    return first if first.value < second.value else second


def _for(machine: Machine, node: ast.For | ast.AsyncFor, frame: Frame, results: list[object]) -> Way:
    found = elements(evaluate(machine, node.iter, frame))
    watch = len(machine.polls), len(machine.findings.uses), len(machine.findings.touches)
    machine.slept = None
    for element in found:
        bind(machine, node.target, element, frame)
        block(machine, node.body, frame, results)
        if _slept(machine):
            break
    block(machine, node.orelse, frame, results)
    _waited(machine, node, frame, watch, _turns(machine, node, frame))
    return Way.ON


def _slept(machine: Machine) -> bool:
    return machine.slept is not None


def _turns(machine: Machine, node: ast.For | ast.AsyncFor, frame: Frame) -> int | None:
    """Give how often `for … in range(n)` looks at most."""
    if (
        isinstance(node.iter, ast.Call)
        and isinstance(node.iter.func, ast.Name)
        and node.iter.func.id == "range"
        and node.iter.args
    ):
        last = evaluate(machine, node.iter.args[-1 if len(node.iter.args) < 3 else 1], frame)
        return last if isinstance(last, int) and not isinstance(last, bool) else None
    return None


def _while(machine: Machine, node: ast.While, frame: Frame, results: list[object]) -> Way:
    watch = len(machine.polls), len(machine.findings.uses), len(machine.findings.touches)
    machine.slept = None
    answer = truth(evaluate(machine, node.test, frame))
    if answer is False:
        return block(machine, node.orelse, frame, results)
    block(machine, node.body, frame, results)
    _waited(machine, node, frame, watch, None)
    return Way.ON


def _waited(machine: Machine, node: ast.stmt, frame: Frame, watch: tuple[int, int, int], turns: int | None) -> None:
    """Note a loop that only looks and sleeps as a wait."""
    polls, uses, _ = watch
    if machine.slept is None or len(machine.polls) == polls or len(machine.findings.uses) > uses:
        return
    kind, target = machine.polls[polls]
    note_wait(machine, kind, target, machine.slept, turns, node, frame)
    machine.slept = None


def _try(machine: Machine, node: ast.Try, frame: Frame, results: list[object]) -> Way:
    way = block(machine, node.body, frame, results)
    for handler in node.handlers[:6]:
        block(machine, handler.body, Frame(frame.names, frame.module, frame.outer), results)
    if way is Way.ON:
        way = block(machine, node.orelse, frame, results)
    block(machine, node.finalbody, frame, results)
    # A handler may go on where the body stopped.
    return Way.ON if way is Way.STOPS and node.handlers else way


def _import(machine: Machine, node: ast.Import | ast.ImportFrom, frame: Frame) -> None:
    if isinstance(node, ast.Import):
        for alias in node.names:
            module = machine.imported(alias.name, frame)
            bound = alias.asname or alias.name.partition(".")[0]
            whole: object = module if module is not None and (alias.asname or "." not in alias.name) else None
            frame.names[bound] = whole if whole is not None else Ref(alias.name if alias.asname else bound)
        return
    dotted = "." * node.level + (node.module or "")
    found = machine.imported(dotted, frame)
    for alias in node.names[:100]:
        bound = alias.asname or alias.name
        if found is not None:
            if alias.name == "*":
                frame.names.update({k: v for k, v in found.names.items() if not k.startswith("_")})
                continue
            if alias.name in found.names:
                frame.names[bound] = found.names[alias.name]
                continue
        inner: Module | None = machine.imported(
            f"{dotted}.{alias.name}" if not dotted.endswith(".") else dotted + alias.name, frame
        )
        frame.names[bound] = inner if inner is not None else Ref(f"{dotted.lstrip('.')}.{alias.name}".lstrip("."))
