"""The statements of a list as cells: which of them must stay together in one shell, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from migrator.shell import words
from migrator.shell.tree import AndOr, Command, If, Item, Node, Parameter
from migrator.workflows.apart.effects import Entry, Made, effects
from migrator.workflows.apart.source import NAME, Source

# What only the shell that ran the statement before can tell.
_LAST = re.compile(r"\$\?|\$\{\?|PIPESTATUS|\$_\b|\$\{_\}")
_PROCESS = re.compile(r"\$\$|\$\{\$|\$\{?(?:BASHPID|SECONDS|PPID)\b")


@dataclass(slots=True)
class Element:
    """A statement, or those from a `&` up to its `wait`."""

    items: tuple[Item, ...]
    text: str
    units: frozenset[int]
    left: tuple[Entry | Made, ...]
    pure: bool
    beside: bool = False

    @property
    def node(self) -> Node:
        """Give the first node."""
        return self.items[0].node


@dataclass(slots=True)
class Bonds:
    """Which elements of a row belong together: `merge` joins a stretch, `cells` gives the stretches."""

    size: int
    _ends: list[int] = field(default_factory=list)
    why: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ends = list(range(self.size))

    def merge(self, low: int, high: int, why: str = "") -> None:
        """Join all from `low` to `high`."""
        if low < high:
            for place in range(low, high):
                self._ends[place] = max(self._ends[place], high)
            if why:
                self.why.setdefault(low, why)

    def cells(self) -> list[tuple[int, int]]:
        """Give the stretches as (first, last)."""
        found: list[tuple[int, int]] = []
        start = end = 0
        for place in range(self.size):
            if place > end:
                found.append((start, end))
                start = place
            end = max(end, self._ends[place])
        return [*found, (start, end)] if self.size else []

    def reason(self, low: int, high: int) -> str:
        """Say why a stretch stays together, empty where no reason was given."""
        return next((self.why[place] for place in range(low, high + 1) if place in self.why), "")


def elements(items: Sequence[Item], source: Source) -> list[Element]:
    """Give the elements of a list."""
    found: list[Element] = []
    place = 0
    while place < len(items):
        stop = _waited(items, place) if items[place].background else place + 1
        found.append(_element(tuple(items[place:stop]), source))
        place = stop
    return found


def _waited(items: Sequence[Item], start: int) -> int:
    """Give the place behind the bare `wait` for what starts with `&`, else the end of the list."""
    for place in range(start, len(items)):
        node = items[place].node
        if isinstance(node, Command) and [word.literal for word in node.words] == ["wait"] and not node.redirects:
            return place + 1
    return len(items)


def _element(items: tuple[Item, ...], source: Source) -> Element:
    text = source.slice(items[0].node, items[-1].node)
    units = frozenset().union(*(source.units(item.node) for item in items))
    left = tuple(one for item in items for one in effects(item.node, source, background=item.background))
    only = len(items) == 1 and not items[0].background
    pure = only and len(left) == 1 and isinstance(left[0], Entry) and left[0].text == text
    nothing = only and not left and not units and _empty(items[0].node)
    return Element(items, text, units, left, pure or nothing, beside=not only)


def _empty(node: Node) -> bool:
    return isinstance(node, Command) and [word.literal for word in node.words] in ([":"], ["true"])


def needs_last(node: Node, source: Source) -> bool:
    """Say whether a node asks for the status of what ran before it."""
    if isinstance(node, AndOr):
        return needs_last(node.first, source)
    if isinstance(node, If):
        return any(needs_last(item.node, source) for item in node.arms[0][0].items[:1])
    if isinstance(node, Command) and len(node.words) == 1 and node.words[0].literal in ("exit", "return"):
        return True
    return bool(_LAST.search(source.slice(node)))


class Ties:
    """Follows what each element leaves to the next ones, and tells which of those need its very shell."""

    def __init__(self, source: Source, exported: frozenset[str]) -> None:
        self._source = source
        self._exported = set(exported)
        self._needs: dict[str, set[int]] = {}
        self._all: set[int] = set()
        self._why: dict[int, str] = {}
        self._process: int | None = None

    def former(self, place: int, text: str, left: Sequence[Entry | Made]) -> tuple[int, str] | None:
        """Give the first element whose shell this one needs, and why; note what this one leaves."""
        needed = set(self._all)
        for name in self._named(text):
            needed |= self._needs.get(name, set())
        why = self._why.get(min(needed), "") if needed else ""
        if _PROCESS.search(text):
            if self._process is not None and (not needed or self._process < min(needed)):
                needed, why = {self._process}, "the number or the age of one shell is in several of its parts"
            self._process = place if self._process is None else self._process
        for one in left:
            self._note(place, one)
        return (min(needed), why) if needed and min(needed) < place else None

    def _named(self, text: str) -> set[str]:
        names = set(NAME.findall(text))
        waiting = [name for name in names if name in self._source.functions]
        seen = set(waiting)
        while waiting:
            body = NAME.findall(self._source.slice(self._source.functions[waiting.pop()]))
            names.update(body)
            fresh = {name for name in body if name in self._source.functions} - seen
            seen |= fresh
            waiting += fresh
        return names

    def _note(self, place: int, one: Entry | Made) -> None:
        self._exported |= one.exports
        if isinstance(one, Made):
            for name in one.names:
                self._needs.setdefault(name, set()).add(place)
            seen = sorted(one.names & self._exported)
            if one.everything or seen:
                self._all.add(place)
            why = one.everything or f"`{(seen or sorted(one.names))[0]}` is only known in the shell that made it"
            self._why.setdefault(place, why)
            return
        behind: set[int] = set()
        for name in one.tokens:
            behind |= self._needs.get(name, set())
        for name in one.defines:
            self._needs[name] = self._needs.get(name, set()) | behind
        if one.always or one.defines & self._exported:
            self._all |= behind


def unset(nodes: Sequence[Node], sure: frozenset[str]) -> Iterator[str]:
    """Give the variables that a text uses though nothing sets them before it."""
    for node in nodes:
        for word in words(node):
            for part in word.parts:
                if isinstance(part, Parameter) and _may_fail(part) and part.name not in sure:
                    yield part.name


def _may_fail(part: Parameter) -> bool:
    return not part.operator.lstrip(":").startswith(("-", "+", "=")) and part.name not in "@*#?$!-0_"
