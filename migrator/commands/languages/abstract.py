"""What an expression of a program may come to, as far as its text tells: what all languages have.

Numbers, booleans and None stand for themselves; everything else is one of the classes here, a value of the
language's own or `UNKNOWN`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from migrator.commands.values import Value, joined, literal, unknown

MOST = 6
"""The most alternatives that are kept apart."""
_LONGEST = 100_000


class Solid:
    """What counts as true whatever is in it: a function, a class, an object."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is known."""


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Text:
    """A string or, with `path`, a `pathlib.Path`."""

    value: Value
    path: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things."""

    options: tuple[object, ...]


@dataclass(slots=True)
class Seq:
    """A list, tuple or set; `open` says that more of the same may be in it."""

    items: list[object]
    open: bool = False


@dataclass(slots=True)
class Map:
    """A dictionary: what stands under its known keys; `rest` is what stands under others, None where there are none.

    `doubted` says that it may be empty all the same.
    """

    items: dict[object, object] = field(default_factory=dict)
    rest: object | None = None
    doubted: bool = False

    def put(self, key: object, value: object) -> None:
        """Keep a value under a key, which may not be known."""
        if key is not UNKNOWN:
            self.items[key] = value
        else:
            self.rest = value if self.rest is None else either(self.rest, value)

    def take_in(self, other: Map) -> None:
        """Keep what another dictionary holds."""
        self.items.update(other.items)
        if other.rest is not None:
            self.put(UNKNOWN, other.rest)

    @property
    def pairs(self) -> list[tuple[object, object]]:
        """The keys, as things, with what stands under them."""
        known = [(text(key) if isinstance(key, str) else key, value) for key, value in self.items.items()]
        return known if self.rest is None else [*known, (UNKNOWN, self.rest)]


@dataclass(frozen=True, slots=True)
class Ref:
    """A name of the world outside: `os.path.join`."""

    dotted: str


@dataclass(slots=True)
class Tool:
    """An object of a library, where it matters what it is: `boto3:s3`, `parser`, `connection`."""

    kind: str
    data: dict[str, object] = field(default_factory=dict)


def text(value: str, *, path: bool = False) -> Text:
    """Give a known string."""
    return Text(literal(value), path)


def anything(written: str = "…", *, dated: bool = False) -> Text:
    """Give a string of which nothing is known."""
    return Text(unknown(written, dated=dated))


def as_value(thing: object) -> Value:
    """Give the text of anything, unknown where it is not known."""
    if isinstance(thing, Text):
        return thing.value
    if isinstance(thing, bool | int | float):
        return literal(str(thing))
    if isinstance(thing, Tool) and thing.kind == "clock":
        return unknown("date", dated=True)
    if isinstance(thing, Choice):
        return unknown("…", dated=any(as_value(option).dated for option in thing.options))
    return unknown("…")


def options(thing: object) -> tuple[object, ...]:
    """Give the alternatives that a thing may be."""
    return thing.options if isinstance(thing, Choice) else (thing,)


def either(one: object, other: object) -> object:
    """Give a thing that is one or the other."""
    if one is other or same(one, other):
        # Of two that read alike the one that says why a part is not known tells more.
        return other if isinstance(other, Text) and other.value.dated else one
    found: list[object] = []
    for option in (*options(one), *options(other)):
        if not any(same(option, known) for known in found):
            found.append(option)
    known = [option for option in found if not isinstance(option, Unknown)]
    # What is unknown gives way to a name that is known, but not to None, an empty text or list: those decide what runs.
    kept = known if any(_tells(option) for option in known) else found
    return Choice(tuple(kept[:MOST])) if len(kept) > 1 else kept[0]


def any_of(things: Sequence[object]) -> object:
    """Give a thing that is one of several."""
    found = things[0]
    for thing in things[1:]:
        found = either(found, thing)
    return found


def part_of(thing: object, place: int) -> object:
    """Give what `a, b = thing` binds at a place."""
    return any_of(
        [
            option.items[place] if isinstance(option, Seq) and place < len(option.items) else UNKNOWN
            for option in options(thing)
        ]
    )


def _tells(thing: object) -> bool:
    if isinstance(thing, bool | int | float) or thing is None:
        return False
    if isinstance(thing, Seq | Map):
        return bool(thing.items)
    return not isinstance(thing, Text) or bool(thing.value.text)


def same(one: object, other: object) -> bool:
    """Say whether two things are equal by what is known of them."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Text) and isinstance(other, Text) and not (one.value.exact or other.value.exact):
        return (one.value.text, one.value.private, one.path) == (other.value.text, other.value.private, other.path)
    if isinstance(one, Text | Unknown | Ref | int | float | bool) or one is None:
        return one == other
    if isinstance(one, Seq | Map) and isinstance(other, Seq | Map):
        # One of several empty lists that a function gives says as much as all of them.
        return one is other or not (one.items or other.items or _rest(one) or _rest(other))
    return one is other


