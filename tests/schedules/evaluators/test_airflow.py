"""The evaluator of Airflow's timetables against what Airflow 3.3.2 itself answered."""

import gzip
import json
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.schedules.evaluators import airflow

DATA = Path(__file__).parents[2] / "data" / "airflow_fires.jsonl.gz"
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo) -> int:
    """Give the epoch seconds of a local time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def local(expressions: tuple[str, ...], zone: ZoneInfo, start: str, end: str) -> list[str]:
    """Give the fires between two local times as local times with their offset."""
    fires = airflow.fire_minutes(expressions, zone, at(start, zone), at(end, zone))
    return [datetime.fromtimestamp(minute * 60, zone).isoformat(timespec="minutes") for minute in fires]


def test_agrees_with_airflow_itself():
    """Every recorded answer of CronTriggerTimetable, clock changes and year ends included, comes out the same."""
    with gzip.open(DATA, "rt", encoding="utf-8") as rows:
        recorded = [json.loads(row) for row in rows]
    assert len(recorded) == 700
    for row in recorded:
        found = airflow.fire_minutes((row["expr"],), ZoneInfo(row["tz"]), row["start"], row["end"])
        assert found == list(accumulate(row["fires"])), (row["expr"], row["tz"])


def test_moves_a_skipped_time_forward():
    """02:30 does not exist on 8 March 2026 in New York: Airflow runs at 03:30."""
    assert local(("30 2 * * *",), NEW_YORK, "2026-03-08", "2026-03-09") == ["2026-03-08T03:30-04:00"]


def test_takes_the_second_of_two():
    """01:30 comes twice on 1 November 2026 in New York: Airflow runs at the second."""
    assert local(("30 1 * * *",), NEW_YORK, "2026-11-01", "2026-11-02") == ["2026-11-01T01:30-05:00"]


def test_fires_in_both_equal_hours_when_the_hour_is_a_star():
    """An hour of `*` moves by elapsed time, so the repeated hour counts twice."""
    fires = local(("30 * * * *",), NEW_YORK, "2026-11-01T01:00", "2026-11-01T02:00")
    assert fires == ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]


def test_takes_either_day_field_even_beside_a_star_step():
    """Airflow ORs `*/2` with a weekday where cron ANDs."""
    assert len(local(("0 0 */2 * 1",), ZoneInfo("UTC"), "2026-01-01", "2027-01-01")) == 212


def test_several_expressions_start_one_run_a_minute():
    """A minute that two expressions name is one fire."""
    fires = local(("0 0 * * 1", "0 0 1 * *"), ZoneInfo("UTC"), "2026-06-01", "2026-06-09")
    assert fires == ["2026-06-01T00:00+00:00", "2026-06-08T00:00+00:00"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "* * * *",
        "60 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "*,5 * * * *",
        "0 0 * * 6-2/2",
        "0 0 * * 1#6",
        "٣ * * * *",
    ],
)
def test_refuses_what_is_not_certain(text: str):
    """A text that croniter rejects, or that its versions read differently, is an error and not a guess."""
    with pytest.raises(airflow.ExpressionError):
        airflow.parse(text)


def test_an_impossible_date_ends():
    """30 February is looked for in vain, and not for ever."""
    assert local(("0 0 30 2 *",), ZoneInfo("UTC"), "2026-01-01", "2030-01-01") == []


def field(low: int, high: int) -> st.SearchStrategy[str]:
    """Give a strategy of fields that croniter's versions agree on."""
    number = st.integers(low, high)
    pair = st.tuples(number, number).filter(lambda p: p[0] < p[1])
    return st.one_of(
        st.just("*"),
        st.integers(1, high).map(lambda n: f"*/{n}"),
        st.lists(number, min_size=1, max_size=4).map(lambda v: ",".join(map(str, v))),
        pair.map(lambda p: f"{p[0]}-{p[1]}"),
    )


@pytest.mark.oracle
@settings(max_examples=150, deadline=None)
@given(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
def test_agrees_with_croniter(minute: str, hour: str, day: str, month: str, weekday: str):
    """Without a zone the next times are croniter's."""
    text = f"{minute} {hour} {day} {month} {weekday}"
    zone = ZoneInfo("UTC")
    start = datetime(2027, 12, 30, 23, 59, 59, tzinfo=zone)
    fires = airflow.fire_minutes((text,), zone, int(start.timestamp()) + 1, int(start.timestamp()) + 40 * 86400)
    reference = croniter(text, start)
    for fire in fires[:10]:
        assert reference.get_next(float) == fire * 60
