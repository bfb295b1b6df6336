"""Expressions of a DAG file as values: literals, the file's own constants, calls by name."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


class DagError(ValueError):
    """A file of another form than a DAG's: what is odd, as a clause."""


@dataclass(frozen=True, slots=True)
class Called:
    """A call: the name that is called, and what it is given."""

    name: str
    positional: tuple[Value, ...]
    named: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Either:
    """`one if test else other`, the constant that is asked by its name."""

    test: str
    one: Value
    other: Value


Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | Called | Either | None"


def evaluated(node: ast.expr, constants: Mapping[str, Value]) -> Value:
    """Give the value of an expression; raise DagError where it could do anything."""
    match node:
        case ast.Constant(value=str() | int() | float() | bool() | None as value):
            return value
        case ast.Name(id=name) if name in constants:
            return constants[name]
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            return [evaluated(item, constants) for item in items]
        case ast.Dict(keys=keys, values=values):
            return {_key(key): evaluated(value, constants) for key, value in zip(keys, values, strict=True)}
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = evaluated(left, constants), evaluated(right, constants)
            if isinstance(one, str) and isinstance(other, str):
                return one + other
        case ast.IfExp(test=ast.Name(id=name), body=body, orelse=orelse):
            return Either(name, evaluated(body, constants), evaluated(orelse, constants))
        case ast.Attribute(value=ast.Name(id="timezone"), attr="utc"):
            return "UTC"
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            return _called(name, args, keywords, constants)
    msg = f"line {node.lineno}: {ast.unparse(node)[:60]} is no plain value"
    raise DagError(msg)


def _called(name: str, args: list[ast.expr], keywords: list[ast.keyword], constants: Mapping[str, Value]) -> Called:
    named: dict[str, Value] = {}
    for keyword in keywords:
        if keyword.arg is None:
            msg = f"line {keyword.value.lineno}: arguments of {name} are unpacked"
            raise DagError(msg)
        named[keyword.arg] = evaluated(keyword.value, constants)
    return Called(name, tuple(evaluated(one, constants) for one in args), named)


def _key(node: ast.expr | None) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        msg = "a key is no plain text"
        raise DagError(msg)
    return node.value


def texts_in(value: Value) -> list[str]:
    """List the texts in a value, keys aside."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_in(item)]
    if isinstance(value, Called):
        return [text for item in (*value.positional, *value.named.values()) for text in texts_in(item)]
    return []
