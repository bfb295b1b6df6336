"""A decorator for the values that are made for every word that is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform, overload

_Value = TypeVar("_Value")


@overload
def frozen(cls: type[_Value]) -> type[_Value]: ...


@overload
def frozen(*, order: bool) -> Callable[[type[_Value]], type[_Value]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[_Value] | None = None, *, order: bool = False
) -> type[_Value] | Callable[[type[_Value]], type[_Value]]:
    """Make a slotted, hashable dataclass that the type checker holds to be frozen.

    One that Python itself freezes takes twice the time to make: each of its fields is set by a call. With `order`
    values compare as the tuples of their fields do.
    """
    made = dataclass(slots=True, unsafe_hash=True, order=order)
    return made if cls is None else made(cls)
