"""`plan.json` read again an item at a time, equal parts being one, so that the plan of a fleet fits into memory.

Read as one text, a plan takes twelve times the size of its file: most of that are dictionaries and sets of names that
say the same again. `document.dumped` gives every item of a list its line; a text of any other form, and one with a
fault, is left to `document.load`, which knows what to say of it.
"""

import json
from collections.abc import Iterator
from typing import Any, get_args

from migrator.plan.document import MigrationPlan
from migrator.plan.parts import Part, fields_of

__all__ = ["load_lines"]

_set = object.__setattr__  # a part is frozen for all others


def load_lines(lines: Iterator[bytes]) -> MigrationPlan | None:
    """Read a plan from the lines of its file; None where they are not what `dumped` writes, or hold a fault."""
    try:
        return _plan(lines)
    except (ValueError, RecursionError):  # pydantic's errors are ValueErrors
        return None


def _plan(lines: Iterator[bytes]) -> MigrationPlan:
    """Check the items of each list, then all else as a plan whose lists are empty, and put both together."""
    if next(lines, b"") != b"{\n":
        raise ValueError
    rest: dict[str, str] = {}
    lists: dict[str, tuple[Part, ...]] = {}
    one, below = _OneOfEqual(), _Below(lines)
    for entry in below.until(b"}"):
        name, _, value = entry.partition(b": ")
        field = json.loads(name)
        if not isinstance(field, str) or field in rest:
            raise ValueError(field)  # read as one text, the last would count
        part = _part_of(field)
        if value != b"[":
            rest[field] = _whole(value)
        elif part is None:
            rest[field] = f"[{','.join(map(_whole, below.until(b']')))}]"
        else:
            lists[field] = tuple([one.part(part.model_validate_json(item)) for item in below.until(b"]")])
            rest[field] = "[]"
    if next(lines, None) is not None:
        raise ValueError
    text = ",".join(f"{json.dumps(name)}:{value}" for name, value in rest.items())
    return MigrationPlan.model_validate_json(f"{{{text}}}").model_copy(update=lists)


class _Below:
    """What stands in the lines below an open bracket."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._more = True

    def until(self, end: bytes) -> Iterator[bytes]:
        """Give each line without its comma until the bracket's end; raise ValueError where commas are amiss."""
        self._more = True
        for line in self._lines:
            text = line.removesuffix(b"\n")
            more, self._more = self._more, text.endswith(b",")
            text = text.removesuffix(b",")
            if more is (text == end):
                raise ValueError
            if text == end:
                return
            yield text
        raise ValueError


def _whole(value: bytes) -> str:
    """Give the text of a value that ends where its line ends; raise ValueError where it does not."""
    text = value.decode()
    json.loads(text)
    return text


def _part_of(name: str) -> type[Part] | None:
    """Give the class of a list's items; None where they are no parts."""
    arguments = get_args(MigrationPlan.model_fields[name].annotation) if name in MigrationPlan.model_fields else ()
    kind = arguments[0] if arguments else None
    return kind if isinstance(kind, type) and issubclass(kind, Part) else None


class _OneOfEqual:
    """What was read before: of equal values the first stands for all."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Any] = {}

    def part(self, part: Part) -> Part:
        """Give the first part that equals this one, its own parts being such, too."""
        values = {name: self._value(value) for name, value in part.__dict__.items()}
        kind = type(part)
        known: Part = self._known.setdefault((kind, *map(_mark, values.values())), part)
        if known is part:
            _set(part, "__dict__", values)
            _set(part, "__pydantic_fields_set__", fields_of(kind))
        return known

    def _value(self, value: Any) -> Any:
        if isinstance(value, Part):
            return self.part(value)
        if isinstance(value, tuple):
            members = tuple([self._value(each) for each in value])
            return self._known.setdefault((tuple, *map(_mark, members)), members)
        if isinstance(value, dict):
            inside = {name: self._value(each) for name, each in value.items()}
            return self._known.setdefault((dict, *map(_mark, inside), *map(_mark, inside.values())), inside)
        return value


def _mark(value: object) -> object:
    """Tell a value from all others of its place: texts by themselves, numbers as written, all else by identity."""
    if type(value) is str:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (repr(value),)
    return id(value)