def _rest(thing: Seq | Map) -> bool:
    return isinstance(thing, Map) and thing.rest is not None


def text_options(thing: object) -> list[Text]:
    """Give the strings that a thing may be; nothing for what is no string."""
    return [option for option in options(thing) if isinstance(option, Text)]


def concatenated(parts: list[Value], *, path: bool = False) -> Text:
    """Join values to a string; one too long to be a path, a name or a statement is unknown."""
    kept = [part for part in parts if part.text or part.written]
    if sum(max(len(part.text), len(part.written)) for part in kept) > _LONGEST:
        return Text(unknown("…"), path)
    return Text(joined(kept), path)


def with_places(whole: str, places: Iterable[re.Match[str]], value: Callable[[re.Match[str]], Value]) -> Text:
    """Put a value into each place of a text."""
    parts: list[Value] = []
    end = 0
    for place in places:
        parts += [literal(whole[end : place.start()]), value(place)]
        end = place.end()
    return concatenated([*parts, literal(whole[end:])])


def truth(thing: object) -> bool | None:
    """Say whether a thing counts as true, None where only a run can tell."""
    if isinstance(thing, bool | int | float) or thing is None:
        return bool(thing)
    if isinstance(thing, Text):
        return bool(thing.value.text) if thing.value.exact else None
    if isinstance(thing, Seq):
        # An empty list may be filled where the reader does not see it.
        return True if thing.items and not thing.open else None
    if isinstance(thing, Map):
        return None if thing.doubted else bool(thing.items) or None
    if isinstance(thing, Solid):
        return True
    if isinstance(thing, Choice):
        answers = {truth(option) for option in thing.options}
        return answers.pop() if len(answers) == 1 else None
    return None


def opens(thing: object) -> bool:
    """Say whether more may be in a thing than is known: it may be the names of a folder."""
    return any(isinstance(option, Seq) and option.open for option in options(thing))


def elements(thing: object, most: int = 40) -> list[object]:
    """Give what a loop over a thing would see: each known element, or one that stands for all.

    Many strings become one that is not known: a dozen paths say more than a pattern, a hundred say less.
    """
    if isinstance(thing, Choice):
        return [element for option in thing.options for element in elements(option, most)][:most]
    if isinstance(thing, Seq):
        if not thing.items:
            return [UNKNOWN] if thing.open else []
        if len(thing.items) > 12 and all(isinstance(item, Text) for item in thing.items):
            return [anything()]
        return thing.items[:most]
    if isinstance(thing, Map):
        return [key for key, _ in thing.pairs][:most]
    # What a query gives, one by one, still belongs to its table.
    return [thing] if isinstance(thing, Tool) and thing.kind == "query" else [UNKNOWN]


def items_of(thing: object) -> list[object]:
    """Give what is known to stand in a list, nothing for what is none."""
    return thing.items if isinstance(thing, Seq) else []


def flattened(things: Iterable[object]) -> list[object]:
    """Give things, of the lists among them the elements."""
    return [item for thing in things for item in (thing.items if isinstance(thing, Seq) else [thing])]
