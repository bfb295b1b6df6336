"""What an expression may come to, beside what Python has too (`languages.abstract`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrator.commands.languages import abstract
from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Solid, Text
from migrator.commands.languages.syntax import nodes
from migrator.commands.record import quoted
from migrator.commands.values import Value


@dataclass(slots=True)
class Options(Map):
    """A dictionary of which every key is known: what is not in it is nothing."""


@dataclass(slots=True)
class Arguments(Seq):
    """The words that a program is called with: unlike other lists, their number is known."""


@dataclass(slots=True)
class Unit:
    """A file of the program: its path in the tree, where it is deployed, what it gives away, its text."""

    path: str
    deployed: Value
    exports: object = field(default_factory=Map)
    text: str = ""

    def words(self, line: int) -> str:
        """Give what stands on a line (from 1)."""
        return quoted("".join(self.text.split("\n")[line - 1 : line]).strip())


@dataclass(slots=True)
class Frame:
    """Names at a place. `this` is the object whose method runs, `kind` the class or package around the text."""

    names: dict[str, object]
    unit: Unit
    outer: Frame | None = None
    kind: str = ""
    this: object | None = None

    def holder(self, name: str) -> Frame | None:
        """Give the frame that knows a name."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame
            frame = frame.outer
        return None

    def find(self, name: str) -> object | None:
        """Give what a name means, None where nothing here says it."""
        frame = self.holder(name)
        return None if frame is None else frame.names[name]


@dataclass(slots=True)
class Closure(Solid):
    """A function with what it sees; `bound` is the object that it is a method of."""

    node: nodes.Function
    frame: Frame
    bound: object | None = None


@dataclass(slots=True)
class Kind(Solid):
    """A class, module or package: its functions and constants, and what it takes from others."""

    name: str
    bases: list[str] = field(default_factory=list)
    members: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Object(Solid):
    """An object of a class of the program."""

    kind: str
    values: Map = field(default_factory=Map)


@dataclass(slots=True)
class Tasks:
    """The tasks that are known by their whole names, the namespace that is read, what was run."""

    known: dict[str, list[tuple[list[str], list[str], Closure | None]]] = field(default_factory=dict)
    spaces: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Given:
    """A call: the function's name as far as it is written, its arguments, its place.

    `receiver` is the last name of what a method is called on, as written.
    """

    name: str
    items: list[object]
    named: dict[str, object]
    line: int
    frame: Frame
    owner: object = UNKNOWN
    block: Closure | None = None
    nodes: tuple[nodes.Argument, ...] = ()
    receiver: str = ""

    def get(self, place: int, *names: str) -> object:
        """Give an argument by name or place, unknown where it is not given."""
        for name in names:
            if name in self.named:
                return self.named[name]
        return self.items[place] if -len(self.items) <= place < len(self.items) else UNKNOWN

    @property
    def tail(self) -> str:
        """Give the last part of the function's name."""
        return self.name.replace("::", ".").rpartition(".")[2]


def kind_of(thing: object) -> str:
    """Give the class of an object, or the name of a class; nothing for what is neither."""
    return thing.kind if isinstance(thing, Object) else thing.name if isinstance(thing, Kind) else ""


def own_name(name: str, kind: str) -> str:
    """Give a global's whole name: that of its package before it, but for the main one."""
    sign, bare = (name[0], name[1:]) if name.startswith(("$", "@", "%")) else ("", name)
    bare = bare.removeprefix("main::").removeprefix("::")
    if "::" in bare or not kind or kind == "main":
        return sign + bare
    return f"{sign}{kind}::{bare}"


def truth(thing: object) -> bool | None:
    """Say whether a thing counts as true, None where only a run can tell."""
    if isinstance(thing, Text) and thing.value.text == "0" and thing.value.exact:
        return False
    if isinstance(thing, Arguments):
        return bool(thing.items)
    if isinstance(thing, Options) and not thing.items:
        return None
    return abstract.truth(thing)


def pairs(items: list[object]) -> dict[str, object]:
    """Read `name => value` pairs out of a flat list, from its end; dictionaries in the list are taken in."""
    found: dict[str, object] = {}
    place = 0
    while place < len(items):
        item = items[place]
        if isinstance(item, Map):
            found.update((str(key), value) for key, value in item.items.items())
        elif isinstance(item, Text) and item.value.exact and place + 1 < len(items) and _identifier(item.value.text):
            found[item.value.text.lstrip("-")] = items[place + 1]
            place += 1
        place += 1
    return found


def _identifier(text: str) -> bool:
    return text.lstrip("-").replace("_", "a").replace("-", "a").replace(".", "a").isalnum() and len(text) < 60


def mapped(items: list[object]) -> Map:
    """Make a dictionary of a flat list of keys and values."""
    found = Map()
    place = 0
    while place < len(items):
        item = items[place]
        if isinstance(item, Map):
            found.items.update(item.items)
            place += 1
            continue
        key = key_of(item)
        if key is not None:
            found.items[key] = items[place + 1] if place + 1 < len(items) else None
        place += 2
    return found


def key_of(thing: object) -> object | None:
    """Give what a dictionary keeps a thing under, None where that is not known."""
    if isinstance(thing, Text):
        return thing.value.text if thing.value.exact else None
    return thing if isinstance(thing, int | float) and not isinstance(thing, bool) else None


def flat(thing: object) -> list[object]:
    """Give the elements of a list, the keys and values of a dictionary, else the thing itself."""
    if isinstance(thing, Seq):
        return list(thing.items) if thing.items or not thing.open else [UNKNOWN]
    if isinstance(thing, Map):
        return [
            each
            for key, value in thing.items.items()
            for each in (abstract.text(key) if isinstance(key, str) else key, value)
        ]
    return [thing]
