"""Fire minutes and next fires: each dialect's rule for clock changes, and properties that need no oracle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import CronFields, Dialect, Schedule
from migrator.schedules.cron import fire_minutes, never_fires, next_fires, read
from migrator.schedules.cron.zones import pieces

PARIS, LORD_HOWE, UTC_ZONE = ZoneInfo("Europe/Paris"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")


def fields_of(text: str, dialect: Dialect = Dialect.DEBIAN) -> CronFields:
    """Read an expression that must be taken."""
    found = read(text, dialect)
    assert isinstance(found, Schedule)
    assert found.fields is not None
    return found.fields


def moment(text: str, zone: ZoneInfo = PARIS) -> int:
    """Give the epoch seconds of a wall-clock time, the first one where it repeats."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def clock(minutes: list[int], zone: ZoneInfo = PARIS) -> list[str]:
    """Write epoch minutes as day, time and offset."""
    return [datetime.fromtimestamp(minute * 60, zone).strftime("%d %H:%M%z") for minute in minutes]


def day(text: str, expression: str, dialect: Dialect, zone: ZoneInfo = PARIS) -> list[str]:
    """List the fires of a local day."""
    begin = moment(text, zone)
    end = int((datetime.fromtimestamp(begin, zone) + timedelta(days=1)).timestamp())
    return clock(fire_minutes(fields_of(expression, dialect), dialect, zone, begin, end), zone)


@pytest.mark.parametrize(
    ("dialect", "fires"),
    [
        (Dialect.DEBIAN, ["29 03:00+0200"]),
        (Dialect.CRONIE, ["29 03:00+0200"]),
        (Dialect.BUSYBOX, []),
        (Dialect.KUBERNETES, []),
    ],
)
def test_a_fixed_job_of_a_skipped_hour(dialect: Dialect, fires: list[str]) -> None:
    """Hazard dst-skip: Debian and cronie run 02:30 right after the change, the others not at all."""
    assert day("2026-03-29", "30 2 * * *", dialect) == fires


@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_wildcard_job_of_a_skipped_hour_does_not_run(dialect: Dialect) -> None:
    """Hazard dst-wild-skip: a star in minute or hour follows the clock."""
    assert day("2026-03-29", "*/20 2 * * *", dialect) == []


@pytest.mark.parametrize(
    ("dialect", "fires"),
    [
        (Dialect.DEBIAN, ["25 02:30+0200"]),
        (Dialect.CRONIE, ["25 02:30+0200"]),
        (Dialect.BUSYBOX, ["25 02:30+0200", "25 02:30+0100"]),
        (Dialect.KUBERNETES, ["25 02:30+0200", "25 02:30+0100"]),
    ],
)
def test_a_fixed_job_of_a_repeated_hour(dialect: Dialect, fires: list[str]) -> None:
    """Hazard dst-repeat: Debian and cronie run the first 02:30 only."""
    assert day("2026-10-25", "30 2 * * *", dialect) == fires


@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_wildcard_job_repeats_with_the_hour(dialect: Dialect) -> None:
    """The hour from two to three runs twice for a job with a star."""
    assert len(day("2026-10-25", "*/30 2 * * *", dialect)) == 4


def test_several_skipped_minutes_run_once_together() -> None:
    """The list holds minutes: three skipped runs fall into the first minute after the change."""
    assert day("2026-03-29", "6,19,31 2 * * *", Dialect.DEBIAN) == ["29 03:00+0200"]


def test_the_dst_trap_of_new_york() -> None:
    """Trap 15: `0 */2 * * *` gains no run at 03:00 in cron."""
    new_york = ZoneInfo("America/New_York")
    assert "08 03:00-0400" not in day("2026-03-08", "0 */2 * * *", Dialect.DEBIAN, new_york)


def test_a_change_of_half_an_hour() -> None:
    """Lord Howe skips from 02:00 to 02:30: the job of 02:15 runs at 02:30."""
    assert day("2026-10-04", "15 2 * * *", Dialect.DEBIAN, LORD_HOWE) == ["04 02:30+1100"]


