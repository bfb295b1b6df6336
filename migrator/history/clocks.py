"""One axis of time for each host, on which its logs can be laid side by side and beside its schedules.

Where the host's zone is known the axis is seconds since 1970; else it is the host's own clock, as far as its logs show
it, and schedules are compared with that clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from migrator.history.stamps import EPOCH, NO_ZONE, in_words

_QUARTER = 900  # seconds; no zone changes its offset in between
_MOST_KNOWN = 100_000


@dataclass(slots=True)
class Clock:
    """A host's axis. `zone` is None where nobody knows it; `blind` then says that a log tells no clock of the host's.

    `offsets` are the offsets that the host's stamps wrote, with a moment of each.
    """

    zone: ZoneInfo | None
    blind: bool = False
    offsets: dict[int, int] = field(default_factory=dict)
    _known: dict[int, int] = field(default_factory=dict)

    def moment(self, seconds: int, zone: int) -> int:
        """Give the point on the axis of a stamp's seconds and zone."""
        if zone == EPOCH:
            self.blind = self.blind or self.zone is None
            return seconds
        if zone == NO_ZONE:
            return seconds if self.zone is None else seconds - self._offset_at(self.zone, seconds)
        if zone not in self.offsets:
            self.offsets[zone] = seconds - zone * 60
        return seconds if self.zone is None else seconds - zone * 60

    def again(self, moment: int) -> int:
        """Give the moment at which the host's clock shows the same time once more: it was set back. Else the same."""
        if self.zone is None:
            return moment
        shown = datetime.fromtimestamp(moment, UTC).astimezone(self.zone)
        return moment if shown.fold else int(shown.replace(fold=1).timestamp())

    def words(self, moment: int) -> str:
        """Write a point of the axis as the host's clock shows it."""
        if self.zone is None:
            return in_words(moment)
        return in_words(moment + self.offset_at(moment))

    def offset_at(self, moment: int) -> int:
        """Give the seconds that the zone lies east of UTC at a moment, 0 where no zone is known."""
        if self.zone is None:
            return 0
        offset = datetime.fromtimestamp(moment, UTC).astimezone(self.zone).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def _offset_at(self, zone: ZoneInfo, wall: int) -> int:
        quarter = wall // _QUARTER
        if quarter not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            offset = datetime.fromtimestamp(wall, UTC).replace(tzinfo=zone).utcoffset()
            self._known[quarter] = int(offset.total_seconds()) if offset is not None else 0
        return self._known[quarter]
