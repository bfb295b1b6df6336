"""Python source: values as literals, calls in the layout of a formatter. Texts enter it through `ascii` alone."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

WIDTH = 110
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")
# What Jinja takes for a tag, and the line ends that it makes alike.
_ACTING = re.compile(r"\{[{%#]|\{?\r")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Name:
    """A Python expression that stands as it is: a constant of the file, a call that was written already."""

    text: str


Value: TypeAlias = "str | int | float | bool | Name | Sequence[Value] | Mapping[str, Value] | None"


def literal(value: Value, indent: int = 0, used: int = 0) -> str:
    """Write a value; over several lines where it would not fit. `used` characters stand before and behind it."""
    short = _short(value)
    if indent + used + len(short) <= WIDTH or isinstance(value, (str, int, float, Name)) or not value:
        return short
    inner, pad = indent + 4, " " * (indent + 4)
    if isinstance(value, Mapping):
        lines = [f"{pad}{_string(key)}: {literal(item, inner, len(_string(key)) + 3)}," for key, item in value.items()]
        return "{\n" + "\n".join(lines) + f"\n{' ' * indent}}}"
    lines = [f"{pad}{literal(item, inner, 1)}," for item in value]
    return "[\n" + "\n".join(lines) + f"\n{' ' * indent}]"


def call(function: str, arguments: Sequence[tuple[str, Value]], indent: int = 0, used: int = 0) -> str:
    """Write a call; an argument of the name «» is positional."""
    given = [(f"{name}=" if name else "", value) for name, value in arguments]
    short = f"{function}({', '.join(name + _short(value) for name, value in given)})"
    if indent + used + len(short) <= WIDTH and len(given) < 3:
        return short
    inner = indent + 4
    lines = [f"{' ' * inner}{name}{literal(value, inner, len(name) + 1)}," for name, value in given]
    return f"{function}(\n" + "\n".join(lines) + f"\n{' ' * indent})"


def names(reserved: Iterable[str] = ()) -> Callable[[str], str]:
    """Give a function that makes an identifier of a text, never the same twice and none that is reserved."""
    taken = set(reserved)

    def name(wanted: str) -> str:
        base = identifier(wanted)
        made, number = base, 2
        while made in taken:
            made, number = f"{base}_{number}", number + 1
        taken.add(made)
        return made

    return name


def identifier(text: str) -> str:
    """Make a lower-case identifier of a text: ASCII letters, digits and `_`."""
    words = _NOT_A_NAME.sub("_", text[: 4 * _LONGEST]).strip("_").lower()[:_LONGEST].rstrip("_") or "task"
    return f"task_{words}" if words[0].isdigit() or keyword.iskeyword(words) else words


def unrendered(text: str, endings: Sequence[str] = ()) -> str:
    """Write a text for a field that Airflow renders by Jinja, so that the rendered text is the text itself.

    A text that ends like the name of a template file would be taken for one; a newline at the end would be lost.
    """
    end = len(text.rstrip("{\n"))
    head, tail = text[:end], text[end:]
    made = _ACTING.sub(lambda match: _rendering(match[0]), head)
    if tail and tail != "{":
        return made + _rendering(tail)
    # What is put behind a brace would open a tag with it; no ending of a file's name is one.
    return made + (tail or ("{{ '' }}" if endings and made.endswith(tuple(endings)) else ""))


def _rendering(text: str) -> str:
    escaped = text.replace("\n", "\\n").replace("\r", "\\r")
    return f"{{{{ '{escaped}' }}}}"


def _short(value: Value) -> str:
    if isinstance(value, Name):
        return value.text
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_string(key)}: {_short(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_short(item) for item in value) + "]"
    return repr(value)


def _string(text: str) -> str:
    """Write a text in double quotes where that needs no more escapes; all beyond ASCII escaped."""
    made = ascii(text)
    return made if '"' in made or made.startswith('"') else f'"{made[1:-1]}"'