def test_a_repeated_hour_before_the_window_still_counts() -> None:
    """A window that begins inside the repeated hour knows that the fixed job has run."""
    begin = moment("2026-10-25T02:59", PARIS)  # the first one, summer time
    found = fire_minutes(fields_of("30 2 * * *"), Dialect.DEBIAN, PARIS, begin, begin + 7200)
    assert found == []


def test_cronie_does_not_correct_for_a_zone_of_its_own() -> None:
    """A CRON_TZ follows its clock: cron.c evaluates such jobs by localtime."""
    begin, end = moment("2026-03-29"), moment("2026-03-30")
    fields = fields_of("30 2 * * *", Dialect.CRONIE)
    assert fire_minutes(fields, Dialect.CRONIE, PARIS, begin, end, own_zone=True) == []


def test_a_zone_that_jumps_a_day_is_a_new_clock() -> None:
    """Samoa skipped 30 December 2011: a change of more than three hours makes cron start anew, nothing is caught up."""
    apia = ZoneInfo("Pacific/Apia")
    begin, end = moment("2011-12-29", apia), moment("2012-01-01", apia)
    found = fire_minutes(fields_of("0 12 * * *"), Dialect.DEBIAN, apia, begin, end)
    assert clock(found, apia) == ["29 12:00-1000", "31 12:00+1400"]


def test_kubernetes_walks_by_absolute_hours() -> None:
    """robfig/cron adds hours of 60 minutes: after a change by half an hour a job at a full hour is lost for the day."""
    assert day("2026-04-05", "0 5 * * *", Dialect.KUBERNETES, LORD_HOWE) == []
    assert day("2026-04-06", "0 5 * * *", Dialect.KUBERNETES, LORD_HOWE) == ["06 05:00+1030"]


