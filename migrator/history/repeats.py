"""Lines that differ from an earlier one in their time and their pid alone: most of a log, and they need no reading.

Only lines with a pid are known again. Those of a form that writes the command's own pid into its words (busybox, a
parent of Debian's cron) are new each time and are read as before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from migrator.history.lines import Line
from migrator.history.messages import Message
from migrator.history.stamps import Stamp, read_stamp

_CLASSIC = 15  # bytes of `Nov 22 06:25:01`
_LONGEST_STAMP = 40
_LONGEST_PID = 9
_MOST_KEPT = 4096

# Whether the time is of the classic form, what stands between it and the pid, and behind the pid. `UTC` behind a time
# of the other form is its zone, behind the classic one a host.
_Words = tuple[bool, bytes, bytes]


class Known(NamedTuple):
    """What a line tells besides its time and its pid: its message (None: of no run), and its name's number.

    The number is None where there are too many names or events.
    """

    message: Message | None
    name: int | None


@dataclass(slots=True)
class Repeats:
    """What the lines of one log told so far."""

    _stamps: dict[bytes, Stamp] = field(default_factory=dict)
    _known: dict[_Words, Known] = field(default_factory=dict)

    def stamp(self, data: bytes) -> tuple[Stamp, int] | None:
        """Give the stamp that a line begins with, and the index behind it, where it has one of the two usual forms."""
        start = data[:_CLASSIC]
        stamp = self._stamps.get(start)
        if stamp is not None:
            return stamp, _CLASSIC
        if start[10:11] == b"T":
            end = data.find(b" ", 0, _LONGEST_STAMP)
            found = _whole_stamp(data[:end]) if end > 0 else None
            return (found, end) if found is not None else None
        found = _whole_stamp(start)
        if found is None or found.has_year:
            return None
        if len(self._stamps) >= _MOST_KEPT:
            self._stamps.clear()
        self._stamps[start] = found
        return found, _CLASSIC

    def find(self, data: bytes, end: int) -> tuple[Known, int] | None:
        """Give what a line tells, and its pid, where an earlier one had the same words behind its stamp."""
        head, _, rest = data.partition(b"[")
        pid, _, words = rest.partition(b"]")
        known = self._known.get((end == _CLASSIC, head[end:], words))
        return (known, int(pid)) if known is not None and _is_pid(pid) else None

    def keep(self, data: bytes, end: int, line: Line, known: Known) -> None:
        """Keep what a line told for those that are like it."""
        # Behind a blank the stamp is over. In front of a pid that was read no other bracket stands.
        if line.pid is None or data[end : end + 1] != b" ":
            return
        head, _, rest = data.partition(b"[")
        pid, _, words = rest.partition(b"]")
        if _is_pid(pid):
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[end == _CLASSIC, head[end:], words] = known


def _is_pid(text: bytes) -> bool:
    return text.isdigit() and len(text) <= _LONGEST_PID


def _whole_stamp(data: bytes) -> Stamp | None:
    if not data.isascii():
        return None
    found = read_stamp(data.decode("ascii"))
    return found[0] if found is not None and found[1] == len(data) else None
