"""Read one log: every line is counted, those of cron are kept as events, those that are no line of a log are named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from migrator.history.events import MOST_EVENTS, NO_LAP, Events, Name, Names, name_of
from migrator.history.journal import read_object
from migrator.history.lines import Line, read_line
from migrator.history.messages import read_message
from migrator.history.repeats import Known, Repeats
from migrator.history.stamps import Stamp, is_leap_day, read_stamp
from migrator.history.streams import BrokenLogError, NoLogError, lines_of
from migrator.history.types import BadLines
from migrator.model import Origin
from migrator.redaction import redact_unread

# All programs that tell of runs have it in their name, run-parts in the folder's.
_ABOUT_CRON = re.compile(rb"cron", re.IGNORECASE)
_JOURNAL_TEXT = b"-- "
_LONGEST_SHOWN = 200
_HALF_YEAR = 6
_MOST_LAPS = 1000
_TOO_MANY = "one more different command than are kept in mind"
_TOO_LONG = "more lines of cron than are kept in mind"


@dataclass(slots=True)
class Reading:
    """A log as it was read. `first` and `last` are the stamps of its first and last line, with their laps.

    A lap is a year that begins in the log: its stamps may not write it. `latest` is the newest of these by lap and
    seconds, `leaps` are the laps in which a 29 February stands. `broken` says why the log could not be read to its end.
    """

    path: str
    place: str
    events: Events = field(default_factory=Events)
    lines: int = 0
    runs: int = 0
    other: int = 0
    unread: int = 0
    bad: dict[str, BadLines] = field(default_factory=dict)
    broken: str = ""
    first: tuple[Stamp, int] | None = None
    last: tuple[Stamp, int] | None = None
    latest: tuple[int, int] | None = None
    leaps: set[int] = field(default_factory=set)


def read_log(path: Path, shown: str, place: str, names: Names, room: int = MOST_EVENTS) -> Reading:
    """Read a log into events; `shown` is its name in the report, `place` the host that it lies under, `room` how many.

    Raise HistoryError where it cannot be opened; whatever it holds is told in the reading.
    """
    reader = _Reader(Reading(shown, place), names, room)
    try:
        for data, cut in lines_of(path):
            reader.take(data, cut)
    except NoLogError as error:
        reader.reading.broken = f"this is {error}"
    except BrokenLogError as error:
        reader.reading.broken = str(error)
    return reader.reading


class _Reader:
    """The state between one line and the next: the month that it is, and the new years so far."""

    def __init__(self, reading: Reading, names: Names, room: int) -> None:
        self.reading = reading
        self._names = names
        self._room = room
        self._repeats = Repeats()
        self._lap = 0
        self._month: int | None = None

    def take(self, data: bytes, cut: bool) -> None:
        """Take in a line."""
        self.reading.lines += 1
        found = self._repeats.stamp(data)
        if found is None:
            self._unusual(data, cut)
            return
        stamp, end = found
        again = None if cut else self._repeats.find(data, end)
        if again is not None:
            self._note(data, stamp, again[1], again[0])
        elif _ABOUT_CRON.search(data):
            line = read_line(data.decode("utf-8", "surrogateescape"))
            known = self._whole(data, line, cut)
            if not cut and known is not None and isinstance(line, Line):
                self._repeats.keep(data, end, line, known)
        else:
            self.reading.other += 1
            self._pass(stamp)

    def _unusual(self, data: bytes, cut: bool) -> None:
        """Take in a line that does not begin with a time of the usual forms."""
        if not data.strip() or data.startswith(_JOURNAL_TEXT):
            self.reading.other += 1  # `-- Boot … --`, `-- No entries --`
        elif data.startswith(b"{"):
            self._whole(data, read_object(data.decode("utf-8", "surrogateescape")), cut)
        elif _ABOUT_CRON.search(data):
            self._whole(data, read_line(data.decode("utf-8", "surrogateescape")), cut)
        else:
            self._other(data)

    def _other(self, data: bytes) -> None:
        """Take the time alone of a line that is another program's."""
        head = data[:64].decode("utf-8", "replace")
        at = head.find(">") + 1 if head.startswith("<") else 0
        at += 2 if at and head.startswith("1 ", at) else 0
        found = read_stamp(head, at)
        if found is None:
            self._bad(data, "no time stamp that is known here")
            return
        self.reading.other += 1
        self._pass(found[0])

    def _whole(self, data: bytes, line: Line | str, cut: bool) -> Known | None:
        """Take in a line as it was split; give what it tells, None where nothing is kept of it."""
        if isinstance(line, str):
            self._bad(data, "longer than a line of a log" if cut else line)
            return None
        message = read_message(line.program, line.message)
        if message is None:
            known = Known(None, None)
        else:
            message = message._replace(cut=message.cut or cut)
            known = Known(message, self._number(name_of(line, message, self.reading.place)))
        self._note(data, line.stamp, line.pid, known)
        return known

    def _number(self, name: Name) -> int | None:
        return self._names.number(name) if self._has_room() else None

    def _has_room(self) -> bool:
        return len(self.reading.events) < self._room

    def _note(self, data: bytes, stamp: Stamp, pid: int | None, known: Known) -> None:
        lap, reading = self._pass(stamp), self.reading
        if known.message is None:
            reading.other += 1
        elif not self._has_room():
            self._bad(data, _TOO_LONG)
        elif known.name is None:
            self._bad(data, _TOO_MANY)
        else:
            reading.runs += 1
            reading.events.add(stamp, pid, known.message, known.name, lap, reading.lines)

    def _pass(self, stamp: Stamp) -> int:
        """Note the time; give the new years that the file has seen, NO_LAP where its stamps write the year."""
        reading = self.reading
        if reading.last is not None and stamp is reading.last[0]:
            return reading.last[1]
        lap = NO_LAP if stamp.has_year else self._turn(stamp)
        if reading.first is None:
            reading.first = (stamp, lap)
        reading.last = (stamp, lap)
        return lap

    def _turn(self, stamp: Stamp) -> int:
        month, reading = stamp.seconds // 2_678_400, self.reading  # 31 days: near enough to see a year turn
        if self._month is not None and abs(month - self._month) >= _HALF_YEAR and abs(self._lap) < _MOST_LAPS:
            # Down where the newest line comes first (`journalctl -r`).
            self._lap += 1 if month < self._month else -1
        self._month = month
        if is_leap_day(stamp.seconds):
            reading.leaps.add(self._lap)
        moment = (self._lap, stamp.seconds)
        if reading.latest is None or moment > reading.latest:
            reading.latest = moment
        return self._lap

    def _bad(self, data: bytes, reason: str) -> None:
        reading = self.reading
        reading.unread += 1
        known = reading.bad.get(reason)
        if known is None:
            origin = Origin(reading.path, reading.lines)
            text = redact_unread(data[:_LONGEST_SHOWN].decode("utf-8", "surrogateescape")).text
            reading.bad[reason] = BadLines(origin, reason, 1, text)
        else:
            reading.bad[reason] = BadLines(known.origin, reason, known.count + 1, known.text)
