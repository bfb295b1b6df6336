"""Tests of years that no stamp writes."""

from __future__ import annotations

from datetime import date

import pytest

from migrator.history.events import NO_LAP, Names
from migrator.history.reading import read_log
from migrator.history.years import placed, years_of
from tests.history.logs import written

DAY = date(2026, 11, 22)


def years(tmp_path, logs, reference=DAY):
    """Give the year of each log's first lap; a log is the days that its lines are of."""
    readings = []
    for shown, days in logs.items():
        text = "".join(f"{day} 00:00:01 h CRON[1]: (a) CMD (b)\n" for day in days)
        readings.append(read_log(written(tmp_path, text, shown), shown, "", Names()))
    return years_of(readings, reference)


@pytest.mark.parametrize(
    ("days", "year"),
    [
        (["Nov 21", "Nov 22"], 2026),
        (["Nov 22", "Nov 23"], 2026),
        (["Nov 23", "Nov 24"], 2025),
        (["Dec 30", "Jan  2"], 2025),
        (["Jan  2", "Dec 30"], 2026),
        (["Feb 28", "Feb 29", "Mar  1"], 2024),
    ],
)
def test_the_newest_line_does_not_lie_ahead(tmp_path, days, year):
    """A day of slack for zones; a turned log begins with its newest year; 29 February wants a leap year."""
    assert years(tmp_path, {"syslog": days}) == {"syslog": year}


def test_rotated_logs_come_before_each_other(tmp_path):
    """A log that was rotated ends before the next one begins, so a whole year back is seen."""
    logs = {"syslog": ["Nov 20"], "syslog.1": ["Nov 13"], "syslog.2": ["Dec 14"], "syslog.3.gz": ["Dec 16", "Dec 17"]}
    found = years(tmp_path, logs)
    assert found == {"syslog": 2026, "syslog.1": 2026, "syslog.2": 2025, "syslog.3.gz": 2024}


def test_a_day_in_the_name_goes_before_the_reference(tmp_path):
    """The dateext option of logrotate names the day of the rotation; a number that is no day is none."""
    assert years(tmp_path, {"cron-20240107": ["Jan  6"]}) == {"cron-20240107": 2024}
    assert years(tmp_path, {"cron-20249907": ["Jan  6"]}) == {"cron-20249907": 2026}


def test_written_years_are_left_alone(tmp_path):
    """A log whose stamps all have years is not in the answer."""
    log = written(tmp_path, "2026-11-22T06:25:01+01:00 h CRON[1]: (a) CMD (b)\n")
    assert years_of([read_log(log, "syslog", "", Names())], DAY) == {}
    assert placed(5, NO_LAP, None) == 5
