"""Cron's own meaning of a schedule: reading by dialect, fire times, counts, words."""

from migrator.schedules.cron.counts import days_in_year, fires_in_year, never_fires, runs_per_month
from migrator.schedules.cron.fires import fire_minutes, next_fires
from migrator.schedules.cron.reading import Front, read, read_front
from migrator.schedules.cron.rejection import Rejection, shown
from migrator.schedules.cron.remarks import Remark, remarks
from migrator.schedules.cron.vixie import BYTE_FF
from migrator.schedules.cron.words import fields_in_words, in_words

__all__ = [
    "BYTE_FF",
    "Front",
    "Rejection",
    "Remark",
    "days_in_year",
    "fields_in_words",
    "fire_minutes",
    "fires_in_year",
    "in_words",
    "never_fires",
    "next_fires",
    "read",
    "read_front",
    "remarks",
    "runs_per_month",
    "shown",
]
