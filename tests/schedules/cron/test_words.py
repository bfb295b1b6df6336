"""Words that say what a schedule does, star rule included."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from migrator.model import CronFields, Dialect, Schedule, ScheduleKind
from migrator.schedules.cron import fields_in_words, in_words, never_fires, read
from tests.schedules.cron.test_fires import MASKED

ODD_DAYS = ", ".join(map(str, range(1, 32, 2)))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("* * * * *", "every minute"),
        ("*/5 * * * *", "every 5 minutes"),
        ("0,30 * * * *", "every 30 minutes"),
        ("*/13 * * * *", "at minutes 0, 13, 26, 39, 52 of every hour"),
        ("*/40 * * * *", "at minutes 0, 40 of every hour"),
        ("0 * * * *", "every hour"),
        ("15 * * * *", "at minute 15 of every hour"),
        ("5-40 * * * *", "at minutes 5–40 of every hour"),
        ("30 2 * * *", "at 02:30 every day"),
        ("30 */5 * * *", "at 00:30, 05:30, 10:30, 15:30 and 20:30 every day"),
        ("0 */2 * * *", "every 2 hours from 00:00"),
        ("* 0 * * *", "every minute from 00:00 to 00:59 every day"),
        ("*/5 8-17 * * *", "every 5 minutes from 08:00 to 17:55 every day"),
        ("15 8-17 * * 1-5", "every hour from 08:15 to 17:15, from Monday to Friday"),
        ("*/20 1,5 * * *", "at 01:00, 01:20, 01:40, 05:00, 05:20 and 05:40 every day"),
        ("1-59/9 1,5,8 * * *", "at minutes 1, 10, 19, 28, 37, 46, 55 of hours 1, 5, 8 every day"),
        ("10-50/4 9 * * *", "at minutes 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50 of hour 9 every day"),
        ("* 1,5 * * *", "every minute of hours 1, 5 every day"),
        ("1-59/2 * * * *", "at minutes 1, 3, 5, 7, 9, 11, 13, 15 … 59 (30 in all) of every hour"),
        ("0 19 1 * 4", "at 19:00 on the 1st of the month and on every Thursday"),
        ("0 0 */2 * 1", f"at 00:00 on the days of the month {ODD_DAYS} that are also a Monday"),
        ("0 0 1 * */2", "at 00:00 on the 1st of the month that is also a Tuesday, a Thursday, a Saturday or a Sunday"),
        ("0 0 *,1 * 5", "at 00:00 on every Friday"),
        ("0 0 1-31 * 5", "at 00:00 every day"),
        ("0 0 22,2,3 * *", "at 00:00 on the 2nd, 3rd and 22nd of the month"),
        ("0 0 11-13 * *", "at 00:00 on the 11th, 12th and 13th of the month"),
        ("0 0 28-31 * *", "at 00:00 on the days of the month 28–31"),
        ("0 0 * * 7", "at 00:00 on every Sunday"),
        ("0 0 * * 1,3,5", "at 00:00 on every Monday, Wednesday and Friday"),
        ("0 0 * * 5,6,0,1", "at 00:00, from Friday to Monday"),
        ("0 0 13 10 5", "at 00:00 on the 13th of the month and on every Friday, in October"),
        ("0 0 22-2 * 5", "at 00:00 on every Friday"),
        ("0 0 5 * 6-0", "at 00:00 on the 5th of the month"),
        ("0 0 1 1 *", "at 00:00 on 1 January"),
        ("@yearly", "at 00:00 on 1 January"),
        ("@weekly", "at 00:00 on every Sunday"),
        ("@monthly", "at 00:00 on the 1st of the month"),
        ("@daily", "at 00:00 every day"),
        ("@hourly", "every hour"),
        ("0 0 1 1,7 *", "at 00:00 on the 1st of the month, in January and July"),
        ("0 0 * 3-5 *", "at 00:00 every day from March to May"),
        ("0 0 30 2 *", "never (30 February does not exist)"),
        ("0 0 31 2,4 *", "never (its months have no such day)"),
        ("22-2 * * * *", "never (the minute field matches nothing)"),
        ("0 0 * * fri-sun", "never (no day matches)"),
        ("@reboot", "at boot"),
    ],
)  # fmt: skip
def test_words_of_an_expression(expression: str, words: str) -> None:
    """Short, plain, and right."""
    found = read(expression, Dialect.DEBIAN)
    assert isinstance(found, Schedule)
    assert in_words(found) == words


def test_words_of_what_only_some_dialects_have() -> None:
    """A random minute and an interval are said."""
    found = read("0~30 3 * * *", Dialect.CRONIE)
    assert isinstance(found, Schedule)
    assert in_words(found) == "at 03:00 every day, put off by a random time of up to 30 minutes"
    for text, words in (("@every 5m", "every 5 minutes"), ("@every 7m", "every 420 seconds")):
        found = read(text, Dialect.KUBERNETES)
        assert isinstance(found, Schedule)
        assert in_words(found) == f"{words}, counted from when it was made"


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(ScheduleKind.ANACRON, "1 10 x", Dialect.DEBIAN, period_days=1, delay_minutes=10),
         "every day, 10 minutes after anacron starts"),
        (Schedule(ScheduleKind.ANACRON, "7 1 x", Dialect.DEBIAN, period_days=7, delay_minutes=1, random_minutes=45),
         "every 7 days, 1 minute after anacron starts, put off by a random time of up to 45 minutes"),
        (Schedule(ScheduleKind.ANACRON, "@monthly 45", Dialect.DEBIAN, period_days=31, delay_minutes=45),
         "every month, 45 minutes after anacron starts"),
        (Schedule(ScheduleKind.EVENT, "", Dialect.DEBIAN, event="s3://b/p/"), "on an event of s3://b/p/"),
        (Schedule(ScheduleKind.UPSTREAM, "", Dialect.DEBIAN), "after the jobs it depends on"),
        (Schedule(ScheduleKind.UNREAD, "0 0 ? * *", Dialect.DEBIAN), "unread: `0 0 ? * *`"),
        (Schedule(ScheduleKind.CRON, "0 0 ? * *", Dialect.DEBIAN), "unread: `0 0 ? * *`"),
    ],
)  # fmt: skip
def test_words_of_other_kinds(schedule: Schedule, words: str) -> None:
    """Every kind of schedule has words."""
    assert in_words(schedule) == words


@given(fields=MASKED)
@settings(max_examples=200, deadline=None)
def test_every_schedule_has_words(fields: CronFields) -> None:
    """All masks can be said; «never» is said of those that never fire, and of no other."""
    words = fields_in_words(fields)
    assert words
    assert words.startswith("never") == never_fires(fields)
    assert len(words) < 400
