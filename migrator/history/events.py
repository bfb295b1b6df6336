"""What was read of a log, in columns: logs are long, and a line of cron takes thirty bytes here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from migrator.history.lines import Line
from migrator.history.messages import Channel, Kind, Message
from migrator.history.stamps import Stamp

MOST_EVENTS = 10_000_000
MOST_NAMES = 100_000
NO_LAP = -32_768
"""The lap of a stamp that writes its year."""
_LONGEST_TEXT = 16_384
_NONE = -1
_KINDS = tuple(Kind)  # by number, which is faster than to ask the class


class Name(NamedTuple):
    """What a run is known by. `host` is the line's, `place` the one that its file lies under; "" is none."""

    host: str
    place: str
    channel: Channel
    user: str
    text: str
    cut: bool


class Event(NamedTuple):
    """A line of cron: `seconds` and `zone` as in `Stamp`, `lap` the new years before it in its file, or NO_LAP."""

    seconds: int
    zone: int
    lap: int
    line: int
    kind: Kind
    pid: int | None
    child: int | None
    failed: bool
    name: int


@dataclass(slots=True)
class Names:
    """The distinct names of all logs, numbered. Hostile logs hold many: above a bound, new ones are refused."""

    found: dict[Name, int] = field(default_factory=dict)

    def number(self, name: Name) -> int | None:
        """Give a name's number; None where there are too many."""
        known = self.found.get(name)
        if known is None and len(self.found) < MOST_NAMES:
            known = self.found[name] = len(self.found)
        return known

    def listed(self) -> list[Name]:
        """Give the names by number."""
        return list(self.found)


def name_of(line: Line, message: Message, place: str) -> Name:
    """Name what a message is about; a text of absurd length is cut."""
    text = message.text[:_LONGEST_TEXT]
    cut = message.cut or len(text) < len(message.text)
    return Name((line.host or "").lower(), place, message.channel, message.user, text, cut)


@dataclass(slots=True)
class Events:
    """The events of one file, in the order of its lines."""

    _seconds: array[int] = field(default_factory=lambda: array("q"))
    _zones: array[int] = field(default_factory=lambda: array("h"))
    _laps: array[int] = field(default_factory=lambda: array("h"))
    _lines: array[int] = field(default_factory=lambda: array("q"))
    _kinds: array[int] = field(default_factory=lambda: array("b"))
    _pids: array[int] = field(default_factory=lambda: array("i"))
    _children: array[int] = field(default_factory=lambda: array("i"))
    _names: array[int] = field(default_factory=lambda: array("i"))

    def __len__(self) -> int:
        return len(self._seconds)

    def add(self, stamp: Stamp, pid: int | None, message: Message, name: int, lap: int, number: int) -> None:
        """Take in a line; `lap` counts the new years before it, or is NO_LAP where its stamp has the year."""
        self._seconds.append(stamp.seconds)
        self._zones.append(stamp.zone)
        self._laps.append(lap)
        self._lines.append(number)
        self._kinds.append(message.kind | (0x10 if message.failed else 0))
        self._pids.append(_NONE if pid is None else pid)
        self._children.append(_NONE if message.child is None else message.child)
        self._names.append(name)

    def at(self, indices: Iterable[int]) -> Iterator[Event]:
        """Yield the events at these indices."""
        seconds, zones, laps, lines = self._seconds, self._zones, self._laps, self._lines
        kinds, pids, children, names = self._kinds, self._pids, self._children, self._names
        for index in indices:
            pid, child, kind = pids[index], children[index], kinds[index]
            yield Event(
                seconds[index],
                zones[index],
                laps[index],
                lines[index],
                _KINDS[kind & 0xF],
                None if pid == _NONE else pid,
                None if child == _NONE else child,
                bool(kind & 0x10),
                names[index],
            )

    def times(self, indices: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Yield the seconds, the zone and the lap of the events at these indices."""
        seconds, zones, laps = self._seconds, self._zones, self._laps
        return ((seconds[index], zones[index], laps[index]) for index in indices)

    def names_and_kinds(self) -> Iterator[tuple[int, int]]:
        """Yield each event's name and kind."""
        return ((name, kind & 0xF) for name, kind in zip(self._names, self._kinds, strict=True))

    def __iter__(self) -> Iterator[Event]:
        return self.at(range(len(self)))
