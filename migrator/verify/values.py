"""Values of written YAML and JSON, and what is asked of them without knowing their kind before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


def table(value: Value) -> Mapping[str, Value]:
    """Give a mapping as it is; for anything else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Value) -> list[Value]:
    """Give a list as it is, nothing as an empty one, and anything else as a list of itself, as IAM reads it."""
    return value if isinstance(value, list) else [] if value is None else [value]


def loaded(text: Value) -> Value:
    """Read JSON within a text; None where it is none."""
    try:
        return json.loads(str(text))  # type: ignore[no-any-return]  # JSON is what Value says
    except (ValueError, RecursionError):
        return None


def scalars(value: object) -> Iterator[object]:
    """Give what stands in a value that is neither mapping nor list, in order; keys aside."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scalars(inner)
    else:
        yield value
