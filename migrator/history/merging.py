"""Lay the logs of one host side by side: a command's start may stand in one file, its session in another."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from migrator.history.clocks import Clock
from migrator.history.events import Event, Name
from migrator.history.messages import Channel, Kind
from migrator.history.reading import Reading
from migrator.history.stamps import NO_ZONE
from migrator.history.years import placed

_What = tuple[object, ...]  # a line without its time

_ECHO = 2  # seconds between the times that two logs give to one line
_JOINED = 600  # seconds between two logs of a host that are taken for one: the time in which a log is rotated
_LATE_LINE = 60  # seconds that a line may stand behind a later one without the clock having been set back
_SET_BACK = 7200  # seconds in which the time after a clock was set back follows on the time before


@dataclass(slots=True)
class HostEvents:
    """The events of one host: their indices in each log, and the names that the logs call the host by.

    `moments` are those of the events, once somebody asked for them.
    """

    names: set[str] = field(default_factory=set)
    indices: dict[int, array[int]] = field(default_factory=dict)
    moments: dict[int, array[int]] = field(default_factory=dict)

    def add(self, log: int, index: int, name: str) -> None:
        """Take in an event of the log of this number."""
        self.names.add(name)
        indices = self.indices.get(log)
        if indices is None:
            indices = self.indices[log] = array("q")
        indices.append(index)


@dataclass(frozen=True, slots=True)
class Logs:
    """All logs as they were read, the years of those that write none, and the names of their events by number."""

    readings: Sequence[Reading]
    years: Mapping[str, int]
    names: Sequence[Name]


Moment = tuple[int, int, Event]
"""A moment on the host's axis, the number of the log, and the event in it."""


def ordered(host: HostEvents, logs: Logs, clock: Clock) -> Iterator[Moment]:
    """Yield the events of all logs of a host in the order of time; within one log lines keep their order.

    A line that stands in two logs (syslog and cron.log, the journal and syslog) comes once.
    """
    streams = [_stream(log, host, logs, clock) for log in sorted(host.indices)]
    if len(streams) == 1:
        return iter(streams[0])
    return _once(heapq.merge(*streams, key=lambda item: (item[0], item[2].kind)), logs.names)


def _once(moments: Iterator[Moment], names: Sequence[Name]) -> Iterator[Moment]:
    window = _Window()
    for moment, log, event in moments:
        name = names[event.name]
        what = (event.kind, event.pid, event.child, name.channel, name.user, name.text)
        if event.pid is None or window.is_new(moment, log, what):
            yield moment, log, event


@dataclass(slots=True)
class _Window:
    """The lines of the last moments. A line happened as often as the log that has it most often says."""

    _order: deque[tuple[int, int, _What]] = field(default_factory=deque)
    _seen: dict[_What, Counter[int]] = field(default_factory=dict)

    def is_new(self, moment: int, log: int, what: _What) -> bool:
        """Note a line; say whether no other log has had it just now."""
        while self._order and moment - self._order[0][0] > _ECHO:
            self._forget(*self._order.popleft()[1:])
        seen = self._seen.setdefault(what, Counter())
        told = max(seen.values(), default=0)
        seen[log] += 1
        self._order.append((moment, log, what))
        return seen[log] > told

    def _forget(self, log: int, what: _What) -> None:
        seen = self._seen[what]
        seen[log] -= 1
        if not seen[log]:
            del seen[log]
        if not seen:
            del self._seen[what]


def spans(host: HostEvents, logs: Logs, clock: Clock) -> tuple[tuple[int, int], ...]:
    """Give the (first, last) moments that logs with starts of the host's commands cover, in order, apart.

    A log that speaks of other hosts, too, covers this one from its own first line to its own last: that the others go
    on says nothing of it.
    """
    found = []
    for log, indices in sorted(host.indices.items()):
        reading = logs.readings[log]
        if reading.first is None or reading.last is None or not _tells_starts(reading, indices, logs.names):
            continue
        year = logs.years.get(reading.path)
        ends = [clock.moment(placed(s.seconds, lap, year), s.zone) for s, lap in (reading.first, reading.last)]
        # Logs that were put together, or turned round, neither begin nor end with their own first and last line.
        own = _moments(log, host, logs, clock)
        ends += own
        seen = own if len(indices) < len(reading.events) else ends
        found.append((min(ends), max(ends), min(seen), max(seen)))
    return _joined(found)


def _joined(found: list[tuple[int, int, int, int]]) -> tuple[tuple[int, int], ...]:
    """Join what logs cover, each given by its (first, last) and by those of the host, where the logs follow on."""
    joined: list[tuple[int, int]] = []
    end = 0
    for first, last, own_first, own_last in sorted(found):
        if joined and first <= end + _JOINED:
            joined[-1] = (min(own_first, joined[-1][0]), max(own_last, joined[-1][1]))
            end = max(end, last)
        else:
            joined.append((own_first, own_last))
            end = last
    return tuple(joined)


def _tells_starts(reading: Reading, indices: array[int], names: Sequence[Name]) -> bool:
    return any(
        event.kind is Kind.START and names[event.name].channel is Channel.CRON for event in reading.events.at(indices)
    )


def _stream(log: int, host: HostEvents, logs: Logs, clock: Clock) -> Iterator[Moment]:
    events = logs.readings[log].events
    order: Sequence[int] = host.indices[log]
    moments = _moments(log, host, logs, clock)
    falls = sum(now < before for before, now in pairwise(moments))
    if falls:
        rises = sum(now > before for before, now in pairwise(moments))
        # The newest first, as `journalctl -r` writes: turned round, lines of one second stand as they happened.
        turned = range(len(moments) - 1, -1, -1) if falls > rises else range(len(moments))
        places = sorted(turned, key=moments.__getitem__)
        order, moments = [order[place] for place in places], array("q", (moments[place] for place in places))
    return ((moment, log, event) for moment, event in zip(moments, events.at(order), strict=True))


def _moments(log: int, host: HostEvents, logs: Logs, clock: Clock) -> array[int]:
    if log not in host.moments:
        reading = logs.readings[log]
        times, year = reading.events.times(host.indices[log]), logs.years.get(reading.path)
        host.moments[log] = array("q", _placed(times, year, clock))
    return host.moments[log]


def _placed(times: Iterator[tuple[int, int, int]], year: int | None, clock: Clock) -> Iterator[int]:
    before, moment = None, 0
    for time in times:
        if time != before:  # many lines have the second of the line before
            seconds, zone, lap = before = time
            last, moment = moment, clock.moment(placed(seconds, lap, year), zone)
            if zone == NO_ZONE and moment < last - _LATE_LINE and last - moment <= _SET_BACK:
                moment = _after(last, moment, clock)
        yield moment


def _after(last: int, moment: int, clock: Clock) -> int:
    """Choose the second of two moments that a clock without an offset shows alike, where it alone follows on."""
    again = clock.again(moment)
    return again if again >= last - _LATE_LINE else moment