@pytest.mark.parametrize(
    "expression", ["0 0 * * *", "30 0 * * 0", "0 3 1 * *", "*/30 * * * *", "0 0 1 1 *", "0 0 31 * 5"]
)
@pytest.mark.parametrize(
    "zone", ["America/Sao_Paulo", "Africa/Cairo", "America/Havana", "Asia/Beirut", "Africa/Casablanca"]
)
def test_kubernetes_walks_where_midnight_is_skipped(expression: str, zone: str) -> None:
    """Away from the days of a change the walk and the wall clock agree, whatever the change did."""
    where = ZoneInfo(zone)
    begin, end = moment("2015-01-01", where), moment("2019-01-01", where)
    fields = fields_of(expression, Dialect.KUBERNETES)
    walked = set(fire_minutes(fields, Dialect.KUBERNETES, where, begin, end))
    by_clock = set(fire_minutes(fields, Dialect.BUSYBOX, where, begin, end))
    changes = [piece.begin for piece in pieces(where, begin // 60, end // 60)][1:]
    far = {minute for minute in walked ^ by_clock if all(abs(minute - change) > 2 * 1440 for change in changes)}
    assert far == set()


def test_windows_include_their_start_and_exclude_their_end() -> None:
    """Start and end are seconds; a minute fires if its first second lies inside."""
    fields = fields_of("* * * * *")
    assert fire_minutes(fields, Dialect.DEBIAN, UTC_ZONE, 60, 180) == [1, 2]
    assert fire_minutes(fields, Dialect.DEBIAN, UTC_ZONE, 61, 181) == [2, 3]
    assert fire_minutes(fields, Dialect.DEBIAN, UTC_ZONE, 61, 61) == []
    assert fire_minutes(fields, Dialect.DEBIAN, UTC_ZONE, 120, 60) == []


def test_next_fires_are_after_the_moment() -> None:
    """The next ten of a daily job, counted from the minute after."""
    after = moment("2026-11-22T02:30")
    found = next_fires(fields_of("30 2 * * *"), Dialect.DEBIAN, PARIS, after, 3)
    assert clock(found) == ["23 02:30+0100", "24 02:30+0100", "25 02:30+0100"]


def test_next_fires_of_a_rare_schedule() -> None:
    """29 February on a Monday comes every 28 years, and 2100 is no leap year."""
    fields = fields_of("0 0 29 2 */8")
    assert fields.weekday == 1
    found = next_fires(fields, Dialect.DEBIAN, UTC_ZONE, moment("2026-01-01", UTC_ZONE), 4)
    assert [datetime.fromtimestamp(minute * 60, UTC).year for minute in found] == [2032, 2060, 2088, 2128]


@pytest.mark.parametrize(
    "expression", ["0 0 30 2 *", "0 0 31 2,4,6 *", "22-2 * * * *", "0 0 * * fri-mon", "0 0 * * fri-sun"]
)
def test_the_search_ends_for_schedules_that_never_fire(expression: str) -> None:
    """Trap 19: impossible dates have no next fire, and no search for one."""
    assert next_fires(fields_of(expression), Dialect.DEBIAN, PARIS, 0, 10) == []


MASKED = st.builds(
    CronFields,
    minute=st.integers(0, 2**60 - 1),
    hour=st.integers(0, 2**24 - 1),
    day=st.integers(0, 2**31 - 1).map(lambda mask: mask << 1),
    month=st.integers(0, 2**12 - 1).map(lambda mask: mask << 1),
    weekday=st.integers(0, 127),
    minute_star=st.booleans(),
    hour_star=st.booleans(),
    day_star=st.booleans(),
    weekday_star=st.booleans(),
)


def matches(fields: CronFields, when: datetime) -> bool:
    """Test a wall-clock minute the slow way, as cron.c does."""
    by_day = bool(fields.day >> when.day & 1)
    by_weekday = bool(fields.weekday >> when.isoweekday() % 7 & 1)
    days = by_day and by_weekday if fields.day_star or fields.weekday_star else by_day or by_weekday
    at_time = fields.minute >> when.minute & 1 and fields.hour >> when.hour & 1
    return bool(days and at_time and fields.month >> when.month & 1)


@given(fields=MASKED, start=st.integers(0, 4 * 10**9), dialect=st.sampled_from(list(Dialect)))
@settings(max_examples=60, deadline=None)
def test_without_clock_changes_fires_are_the_matching_minutes(fields: CronFields, start: int, dialect: Dialect) -> None:
    """In UTC every dialect fires exactly in the minutes that match."""
    start -= start % 60
    end = start + 2 * 86_400
    minutes = [m for m in range(start // 60, end // 60) if matches(fields, datetime.fromtimestamp(m * 60, UTC))]
    assert fire_minutes(fields, dialect, UTC_ZONE, start, end) == minutes


@given(
    fields=MASKED,
    zone=st.sampled_from(["Europe/Paris", "Australia/Lord_Howe", "America/Havana"]),
    day_of_year=st.integers(0, 364),
    cut=st.integers(1, 71),
    dialect=st.sampled_from([Dialect.DEBIAN, Dialect.BUSYBOX]),
)
@settings(max_examples=60, deadline=None)
def test_a_window_is_the_sum_of_its_parts(
    fields: CronFields, zone: str, day_of_year: int, cut: int, dialect: Dialect
) -> None:
    """Cutting a window anywhere, a repeated hour included, loses and doubles nothing."""
    where = ZoneInfo(zone)
    begin = moment("2026-01-01", where) + day_of_year * 86_400
    middle, end = begin + cut * 3600, begin + 72 * 3600
    whole = fire_minutes(fields, dialect, where, begin, end)
    parts = fire_minutes(fields, dialect, where, begin, middle) + fire_minutes(fields, dialect, where, middle, end)
    assert whole == parts
    assert whole == sorted(set(whole))


@given(fields=MASKED, after=st.integers(0, 4 * 10**9), count=st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_next_fires_are_members_in_order(fields: CronFields, after: int, count: int) -> None:
    """The next fires are the first of the fire minutes after the moment."""
    found = next_fires(fields, Dialect.CRONIE, PARIS, after, count)
    assert (not found) == never_fires(fields)
    if found:
        window = fire_minutes(fields, Dialect.CRONIE, PARIS, (after // 60 + 1) * 60, found[-1] * 60 + 1)
        assert found == window
