"""Parts of a plan made of our own values: their types are the type checker's business, so none is looked at again.

A fleet's plan has millions of parts. Texts are still made storable, and whole numbers become JSON's where a field has
fractions; a plan that is read from a file goes the long way, through all of pydantic's checks.
"""

import types
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, Literal, NamedTuple, Union, cast, get_args, get_origin

from pydantic import BaseModel

from migrator.plan.visible import storable

_Way = Callable[[Any], object]
_PLAIN = (int, bool, type(None), Enum, BaseModel)


class Making(NamedTuple):
    """How the parts of a class are made: each field's default, in order, and what is done to the values of some."""

    defaults: Mapping[str, object]
    required: frozenset[str]
    factories: tuple[tuple[str, Callable[[], object]], ...]
    texts: tuple[str, ...]
    ways: tuple[tuple[str, _Way], ...]
    names: set[str]


class _UnusualTypeError(TypeError):
    """A type of a field that only pydantic knows how to fill."""


def making_of(part: type[BaseModel]) -> Making | None:
    """Say how to make parts of a class; None where a field is of a type that is left to pydantic."""
    fields = part.model_fields
    try:
        ways = {name: _way(field.annotation) for name, field in fields.items()}
    except _UnusualTypeError:
        return None
    made = {name: cast("Callable[[], object]", f.default_factory) for name, f in fields.items() if f.default_factory}
    return Making(
        {name: field.default for name, field in fields.items()},
        frozenset(name for name, field in fields.items() if field.is_required()),
        tuple(made.items()),
        tuple(name for name, way in ways.items() if way is _text),
        tuple((name, way) for name, way in ways.items() if way is not None and way is not _text),
        set(fields),
    )


def values_of(making: Making, given: Mapping[str, object]) -> dict[str, object] | None:
    """Give the value of each field, in order; None where one is missing or is given that the class has not."""
    defaults, required, factories, texts, ways, _ = making
    found = {**defaults, **given}
    # Where as many are given as there are, and none is new, nothing is missing.
    if len(found) != len(defaults) or (len(given) != len(found) and not required <= given.keys()):
        return None
    for name, factory in factories:
        if name not in given:
            found[name] = factory()
    for name in texts:
        value = found[name]
        if type(value) is not str or not value.isascii():
            found[name] = _text(cast("str", value))
    for name, way in ways:
        found[name] = way(found[name])
    return found


def _way(annotation: object) -> _Way | None:
    """Give what is done to a value of a type: nothing to most."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _way(arguments[0])
    if annotation is str:
        return _text
    if annotation is float:
        return float
    if origin is Literal or (isinstance(annotation, type) and issubclass(annotation, _PLAIN)):
        return None
    if origin in (Union, types.UnionType):
        return _either([each for each in arguments if each is not type(None)])
    if origin is tuple:
        return _each(arguments)
    if origin is dict:
        return _of_dictionary(*arguments)
    raise _UnusualTypeError(annotation)


def _text(value: str) -> str:
    return value if type(value) is str and value.isascii() else storable(str(value))


def _either(members: list[object]) -> _Way | None:
    ways = [_way(member) for member in members]
    if all(way is None for way in ways):
        return None
    if len(ways) > 1 or ways[0] is None:
        raise _UnusualTypeError(members)
    way = ways[0]
    return lambda value: None if value is None else way(value)


def _each(members: tuple[object, ...]) -> _Way | None:
    if members[-1] is not Ellipsis:
        ways = [_way(member) for member in members]
        if all(way is None for way in ways):
            return None
        return lambda value: tuple([way(each) if way else each for way, each in zip(ways, value, strict=True)])
    way = _way(members[0])
    return None if way is None else lambda value: tuple([way(each) for each in value]) if value else ()


def _of_dictionary(key: object, value: object) -> _Way | None:
    of_key, of_value = _way(key), _way(value)
    if of_key is None and of_value is None:
        return None
    return lambda given: {
        (of_key(name) if of_key else name): (of_value(each) if of_value else each) for name, each in given.items()
    }
