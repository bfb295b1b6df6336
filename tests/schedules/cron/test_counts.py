"""Counting without iterating, checked by iterating."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import CronFields, Dialect
from migrator.schedules.cron import days_in_year, fire_minutes, fires_in_year, never_fires, runs_per_month
from tests.schedules.cron.test_fires import MASKED, fields_of, matches


@given(fields=MASKED, year=st.integers(1970, 2400))
@settings(max_examples=60, deadline=None)
def test_days_of_a_year_by_mask_are_those_counted_one_by_one(fields: CronFields, year: int) -> None:
    """The days that match are counted right for every kind of year."""
    whole_day = CronFields(
        1, 1, fields.day, fields.month, fields.weekday, False, False, fields.day_star, fields.weekday_star
    )
    begin = datetime(year, 1, 1, tzinfo=UTC)
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert days_in_year(fields, year) == sum(matches(whole_day, begin + timedelta(days=n)) for n in range(length))


@given(fields=MASKED, year=st.integers(1971, 2100))
@settings(max_examples=25, deadline=None)
def test_fires_of_a_year_by_mask_are_the_fire_minutes_of_utc(fields: CronFields, year: int) -> None:
    """Without clock changes both ways of counting agree."""
    begin = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    assert fires_in_year(fields, year) == len(fire_minutes(fields, Dialect.DEBIAN, ZoneInfo("UTC"), begin, end))


@given(fields=MASKED)
@settings(max_examples=25, deadline=None)
def test_an_average_month_is_a_part_of_the_cycle(fields: CronFields) -> None:
    """4,800 average months are the 400 years after which the calendar repeats."""
    cycle = sum(fires_in_year(fields, year) for year in range(2000, 2400))
    assert runs_per_month(fields) == Decimal(cycle) / 4800
    assert never_fires(fields) == (cycle == 0)


@pytest.mark.parametrize(
    ("expression", "fires"),
    [
        ("0 6 1,15 * 5", 74),  # trap 2: the 1st, the 15th and every Friday
        ("0 6 */2 * 3", 26),  # trap 3: a leading star makes AND
        ("0 6 1 * */1", 12),  # trap 3: monthly, not daily
        ("0 0 * * sun", 52),  # trap 5: one day
        ("@weekly", 52),
        ("0 0 29 2 *", 0),
        ("5-5 * * * *", 8760),
        ("*/7 * * * *", 78_840),
    ],
)
def test_fires_in_2026(expression: str, fires: int) -> None:
    """Counts that converters got wrong."""
    assert fires_in_year(fields_of(expression), 2026) == fires


@pytest.mark.parametrize(
    ("expression", "runs"),
    [
        ("0 0 1 * *", Decimal(1)),
        ("* * * * *", Decimal("43829.1")),
        ("0 0 1 1 *", Decimal(1) / 12),
        ("0 0 30 2 *", Decimal(0)),
    ],
)
def test_runs_of_an_average_month(expression: str, runs: Decimal) -> None:
    """The average goes over 400 years, leap days included."""
    assert runs_per_month(fields_of(expression)) == runs
