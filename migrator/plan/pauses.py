"""When a schedule pauses, by the wall clock: the rule by which a job is switched over, for every day alike.

Only hours and minutes are looked at, as if the job ran every day: a pause found so is one on all days. cron(8) looks
once a minute whether a table has changed, so a line must be switched off before the minute ahead of its next start.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from migrator.model import Schedule, ScheduleKind
from migrator.schedules.cron.wall import DAY_MINUTES, minutes_of_day

TAKEN_UP = 2
"""Minutes in which cron has surely read a table that changed, and a target a schedule."""
_QUIET = 10


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of a day without a start: `begin` and `end` are minutes of a day, both inside; `length` counts them.

    `last` and `next` are the starts around it.
    """

    begin: int
    end: int
    length: int
    last: int
    next: int


@dataclass(frozen=True, slots=True)
class Rule:
    """When a job can be switched over: `kind` as in `MinutesPart`, `text` a sentence."""

    kind: str
    text: str


def starts_of(schedule: Schedule) -> tuple[int, ...]:
    """Give the minutes of a day at which a schedule may start, a random delay spread out; none without a clock."""
    if schedule.fields is None:
        return ()
    times = minutes_of_day(schedule.fields.minute, schedule.fields.hour)
    if not schedule.random_minutes:
        return times
    spread = {
        (time + late) % DAY_MINUTES for time in times for late in range(min(schedule.random_minutes, DAY_MINUTES) + 1)
    }
    return tuple(sorted(spread))


def longest_pause(starts: Iterable[int]) -> Pause | None:
    """Find the longest pause between starts on a day that follows itself; of equal ones the first. None for none.

    It begins the minute after a start, and ends early enough for cron to have read the change before the next.
    """
    times = sorted(set(starts))
    if not times:
        return None
    gaps = [(after - time, time) for time, after in zip(times, [*times[1:], times[0] + DAY_MINUTES], strict=True)]
    gap, last = max(gaps, key=lambda found: (found[0], -found[1]))
    length = gap - TAKEN_UP
    after = (last + gap) % DAY_MINUTES
    if length <= 0:
        return None
    return Pause((last + 1) % DAY_MINUTES, (last + length) % DAY_MINUTES, length, last, after)


@lru_cache(maxsize=16384)
def is_busy(schedule: Schedule) -> bool:
    """Say whether a schedule starts so often that no pause is worth waiting for."""
    starts = starts_of(schedule)
    pause = longest_pause(starts)
    return bool(starts) and (pause is None or pause.length < _QUIET)


@lru_cache(maxsize=16384)
def rule_of(schedule: Schedule) -> Rule:
    """State when a job of this schedule can be switched over, and what is lost or doubled at another time."""
    if schedule.fields is None:
        return Rule("clockless", _CLOCKLESS[schedule.kind])
    zone = f" {schedule.timezone}" if schedule.timezone else " by its host's clock"
    pause = longest_pause(starts_of(schedule))
    if pause is None:
        return Rule("busy", _BUSY)
    night = " of the next day" if pause.end < pause.begin else ""
    when = f"between {clock(pause.begin)} and {clock(pause.end)}{night}{zone}"
    short = f"its longest pause has {_minutes(pause.length)}: " if pause.length < _QUIET else ""
    return Rule(
        "tight" if short else "quiet",
        f"{short}off and on {when} nothing is lost or double; else the next start, at {clock(pause.next)} for one, is "
        "lost (off, not yet on) or runs twice (on, not yet off)",
    )


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"


def clock(minute: int) -> str:
    """Write a minute of a day as HH:MM."""
    return f"{minute // 60:02}:{minute % 60:02}"


_BUSY = (
    "it starts every minute or two, so no minute is free of it. Switched off first, the starts until the target runs "
    "are lost; switched on first, those until cron has read the table run twice. Choose what does no harm"
)
_CLOCKLESS = {
    ScheduleKind.CRON: "its starts cannot be listed: compare the first runs by hand",
    ScheduleKind.REBOOT: "cron starts it with the host: nothing is lost or doubled unless the host starts in between",
    ScheduleKind.ANACRON: "anacron starts it once in its period, when the host is up, and keeps the day in "
    "/var/spool/anacron: where it has run in this period, a start of the target before the next is one too many",
    ScheduleKind.EVENT: "an event starts it: one that comes while neither side listens is lost, while both do it runs "
    "twice",
    ScheduleKind.UPSTREAM: "what it depends on starts it: switch it over together with that",
    ScheduleKind.UNREAD: "its schedule could not be read, so no minute can be named",
}
