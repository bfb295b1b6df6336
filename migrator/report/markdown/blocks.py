"""Blocks of markdown: tables, lists, and texts that are too many to print."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from migrator.report.markdown.escaping import cell

Blocks = list[str]

_Item = TypeVar("_Item")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of finished markdown cells. A header that ends in `:` is set right, for numbers."""
    rules = ["---:" if header.endswith(":") else "---" for header in headers]
    titles = [header.removesuffix(":") for header in headers]
    lines = [titles, rules, *([cell(text) for text in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def bullets(items: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {item}" for item in items)


def shortened(items: Sequence[str], most: int, rest: str) -> list[str]:
    """Keep the first `most` items; a last one says how many more there are, and `rest` where."""
    return first(items, most, rest, str)


def first(items: Sequence[_Item], most: int, rest: str, told: Callable[[_Item], str]) -> list[str]:
    """Tell the first `most` items, and no other one, for there may be very many; the last says as in `shortened`."""
    shown = [told(item) for item in items[:most]]
    return shown if len(items) <= most else [*shown, f"and {len(items) - most:,} more {rest}"]


def grouped(items: Iterable[_Item], key: Callable[[_Item], Hashable]) -> list[list[_Item]]:
    """Put items of equal keys together, in the order of the first of each."""
    groups: defaultdict[Hashable, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.values())
