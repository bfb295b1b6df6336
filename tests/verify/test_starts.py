"""Written expressions beside cron's minutes."""

from __future__ import annotations

import pytest

from migrator.model import Dialect, ScheduleKind
from migrator.plan.jobs import DaysPart, SchedulePart
from migrator.verify.starts import Written, start_faults


def schedule(text, zone="Europe/Berlin", **more):
    """Make a schedule as the plan has it."""
    return SchedulePart(
        text=text,
        dialect=more.pop("dialect", Dialect.DEBIAN),
        timezone=zone,
        kind=ScheduleKind.CRON,
        in_words="",
        runs_per_month=None,
        **more,
    )


def faults(text, *expressions, zone="Europe/Berlin", written="Europe/Berlin", patterns=None, **more):
    """Give the faults of some expressions."""
    return start_faults(schedule(text, zone, **more), Written(expressions, written, patterns), test_kept=False)[0]


@pytest.mark.parametrize(
    ("text", "expression", "same"),
    [
        ("0 6 * * *", "cron(0 6 * * ? *)", True),
        ("0 6 * * 1", "cron(0 6 ? * MON *)", True),
        ("0 6 * * 1", "cron(0 6 ? * 1 *)", False),  # its 1 is Sunday
        ("0 6 * * 7", "cron(0 6 ? * SUN *)", True),
        ("30 2 * * *", "cron(30 2 * * ? *)", True),  # differs at clock changes alone
        ("30 2 * * *", "cron(30 3 * * ? *)", False),
        ("0 6 31 * *", "cron(0 6 L * ? *)", False),
        ("0 6 29 2 *", "cron(0 6 29 2 ? *)", True),  # once in the four years
        ("0 6 29 2 *", "cron(0 6 28 2 ? *)", False),
        ("0 6 1,15 * 5", "cron(0 6 * * ? *)", False),
        ("*/7 * * * *", "cron(0/7 * * * ? *)", True),
    ],
)
def test_the_same_minutes_or_a_fault(text, expression, same):
    """Clock changes aside, each minute counts."""
    assert (not faults(text, expression)) is same


def test_starting_twice_is_a_fault():
    """Two expressions with a minute in common start the job twice."""
    assert "twice" in faults("0 6 * * *", "cron(0 6 * * ? *)", "cron(0 6 1 * ? *)")[0]


def test_a_test_of_the_day_narrows_what_is_written():
    """Cron's either-or by a daily start and the days on which the script goes on."""
    assert faults("0 6 1,15 * 5", "cron(0 6 * * ? *)", patterns=("01\\ ?", "15\\ ?", "??\\ [5]")) == []
    assert faults("0 6 1,15 * 5", "cron(0 6 * * ? *)", patterns=("01\\ ?", "??\\ [5]"))


def test_the_commands_own_test_is_part_of_cron():
    """What the command asks of the day may stand in the expression instead."""
    first_week = DaysPart(days=tuple(range(1, 32)), weekdays=(1,))
    assert faults("0 6 1-7 * *", "cron(0 6 ? * MON#1 *)", day_test=first_week) == []
    last = DaysPart(days=tuple(range(1, 32)), weekdays=tuple(range(7)), last=True)
    assert faults("0 6 28-31 * *", "cron(0 6 L * ? *)", day_test=last) == []
    assert faults("0 6 28-31 * *", "cron(0 6 30 * ? *)", day_test=last)


def test_zones_must_be_those_of_cron():
    """A zone that no file names, or one left open that a file does name."""
    assert "no file names" in faults("0 6 * * *", "cron(0 6 * * ? *)", zone=None, written="Asia/Tokyo")[0]
    assert "left open" in faults("0 6 * * *", "cron(0 6 * * ? *)", written=None)[0]
    assert faults("0 6 * * *", "cron(0 6 * * ? *)", zone=None, written=None) == []


def test_utc_serves_where_no_clock_change_matters():
    """Every half hour is the same minutes by any clock."""
    assert faults("*/30 * * * *", "cron(0,30 * * * ? *)", written="UTC") == []
    assert faults("0 6 * * *", "cron(0 6 * * ? *)", written="UTC")


@pytest.mark.parametrize(
    "text", ["cron(0 6 * * *)", "rate(1 day)", "cron(0 6 1-3-5 * ? *)", "cron(0 22-2 * * ? *)", "x"]
)
def test_what_aws_does_not_document_is_a_fault(text):
    """Wrong expressions, and ranges whose meaning AWS leaves open."""
    assert faults("0 6 * * *", text)
