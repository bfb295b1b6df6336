"""A decorator for the values that are made for every word that is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Value = TypeVar("_Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_Value]) -> type[_Value]:
    """Make a slotted, hashable dataclass that the type checker holds to be frozen.

    One that Python itself freezes takes twice the time to make: each of its fields is set by a call.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
