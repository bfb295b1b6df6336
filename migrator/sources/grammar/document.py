"""A YAML, JSON or TOML document as plain values, each with the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

MAX_DEPTH = 64
# Values a document may hold, an alias counting as often as it is used: bounds what a small file can grow to.
MAX_VALUES = 2_000_000
# Longer runs of digits are kept as text: no count or duration of a job needs them, and int() refuses 4,300.
MAX_DIGITS = 300


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with text keys, in order; `lines` gives the line of each key."""

    members: dict[str, Node]
    lines: dict[str, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A value, its line from 1 (0: unknown), and how many values it holds, itself included."""

    value: Value
    line: int
    size: int = 1


Value: TypeAlias = "str | int | float | bool | tuple[Node, ...] | Table | None"


class DocumentError(ValueError):
    """A text that is not a document of its language: the line (0: unknown), the fault, the remedy."""

    def __init__(self, line: int, fault: str, remedy: str = "") -> None:
        self.line = line
        self.fault = fault
        self.remedy = remedy
        super().__init__(fault)


def table(pairs: list[tuple[str, int, Node]], line: int) -> Node:
    """Make a mapping of keys, their lines and values; raise DocumentError for a key that comes twice."""
    members: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, key_line, node in pairs:
        if key in members:
            raise DocumentError(
                key_line, f"the key {key!r} stands twice, first on line {lines[key]}", "remove one of them"
            )
        members[key] = node
        lines[key] = key_line
    return Node(Table(members, lines), line, 1 + sum(node.size for node in members.values()))


def array(items: list[Node], line: int) -> Node:
    """Make a sequence."""
    return Node(tuple(items), line, 1 + sum(node.size for node in items))


def plain(node: Node) -> object:
    """Give the value as Python's own lists and dictionaries."""
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    if isinstance(node.value, Table):
        return {key: plain(item) for key, item in node.value.members.items()}
    return node.value


def line_of(node: Node, place: tuple[int | str, ...]) -> int:
    """Give the line of a value, or of the nearest one around it that is there, by keys and positions."""
    line = node.line
    for part in place:
        if isinstance(node.value, Table) and isinstance(part, str) and part in node.value.members:
            line = node.value.lines[part] or line
            node = node.value.members[part]
        elif isinstance(node.value, tuple) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.line or line
        else:
            break
    return line


def decoded(data: bytes) -> str:
    """Decode a document: UTF-8, with or without a mark, or UTF-16 or UTF-32 with one; raise DocumentError."""
    try:
        if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
            return data.decode("utf-32")
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError(line, "not UTF-8 text", "save the file as UTF-8") from error
