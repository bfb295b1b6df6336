"""Files that a program makes only where they are not there yet: `if not exists(path): … write(path)`."""

from __future__ import annotations

import ast

from migrator.commands.languages.abstract import Ref, Text, Tool, truth
from migrator.commands.languages.python.evaluate import evaluate
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Frame

_ASKS = frozenset({"os.path.exists", "os.path.isfile", "path.exists", "path.isfile", "exists", "isfile"})
_OF_PATH = frozenset({"exists", "is_file"})


def told(machine: Machine, test: ast.expr, frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
    """Give the paths that are not there where a test holds, and those that are not there where it does not."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yes, no = told(machine, test.operand, frame)
        return no, yes
    if isinstance(test, ast.BoolOp):
        return _joined(machine, test, frame)
    asked = _asked(machine, test, frame)
    return frozenset(), frozenset() if asked is None else frozenset([asked])


def _joined(machine: Machine, test: ast.BoolOp, frame: Frame) -> tuple[frozenset[str], frozenset[str]]:
    """Read `force or not exists(path)` where it is known that nobody forces it, and `known and exists(path)`."""
    neutral = isinstance(test.op, ast.And)
    open_ones = [each for each in test.values if _plain(machine, each, frame) is not neutral]
    if len(open_ones) == 1:
        return told(machine, open_ones[0], frame)
    several = [told(machine, each, frame) for each in open_ones[:6]]
    yes = frozenset(path for found, _ in several for path in found) if neutral else frozenset()
    no = frozenset() if neutral else frozenset(path for _, found in several for path in found)
    return yes, no


def _plain(machine: Machine, test: ast.expr, frame: Frame) -> bool | None:
    """Give what a name, a constant or its opposite counts as; calls are not made twice."""
    calls = any(isinstance(node, ast.Call | ast.NamedExpr) for node in ast.walk(test))
    return None if calls else truth(evaluate(machine, test, frame))


def _asked(machine: Machine, test: ast.expr, frame: Frame) -> str | None:
    """Give the path that a call asks for."""
    if not isinstance(test, ast.Call):
        return None
    function = evaluate(machine, test.func, frame)
    path: object = None
    if isinstance(function, Ref) and function.dotted in _ASKS and test.args:
        path = evaluate(machine, test.args[0], frame)
    elif isinstance(function, Tool) and function.kind == "method" and function.data["name"] in _OF_PATH:
        path = function.data["owner"]
    return path.value.text if isinstance(path, Text) and path.value.text.strip("*/.") else None
