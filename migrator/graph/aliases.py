"""Meetings of names that do not look alike: a table without its database, a home as `~`, a folder that is not known."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from migrator.graph.names import NameTree
from migrator.graph.patterns import Meeting, belief, parse
from migrator.model import Resource, ResourceKind
from migrator.model.frozen import frozen

# `orders` and `shop.orders`, where no other database with that table is known: a little less than `orders` twice.
_UNQUALIFIED = 0.68
# The folder is not known: its last part and the file are, or the file alone.
_TAIL, _FILE = 0.68, 0.5
_LEAST_LETTERS = 10
# `~` is the home of whoever runs the job, which may be another's.
_HOME = 0.85
_HOMES = re.compile(r"/(?:home|Users|users)/([^/]+)/(?=.)")
_OF_HOMES = ("/home/", "/Users/", "/users/")
_WORDS = re.compile(r"[A-Za-z]+|\d+")

Met = tuple[int, int, Meeting, float]
_Parts = tuple[str, ...]


@frozen
class Spot:
    """A resource and the hosts that it is on, none where it is known everywhere."""

    resource: Resource
    hosts: frozenset[str | None]

    def near(self, other: "Spot") -> bool:
        """Say whether both may be one place."""
        return bool(self.hosts & other.hosts) or not (self.hosts or other.hosts)


def aliases(sources: Sequence[Spot], targets: Sequence[Spot]) -> Iterator[Met]:
    """Give (number of the source, number of the target, how they lie, belief) for names that differ in how they start.

    What begins alike is not looked at: the tree of names finds that.
    """
    yield from _tables(sources, targets)
    yield from _homes(sources, targets)
    yield from _tails(sources, targets, turned=False)
    yield from _tails(targets, sources, turned=True)


def _tables(sources: Sequence[Spot], targets: Sequence[Spot]) -> Iterator[Met]:
    named = _by_parts(sources), _by_parts(targets)
    full = _qualified({*named[0], *named[1]})
    for short, long in sorted(full.items()):
        for one, other in ((short, long), (long, short)):
            for source in named[0].get(one, ()):
                for target in named[1].get(other, ()):
                    yield source, target, Meeting.SAME, _UNQUALIFIED


def _by_parts(spots: Sequence[Spot]) -> dict[_Parts, list[int]]:
    found: defaultdict[_Parts, list[int]] = defaultdict(list)
    for number, spot in enumerate(spots):
        if spot.resource.kind is ResourceKind.TABLE and "*" not in spot.resource.name:
            found[parse(spot.resource).parts].append(number)
    return found


def _qualified(names: set[_Parts]) -> dict[_Parts, _Parts]:
    """Give each name's longer form, where there is one and only one."""
    by_last: defaultdict[str, list[_Parts]] = defaultdict(list)
    for name in sorted(names):
        by_last[name[-1]].append(name)
    found: dict[_Parts, _Parts] = {}
    for alike in by_last.values():
        shortest = min(alike, key=len)
        longer = [name for name in alike if len(name) > len(shortest) and name[-len(shortest) :] == shortest]
        if len(longer) == 1:
            found[shortest] = longer[0]
    return found


def _homes(sources: Sequence[Spot], targets: Sequence[Spot]) -> Iterator[Met]:
    """Tie `~/x` to `/home/someone/x` where only one home is named so."""
    short = [_files(spots, lambda name: name.startswith("~/")) for spots in (sources, targets)]
    long = [_files(spots, _in_a_home) for spots in (sources, targets)]
    owners = {owner[1] for side in long for _, spot in side if (owner := _HOMES.match(spot.resource.name))}
    if len(owners) != 1:
        return
    for givers, takers in ((short[0], long[1]), (long[0], short[1])):
        tree, first = NameTree(), dict[str, list[int]]()
        for number, spot in givers:
            home = _at_home(spot.resource)
            first.setdefault(home.name, []).append(number)
            tree.add(parse(home), first[home.name][0])
        for number, spot in takers if givers else ():
            wanted = _at_home(spot.resource)
            for met, meeting in tree.find(parse(wanted))[0]:
                there = _at_home(sources[met].resource)
                for source in first[there.name]:
                    if sources[source].near(spot):
                        yield source, number, meeting, round(belief(there, wanted, meeting) * _HOME, 3)


def _files(spots: Sequence[Spot], wanted: Callable[[str], bool]) -> list[tuple[int, Spot]]:
    return [
        (number, spot)
        for number, spot in enumerate(spots)
        if spot.resource.kind is ResourceKind.FILE and wanted(spot.resource.name)
    ]


def _in_a_home(name: str) -> bool:
    return name.startswith(_OF_HOMES) and _HOMES.match(name) is not None


def _at_home(resource: Resource) -> Resource:
    return Resource(resource.kind, _HOMES.sub("~/", resource.name, count=1))


def _tails(spots: Sequence[Spot], others: Sequence[Spot], *, turned: bool) -> Iterator[Met]:
    """Tie `*/out/week.csv`, of which the beginning is not known, to the one known file that ends so."""
    open_ones = _files(spots, lambda name: name.startswith("*/") and "*" not in name[1:] and not name.endswith("/"))
    if not open_ones:
        return
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for number, other in _files(others, lambda name: name.startswith(("/", "~")) and "*" not in name):
        by_name[other.resource.name.rpartition("/")[2]].append(number)
    for number, spot in open_ones:
        tail = spot.resource.name[1:]
        sure = _tail_belief(tail)
        found = [
            one
            for one in by_name.get(tail.rpartition("/")[2], ())
            if others[one].resource.name.endswith(tail) and spot.near(others[one])
        ]
        if sure and len({others[one].resource.name for one in found}) == 1:
            for one in found:
                # One unknown folder at the top is found by the tree.
                if others[one].resource.name.count("/") > tail.count("/") + 1:
                    yield (one, number, Meeting.SAME, sure) if turned else (number, one, Meeting.SAME, sure)


def _tail_belief(tail: str) -> float:
    """Weigh what is known: a folder and a file of some length, or a file's name of two words."""
    folder, _, name = tail.strip("/").rpartition("/")
    letters = sum(character.isalnum() for character in folder + name)
    if folder and letters >= _LEAST_LETTERS:
        return _TAIL
    stem = name.rpartition(".")[0]
    return _FILE if len(_WORDS.findall(stem)) > 1 and letters >= _LEAST_LETTERS else 0.0
