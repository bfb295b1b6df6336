"""What `@daily` and its like stand for. Names are case-sensitive in every dialect."""

from __future__ import annotations

from migrator.model import CronFields, Dialect
from migrator.schedules.cron.fields import ALL_DAYS, ALL_HOURS, ALL_MONTHS, ALL_WEEKDAYS

_YEARLY = CronFields(1, 1, 2, 2, ALL_WEEKDAYS, False, False, False, True)
_MONTHLY = CronFields(1, 1, 2, ALL_MONTHS, ALL_WEEKDAYS, False, False, False, True)
_WEEKLY = CronFields(1, 1, ALL_DAYS, ALL_MONTHS, 1, False, False, True, False)
# entry.c sets no star flag for @daily; with both day fields full that changes nothing.
_DAILY = CronFields(1, 1, ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS, False, False, False, False)
_HOURLY = CronFields(1, ALL_HOURS, ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS, False, True, False, False)

REBOOT = "@reboot"
NICKNAMES: dict[str, CronFields] = {
    "@yearly": _YEARLY,
    "@annually": _YEARLY,
    "@monthly": _MONTHLY,
    "@weekly": _WEEKLY,
    "@daily": _DAILY,
    "@midnight": _DAILY,
    "@hourly": _HOURLY,
}


def knows_reboot(dialect: Dialect) -> bool:
    """Say whether the dialect has `@reboot`: all but Kubernetes."""
    return dialect is not Dialect.KUBERNETES
