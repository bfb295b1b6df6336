"""When a job starts, as its own scheduler understands the text."""

from dataclasses import dataclass
from enum import StrEnum

from migrator.model.worded import worded


@worded
class Dialect(StrEnum):
    """Whose rules the text is read by."""

    DEBIAN = "debian"
    CRONIE = "cronie"
    BUSYBOX = "busybox"
    KUBERNETES = "kubernetes"


@worded
class ScheduleKind(StrEnum):
    """What starts the job. `UPSTREAM`: only what it depends on. `UNREAD`: the text was rejected."""

    CRON = "cron"
    REBOOT = "reboot"
    ANACRON = "anacron"
    EVENT = "event"
    UPSTREAM = "upstream"
    UNREAD = "unread"

    @property
    def clocked(self) -> bool:
        """Say whether a time zone matters to it."""
        return self in _CLOCKED


_CLOCKED = (ScheduleKind.CRON, ScheduleKind.ANACRON)


@dataclass(frozen=True, slots=True)
class CronFields:
    """The five fields as bit masks: bit n is value n; weekday 0 is Sunday (7 is folded into 0).

    The star flags are cron's own (`MIN_STAR` … `DOW_STAR`): set where the field begins with `*`. `day_star` and
    `weekday_star` decide AND against OR, `minute_star` and `hour_star` decide what a clock change does (cron.c).
    """

    minute: int
    hour: int
    day: int
    month: int
    weekday: int
    minute_star: bool
    hour_star: bool
    day_star: bool
    weekday_star: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as read. `text` is as written; `fields` is None unless `kind` is CRON.

    `timezone` is an IANA name, or None where nothing says it. `event` names what starts an EVENT schedule
    (`s3://bucket/prefix/`). `period_days` and `delay_minutes` belong to ANACRON. `random_minutes` is the width of a
    window in which the start is drawn at random (RANDOM_DELAY, cronie's `~`), 0 for none. `own_zone`: the zone is a
    CRON_TZ, whose clock changes cronie does not repair (cron.c, find_jobs).
    """

    kind: ScheduleKind
    text: str
    dialect: Dialect
    timezone: str | None = None
    fields: CronFields | None = None
    event: str | None = None
    period_days: int | None = None
    delay_minutes: int = 0
    random_minutes: int = 0
    own_zone: bool = False
