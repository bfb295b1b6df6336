"""The evaluator of EventBridge Scheduler expressions, against AWS's documentation and aws-croniter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from aws_croniter import AwsCroniter
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.schedules.evaluators import eventbridge

PARIS = ZoneInfo("Europe/Paris")
UTC_ZONE = ZoneInfo("UTC")


def local(text: str, zone: ZoneInfo, start: str, end: str) -> list[str]:
    """Give the fires between two local times as local times with their offset."""
    first, last = (int(datetime.fromisoformat(t).replace(tzinfo=zone).timestamp()) for t in (start, end))
    fires = eventbridge.fire_minutes(text, zone, first, last)
    return [datetime.fromtimestamp(minute * 60, zone).isoformat(timespec="minutes") for minute in fires]


def days(text: str, start: str, end: str) -> list[str]:
    """Give the dates on which a daily expression fires, in UTC."""
    return [fire[:10] for fire in local(text, UTC_ZONE, start, end)]


def test_days_of_the_week_count_from_sunday():
    """1 is Sunday, not Monday."""
    assert days("cron(0 0 ? * 1 *)", "2026-11-22", "2026-11-29") == ["2026-11-22"]
    assert days("cron(0 0 ? * 1 *)", "2026-11-22", "2026-11-29") == days(
        "cron(0 0 ? * SUN *)", "2026-11-22", "2026-11-29"
    )


def test_last_friday_and_second_monday():
    """`6L` is the last Friday, `2#2` the second Monday of a month."""
    assert days("cron(0 0 ? * 6L *)", "2026-11-01", "2026-12-01") == ["2026-11-27"]
    assert days("cron(0 0 ? * 2#2 *)", "2026-11-01", "2026-12-01") == ["2026-11-09"]


def test_the_workday_nearest_to_a_date():
    """15 November 2026 is a Sunday, so `15W` is the 16th; the 1st never goes back into October."""
    assert days("cron(0 0 15W * ? *)", "2026-11-01", "2026-12-01") == ["2026-11-16"]
    assert days("cron(0 0 1W * ? *)", "2026-08-01", "2026-09-01") == ["2026-08-03"]


def test_last_day_of_the_month():
    """`L` follows the length of the month, leap day included."""
    assert days("cron(0 0 L 2 ? *)", "2027-01-01", "2029-01-01") == ["2027-02-28", "2028-02-29"]


def test_a_skipped_time_does_not_fire():
    """02:30 does not exist in Paris on 29 March 2026."""
    assert local("cron(30 2 * * ? *)", PARIS, "2026-03-29", "2026-03-30") == []


def test_a_repeated_time_fires_before_the_change_only():
    """02:30 comes twice in Paris on 25 October 2026: the summer-time one fires."""
    assert local("cron(30 2 * * ? *)", PARIS, "2026-10-25", "2026-10-26") == ["2026-10-25T02:30+02:00"]


def test_years_are_held_to():
    """The year field ends a schedule."""
    assert days("cron(0 0 1 1 ? 2027)", "2026-01-01", "2030-01-01") == ["2027-01-01"]


def test_a_backward_range_is_read_but_named():
    """A range that wraps is not spelled out by AWS, so the reading says so."""
    assert eventbridge.parse("cron(0 22-2 * * ? *)").hours == (0, 1, 2, 22, 23)
    assert eventbridge.parse("cron(0 22-2 * * ? *)").unsure
    assert not eventbridge.parse("cron(0 20-22 * * ? *)").unsure


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("0 0 * * ? *", "not cron"),
        ("cron(0 0 * * ?)", "5 fields"),
        ("cron(0 0 * * * *)", "exactly one"),
        ("cron(0 0 ? * ? *)", "exactly one"),
        ("cron(60 0 * * ? *)", "not from 0 to 59"),
        ("cron(0 24 * * ? *)", "not from 0 to 23"),
        ("cron(0 0 ? * 0 *)", "not from 1 to 7"),
        ("cron(0 0 ? * MON-FRI/2 *)", "steps"),
        ("cron(0 0 ? * 3#1,6#3 *)", "alone"),
        ("cron(0/0 0 * * ? *)", "not a step"),
        ("cron(0 0 * foo ? *)", "number or name"),
        ("cron(0 0 * * ? 1969)", "not from 1970"),
        ("cron(" + ",".join(["0"] * 150) + " 0 * * ? *)", "at most 256"),
        ("cron(٣ 0 * * ? *)", "not a number"),
    ],
)
def test_refuses_what_aws_does_not_document(text: str, fault: str):
    """Each fault is named."""
    with pytest.raises(eventbridge.ExpressionError, match=fault):
        eventbridge.parse(text)


def test_an_empty_span_has_no_fires():
    """The end is excluded."""
    assert local("cron(0 0 * * ? *)", UTC_ZONE, "2026-01-01", "2026-01-01") == []


NAMES = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


def field(low: int, high: int) -> st.SearchStrategy[str]:
    """Give a strategy of plain fields."""
    number = st.integers(low, high)
    pair = st.tuples(number, number).filter(lambda p: p[0] < p[1])
    return st.one_of(
        st.just("*"),
        st.tuples(number, st.integers(1, high)).map(lambda p: f"{p[0]}/{p[1]}"),
        st.lists(number, min_size=1, max_size=4, unique=True).map(lambda v: ",".join(map(str, sorted(v)))),
        pair.map(lambda p: f"{p[0]}-{p[1]}"),
    )


DAY_FIELDS = st.one_of(
    field(1, 31).map(lambda day: (day, "?")),
    st.just(("L", "?")),
    st.integers(1, 31).map(lambda day: (f"{day}W", "?")),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(lambda names: ("?", ",".join(names))),
    st.tuples(st.sampled_from(NAMES), st.integers(1, 5)).map(lambda p: ("?", f"{p[0]}#{p[1]}")),
    st.integers(1, 7).map(lambda day: ("?", f"{day}L")),
)


@pytest.mark.oracle
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 59), field(0, 23), DAY_FIELDS, field(1, 12))
def test_agrees_with_aws_croniter(minute: int, hour: str, day: tuple[str, str], month: str):
    """Six weeks of fires are the same by another reader (without `LW`, on which it fails)."""
    text = f"{minute} {hour} {day[0]} {month} {day[1]} *"
    start, end = datetime(2028, 1, 31, tzinfo=UTC), datetime(2028, 3, 12, tzinfo=UTC)
    reference = AwsCroniter(text).get_all_schedule_bw_dates(start, end, exclude_ends=False)
    wanted = sorted({int(moment.timestamp()) // 60 for moment in reference if moment and moment < end})
    assert eventbridge.fire_minutes(f"cron({text})", UTC_ZONE, int(start.timestamp()), int(end.timestamp())) == wanted
