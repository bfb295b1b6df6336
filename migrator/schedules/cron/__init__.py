"""Cron's own meaning of a schedule: reading by dialect, fire times, counts, words."""

from migrator.schedules.cron.counts import fires_in_year, never_fires, runs_per_month
from migrator.schedules.cron.reading import Front, read, read_front
from migrator.schedules.cron.rejection import Rejection, shown
from migrator.schedules.cron.remarks import Remark, remarks

__all__ = [
    "Front",
    "Rejection",
    "Remark",
    "fires_in_year",
    "never_fires",
    "read",
    "read_front",
    "remarks",
    "runs_per_month",
    "shown",
]
