"""Calls of the program's own functions: parameters, methods of classes, generators."""

from __future__ import annotations

import ast

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.evaluate import evaluate
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Frame, Function


def bind_parameters(
    machine: Machine,
    spec: ast.arguments,
    given: list[object],
    named: dict[str, object],
    function: Function,
    inner: Frame,
) -> None:
    """Give a function's parameters what a call passes, else their defaults."""
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)]
    defaults = dict(zip(reversed(names), reversed(spec.defaults), strict=False))
    for place, name in enumerate(names):
        if place < len(given):
            inner.names[name] = given[place]
        elif name in named:
            inner.names[name] = named[name]
        else:
            inner.names[name] = evaluate(machine, defaults[name], function.outer) if name in defaults else UNKNOWN
    for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        found = named.get(argument.arg)
        inner.names[argument.arg] = found if found is not None else evaluate(machine, default, function.outer)
    if spec.vararg is not None:
        inner.names[spec.vararg.arg] = Seq(given[len(names) :])
    if spec.kwarg is not None:
        inner.names[spec.kwarg.arg] = Map({key: value for key, value in named.items() if key not in names})


def handed(call: Call) -> list[Function]:
    """Give the functions that a call hands to a library, alone or in a list or dictionary: somebody will call them."""
    found: list[Function] = []
    for each in (*call.given, *call.named.values()):
        items = each.items if isinstance(each, Seq) else list(each.items.values()) if isinstance(each, Map) else [each]
        found += [item for item in items[:_MOST_HANDED] if isinstance(item, Function)]
    return found


_MOST_HANDED = 20


def yields(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a function is a generator."""
    return any(isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node))


def says(node: ast.Call, *names: str) -> bool:
    """Say whether one of these attributes stands in the chain before the call: `spark.read.option(…).csv(…)`."""
    inner: ast.expr = node.func
    for _ in range(30):
        if isinstance(inner, ast.Attribute):
            if inner.attr in names:
                return True
            inner = inner.value
        elif isinstance(inner, ast.Call):
            inner = inner.func
        else:
            return False
    return False
