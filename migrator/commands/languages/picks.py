"""The names that a loop picks out of a folder, as wildcards; each test that a program makes of a name tells some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from migrator.commands import wildcards
from migrator.commands.languages.abstract import UNKNOWN, Seq, Text, Tool, options
from migrator.commands.values import Value

Picks = tuple[str, ...]
"""The wildcards of the names that are used."""

ALL: Picks = ("*",)
MOST = 6


def both(told: Sequence[Picks]) -> Picks:
    """Give the names that all of these are."""
    found = ALL
    for each in told:
        found = kept(wildcards.both(*pair) for pair in product(found, each))
    return found


def either(told: Sequence[Picks]) -> Picks:
    """Give the names that one of these is."""
    return kept(each for picks in told for each in picks)


def kept(found: Iterable[str]) -> Picks:
    """Give wildcards once each; too many, or one that is any name, tell nothing."""
    picks = tuple(dict.fromkeys(found))
    return picks if picks and len(picks) <= MOST and "*" not in picks else ALL


def fitting(found: Sequence[str], *, whole: bool) -> Picks:
    """Give wildcards as picks; of whole paths only those that say how a name ends hold for its last part."""
    return kept(found) if not whole or all(each[:1] == "*" and "*" not in each[1:] for each in found) else ALL


def are_paths(things: Iterable[object]) -> bool:
    """Say whether a loop goes over paths, or over names alone."""
    return any(isinstance(thing, Text) and "/" in thing.value.text for thing in things)


def texts(thing: object) -> Picks:
    """Give the texts, or the patterns, that a thing is one of; nothing where that is not known."""
    found: list[str] = []
    for option in options(thing):
        for item in option.items if isinstance(option, Seq) and not option.open else [option]:
            known = item.data.get("pattern") if isinstance(item, Tool) and item.kind == "pattern" else item
            if not isinstance(known, Text) or not known.value.exact or not known.value.text:
                return ()
            found.append(known.value.text)
    return tuple(dict.fromkeys(found)) if len(found) <= MOST else ()


def with_known(things: Iterable[object], picks: Picks) -> list[object]:
    """Give what the names of a listing may be where only some are picked."""
    found: list[object] = []
    for thing in things:
        if thing is UNKNOWN and picks != ALL:
            found += [Text(Value(each, "name", exact=False)) for each in picks]
        elif picks == ALL or not isinstance(thing, Text) or thing.value.exact:
            found.append(thing)
        else:
            value = thing.value
            ways = [value.but(wildcards.narrowed(value.text, each), value.written) for each in picks]
            found += [Text(each, thing.path) for each in ways]
    return found
