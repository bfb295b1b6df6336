"""Which starts a schedule has in the span that a log covers, and which of them the log shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from migrator.history.clocks import Clock
from migrator.model import Job, Schedule, ScheduleKind
from migrator.schedules.cron import fire_minutes

LATE = 120
"""Seconds after its minute in which a start still counts for it: cron wakes late under load."""
_MOST_KEPT = 2_000_000
_LONGEST_SPAN = 3 * 366 * 86_400
_UTC = ZoneInfo("UTC")

Spans = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Fires:
    """The starts of schedules within the spans of one host; each distinct schedule is reckoned once."""

    clock: Clock
    spans: Spans
    _made: dict[tuple[Schedule, int], tuple[int, ...]] = field(default_factory=dict)

    def why_not(self, job: Job) -> str:
        """Say why the starts of a job cannot be reckoned; empty where they can."""
        schedule = job.schedule
        if job.inactive is not None and not job.inactive.ignored:
            return "cron does not run it"
        if schedule.kind is not ScheduleKind.CRON or schedule.fields is None:
            return _KINDS.get(schedule.kind, "it has no clock")
        if not self.spans:
            return "no log has starts of this host's commands"
        if sum(last - first for first, last in self.spans) > _LONGEST_SPAN:
            return "the logs span more than three years"
        zone = schedule.timezone
        if self.clock.blind and self.clock.zone is None:
            return "the log's times are UTC, and the host's time zone is not known"
        if zone is not None and self.clock.zone is None:
            return "the log shows the host's clock alone, and the host's time zone is not known"
        if zone is None and self.clock.zone is not None:
            return "the schedule's time zone is not known"
        return ""

    def of(self, schedule: Schedule, since: int = 0) -> tuple[int, ...]:
        """Give the starts (moments) of a schedule with fields within the spans, from a moment on, in order."""
        key = (schedule, since)
        if key not in self._made:
            if sum(map(len, self._made.values())) > _MOST_KEPT:
                self._made.clear()
            assert schedule.fields is not None
            zone = ZoneInfo(schedule.timezone) if schedule.timezone and self.clock.zone is not None else _UTC
            self._made[key] = tuple(
                60 * minute
                for first, last in self.spans
                for minute in fire_minutes(
                    schedule.fields,
                    schedule.dialect,
                    zone,
                    max(first, since) // 60 * 60,
                    last + 1,
                    own_zone=schedule.own_zone,
                )
                if last >= since
            )
        return self._made[key]

    def is_certain(self, fire: int, late: int, since: int = 0) -> bool:
        """Say whether the log would have to show a start: neither its beginning nor its end cuts the minute off."""
        return any(max(first, since) <= fire and fire + late <= last for first, last in self.spans)


_KINDS = {
    ScheduleKind.REBOOT: "it starts with the host",
    ScheduleKind.ANACRON: "anacron goes by days, not by a clock",
    ScheduleKind.EVENT: "an event starts it",
    ScheduleKind.UPSTREAM: "other jobs start it",
    ScheduleKind.UNREAD: "its schedule was not read",
}


def lateness(schedule: Schedule) -> int:
    """Give the seconds after its minute in which a start counts for it."""
    return LATE + 60 * schedule.random_minutes


def fire_of(run: int, fires: Sequence[int], late: int) -> int | None:
    """Give the index of the start that a run belongs to: the last one before it, if that is not too long ago."""
    # A second early: the log's clock and cron's may be read on either side of a second.
    index = bisect_right(fires, run + 1) - 1
    return index if index >= 0 and run - fires[index] <= late else None
