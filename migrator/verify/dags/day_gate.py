"""The task that lets a DAG go on only on some days, read from its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from migrator.plan.jobs import DaysPart
from migrator.verify.dags.values import DagError, Value, evaluated

_DECORATOR = "task.short_circuit"
_ALL_DAYS, _ALL_WEEKDAYS = tuple(range(1, 32)), tuple(range(7))
_LAST = "(due + timedelta(days=1)).day == 1"


def days_of(function: ast.FunctionDef, constants: Mapping[str, Value]) -> tuple[DaysPart, str | None]:
    """Give the days, and the zone that the day is told by; raise DagError where the function does anything else."""
    decorators = [ast.unparse(one) for one in function.decorator_list]
    if decorators != [_DECORATOR] or len(function.body) != 2:
        raise _odd(function, "a function that is no test of the day")
    moment, answer = function.body
    zone = _zone(moment, constants)
    if not isinstance(answer, ast.Return) or answer.value is None:
        raise _odd(function, "a test of the day that gives no answer")
    return _days(answer.value), zone


def _zone(statement: ast.stmt, constants: Mapping[str, Value]) -> str | None:
    match statement:
        case ast.Assign(
            targets=[ast.Name(id="due")],
            value=ast.Call(
                func=ast.Attribute(value=moment, attr="astimezone"),
                args=[ast.Call(func=ast.Name(id="ZoneInfo"), args=[zone])],
            ),
        ) if ast.unparse(moment) == "data_interval_end or dag_run.run_after":
            found = evaluated(zone, constants)
            return found if isinstance(found, str) and found else None
    raise _odd(statement, "the day is not that on which the run was due")


def _days(node: ast.expr) -> DaysPart:
    """Read `due.day in {…}`, `due.isoweekday() in {…}`, both by `and` or `or`, and the last day of a month."""
    parts = [node]
    last = ast.unparse(node) == _LAST
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) and ast.unparse(node.values[-1]) == _LAST:
        last, parts = True, node.values[:-1]
    elif last:
        parts = []
    either = len(parts) == 1 and isinstance(parts[0], ast.BoolOp) and isinstance(parts[0].op, ast.Or)
    if len(parts) == 1 and isinstance(parts[0], ast.BoolOp):
        parts = parts[0].values
    asked: dict[str, tuple[int, ...]] = {}
    for part in parts:
        name, values = _values(part)
        if name in asked:
            raise _odd(part, "a day that is asked for twice")
        asked[name] = values
    weekdays = tuple(sorted(value % 7 for value in asked["due.isoweekday()"])) if "due.isoweekday()" in asked else None
    return DaysPart(
        days=asked.get("due.day", _ALL_DAYS),
        weekdays=_ALL_WEEKDAYS if weekdays is None else weekdays,
        either=either,
        last=last,
    )


def _values(part: ast.expr) -> tuple[str, tuple[int, ...]]:
    """Give what a test asks, and the whole numbers that it takes for a yes."""
    match part:
        case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Set(elts=items)]):
            name = ast.unparse(left)
            values = [item.value for item in items if isinstance(item, ast.Constant)]
            whole = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
            if name in ("due.day", "due.isoweekday()") and len(whole) == len(items):
                return name, tuple(sorted(whole))
    raise _odd(part, "a test of something else than the day")


def _odd(node: ast.stmt | ast.expr, what: str) -> DagError:
    return DagError(f"line {node.lineno}: {what}")
