"""The proof of the forms: checked minute by minute, by counting that shares nothing with it but the evaluators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect, Schedule, Target
from migrator.schedules.compare import SPAN, Comparison, compare_all
from migrator.schedules.compare.differences import Subject, differences
from migrator.schedules.compare.minutes import by_utc_days, cron_fires, differing
from migrator.schedules.cron import fire_minutes
from migrator.schedules.cron.wall import DAY_MINUTES
from migrator.schedules.evaluators import airflow, eventbridge
from migrator.schedules.evaluators.calendar import Fires
from migrator.schedules.forms import DayTest, Form
from tests.schedules.expressions import EXPRESSIONS, MIDNIGHT_ZONES, ZONES, schedule, zone_info

CLOCK_KINDS = {"skipped", "moved", "again", "missing", "extra", "twice"}


def seconds(text: str) -> int:
    """Give the epoch seconds of a UTC time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


# Both clock changes of both hemispheres, a leap day, and year ends.
SPANS = tuple(
    (seconds(begin), seconds(end))
    for begin, end in (
        ("2026-03-01", "2026-04-10"),
        ("2026-09-30", "2026-11-05"),
        ("2028-02-20", "2028-04-08"),
        ("2027-12-25", "2028-03-01"),
        ("2026-10-24T13:07", "2026-10-25T19:21"),
    )
)


def local_date(minute: int, zone: ZoneInfo) -> date:
    """Give the local date of an epoch minute."""
    return datetime.fromtimestamp(minute * 60, zone).date()


def old_minutes(one: Schedule, test: DayTest | None, span: tuple[int, int]) -> list[int]:
    """List cron's starts on which the command goes on."""
    assert one.fields is not None
    zone = zone_info(one.timezone)
    minutes = fire_minutes(one.fields, one.dialect, zone, *span, own_zone=one.own_zone)
    return minutes if test is None else on_dates(minutes, zone, lambda day: goes_on(test, day))


def on_dates(minutes: list[int], zone: ZoneInfo, allows: Callable[[date], bool]) -> list[int]:
    """Keep the minutes on whose local date something holds."""
    known: dict[date, bool] = {}
    kept = []
    for minute in minutes:
        day = local_date(minute, zone)
        if day not in known:
            known[day] = allows(day)
        if known[day]:
            kept.append(minute)
    return kept


def goes_on(test: DayTest, day: date) -> bool:
    """Say by the calendar what a test of the day says."""
    last = (day + timedelta(days=1)).month != day.month
    return (
        day.day in {n for n in range(1, 32) if test.days & 1 << n}
        and int(day.strftime("%w")) in {n for n in range(7) if test.weekdays & 1 << n}
        and (last or not test.last_day)
    )


def new_minutes(form: Form, zone_name: str | None, span: tuple[int, int]) -> list[int]:
    """List a form's starts, each as often as the target makes it."""
    zone = zone_info(form.timezone or zone_name)
    if form.target in (Target.AIRFLOW, Target.MWAA):
        found = airflow.fire_minutes(form.expressions, zone, *span)
    else:
        found = sorted(minute for text in form.expressions for minute in eventbridge.fire_minutes(text, zone, *span))
    return found if form.guard is None else on_dates(found, zone_info(zone_name), form.guard.allows)


def check(one: Schedule, comparison: Comparison, test: DayTest | None, span: tuple[int, int]) -> None:
    """Hold a proof against minutes that are counted anew."""
    form = comparison.form
    if form.why_not is not None:
        assert not form.expressions
        assert comparison.exact is False
        assert [difference.kind for difference in comparison.differences] == ["none"]
        return
    old = old_minutes(one, None if form.test_kept else test, span)
    new = new_minutes(form, one.timezone, span)
    assert len(new) == len(set(new)), "a minute starts twice"
    told = [difference for difference in comparison.differences if difference.kind in CLOCK_KINDS]
    assert sum(difference.missing for difference in told) == len(set(old) - set(new))
    assert sum(difference.extra for difference in told) == len(set(new) - set(old))
    assert all(difference.missing or difference.extra for difference in told)
    assert len({(difference.kind, difference.text) for difference in told}) == len(told)
    assert bool(told) == (old != new)
    if comparison.exact is not None:
        assert comparison.exact == (not comparison.differences)
    if comparison.exact:
        assert old == new


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS, st.sampled_from(list(Dialect)), st.sampled_from(ZONES), st.sampled_from(SPANS))
def test_every_differing_minute_is_declared(text: str, dialect: Dialect, zone: str | None, span: tuple[int, int]):
    """Text, schedule, form, evaluator: the same minutes, or differences whose counts add up."""
    one = schedule(text, zone, dialect)
    for target, comparison in compare_all(one, span=span).items():
        assert comparison.form.target is target
        check(one, comparison, None, span)


TESTS = st.builds(
    DayTest,
    days=st.one_of(st.just((1 << 32) - 2), st.just(0b11111110), st.integers(1, 31).map(lambda day: 1 << day)),
    weekdays=st.one_of(st.just(0b1111111), st.integers(0, 6).map(lambda day: 1 << day), st.just(0b0111110)),
    last_day=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(EXPRESSIONS, TESTS, st.sampled_from((*ZONES, *MIDNIGHT_ZONES)), st.sampled_from(SPANS))
def test_a_lifted_test_keeps_the_days(text: str, test: DayTest, zone: str | None, span: tuple[int, int]):
    """With the command's own test of the day lifted or kept, nothing differs undeclared."""
    one = schedule(text, zone)
    for comparison in compare_all(one, test, span).values():
        check(one, comparison, test, span)


@settings(max_examples=60, deadline=None)
@given(EXPRESSIONS, st.sampled_from(list(Dialect)), st.sampled_from((*ZONES, *MIDNIGHT_ZONES)), st.booleans())
def test_crons_days_are_crons_minutes(text: str, dialect: Dialect, zone: str | None, own_zone: bool):
    """What is kept day by day is what cron's minutes are, through every clock change of a year."""
    one = schedule(text, zone, dialect)
    assert one.fields is not None
    span = (seconds("2026-03-03T05:11"), seconds("2027-04-05T17:49"))
    found = cron_fires(one.fields, dialect, zone_info(zone), span, own_zone=own_zone)
    assert found.all_minutes() == fire_minutes(one.fields, dialect, zone_info(zone), *span, own_zone=own_zone)
    assert by_utc_days(found).all_minutes() == found.all_minutes()


def test_days_are_compared_whole_and_by_their_times():
    """A day with other times, a day that only one side has, and single minutes all come out."""
    morning, evening = (60, 120), (1200,)
    old = Fires([((0, 3 * DAY_MINUTES), morning), ((DAY_MINUTES,), evening)], [10 * DAY_MINUTES])
    new = Fires([((0,), (60, 120)), ((DAY_MINUTES,), morning), ((2 * DAY_MINUTES,), evening)], [10 * DAY_MINUTES])
    assert differing(old, new) == (
        [DAY_MINUTES + 1200, 3 * DAY_MINUTES + 60, 3 * DAY_MINUTES + 120, 10 * DAY_MINUTES],
        [DAY_MINUTES + 60, DAY_MINUTES + 120, 2 * DAY_MINUTES + 1200, 10 * DAY_MINUTES],
    )
    one = Fires([((0,), morning)])
    assert differing(one, Fires([((0,), (60, 120))])) == ([], [])
    assert differing(one, Fires([((0,), evening)])) == ([60, 120], [1200])
    assert differing(one, Fires([((0, DAY_MINUTES), morning)])) == ([], [DAY_MINUTES + 60, DAY_MINUTES + 120])
    assert differing(one, Fires()) == ([60, 120], [])


def told(
    text: str, zone: str | None, target: Target, dialect: Dialect = Dialect.DEBIAN
) -> tuple[bool | None, list[str]]:
    """Give verdict and differences of an expression on a target."""
    comparison = compare_all(schedule(text, zone, dialect))[target]
    return comparison.exact, [difference.text for difference in comparison.differences]


SPRING = "2026-03-29, 2027-03-28, 2028-03-26 and 2029-03-25"
TIMES = "02:00, 02:20 and 02:40"
AUTUMN = "2026-10-25, 2027-10-31, 2028-10-29 and 2029-10-28"


def test_a_skipped_time_is_told():
    """02:30 does not exist on the spring night: cron runs it right after, EventBridge not at all."""
    text = f"skipped on {SPRING}: 02:30 does not exist; cron starts it at 03:00, EventBridge Scheduler does not"
    assert told("30 2 * * *", "Europe/Paris", Target.EVENTBRIDGE) == (False, [text])
    assert told("30 2 * * *", "Europe/Paris", Target.STEP_FUNCTIONS) == (False, [text])


def test_a_moved_time_is_told():
    """Airflow runs a skipped time later than cron, and takes the second of two."""
    exact, texts = told("30 2 * * *", "Europe/Paris", Target.AIRFLOW)
    assert exact is False
    assert texts == [
        f"moved on {SPRING}: 02:30 does not exist; cron starts it at 03:00, Airflow at 03:30",
        f"moved on {AUTUMN}: 02:30 comes twice; cron starts it the first time, Airflow the second time",
    ]
    assert told("30 2 * * *", "Europe/Paris", Target.MWAA) == (exact, texts)


def test_a_star_in_the_hour_follows_the_clock():
    """`*/20 2` is not run in the spring night by cron, and in both equal hours in autumn."""
    exact, texts = told("*/20 2 * * *", "Europe/Paris", Target.AIRFLOW)
    assert exact is False
    assert texts == [
        f"started once more on {SPRING}: {TIMES} do not exist; Airflow starts it at 03:00, cron does not",
        f"started once less on {AUTUMN}: {TIMES} come twice; cron starts it both times, Airflow the second time",
    ]


@pytest.mark.parametrize("dialect", [Dialect.BUSYBOX, Dialect.KUBERNETES])
def test_busybox_and_kubernetes_run_a_repeated_time_twice(dialect: Dialect):
    """They follow the clock, so EventBridge runs once less; the skipped time agrees."""
    what = "02:30 comes twice; cron starts it both times, EventBridge Scheduler the first time"
    text = f"started once less on {AUTUMN}: {what}"
    assert told("30 2 * * *", "Europe/Paris", Target.EVENTBRIDGE, dialect) == (False, [text])


def test_cronies_own_zone_is_not_repaired():
    """Under a CRON_TZ cronie follows the clock: no start for a skipped time, two for a repeated one."""
    one = schedule("30 2 * * *", "Europe/Paris", Dialect.CRONIE)
    own = Schedule(one.kind, one.text, one.dialect, one.timezone, one.fields, own_zone=True)
    [difference] = compare_all(own)[Target.EVENTBRIDGE].differences
    assert (difference.kind, difference.missing, difference.extra) == ("skipped", 4, 0)
    assert "02:30 comes twice" in difference.text


def test_many_times_of_one_night_are_counted():
    """Sixty minutes that come twice are three examples and a number."""
    _, [text] = told("* 2 * * *", "Europe/Paris", Target.EVENTBRIDGE)
    assert text.startswith(f"started once less on {AUTUMN}: 02:00, 02:01, 02:02 and 57 more come twice; ")
    assert text.endswith("; cron starts it both times, EventBridge Scheduler the first time")


def test_airflow_loses_step_months_after_a_clock_change():
    """An hour of `*` moves by elapsed time, so the first start after a change is off, however late it comes."""
    comparison = compare_all(schedule("0 * 1 * *", "Europe/Paris"))[Target.AIRFLOW]
    kinds = [(difference.kind, difference.missing, difference.extra) for difference in comparison.differences]
    assert kinds == [("missing", 4, 0), ("extra", 0, 4)]
    assert "2026-04-01 00:00" in comparison.differences[0].text


def test_a_start_moved_across_midnight_meets_the_guard_of_the_next_day():
    """In Nuuk 23:30 on a spring Saturday becomes Sunday: what the guard then drops is declared."""
    text = "30 23 */2 * 6"
    one = schedule(text, "America/Nuuk")
    for target in (Target.EVENTBRIDGE, Target.AIRFLOW):
        comparison = compare_all(one)[target]
        assert comparison.form.guard is not None
        check(one, comparison, None, SPAN)
    [difference] = compare_all(one)[Target.EVENTBRIDGE].differences
    assert difference.kind == "skipped"
    assert "23:30 does not exist; cron starts it at 00:00" in difference.text


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "Asia/Tokyo"])
def test_a_zone_without_clock_changes_is_exact(zone: str):
    """There is nothing that could differ, and no detour by UTC."""
    for text in ("30 2 * * *", "*/5 * * * *", "0 0 1 * 1", "0 6 */2 * 3"):
        for comparison in compare_all(schedule(text, zone)).values():
            assert (comparison.exact, comparison.differences) == (True, ())
            assert comparison.form.timezone == zone


def test_an_unknown_zone_leaves_the_night_open():
    """Where a clock change may fall on the time, nothing is claimed; by day every zone agrees."""
    exact, [text] = told("30 2 * * *", None, Target.EVENTBRIDGE)
    assert exact is None
    assert "the zone is not known" in text
    assert told("30 12 * * *", None, Target.EVENTBRIDGE) == (True, [])
    assert told("0 4,20 * * *", None, Target.AIRFLOW) == (True, [])
    assert told("0 4,21 * * *", None, Target.AIRFLOW)[0] is None
    assert told("30 12 * * *", None, Target.EVENTBRIDGE, Dialect.KUBERNETES)[0] is None


def changing_zones() -> list[str]:
    """List one zone of each set of clock changes in the database."""
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    moments = range(SPAN[0], SPAN[1], 7 * 86400)
    shapes: dict[tuple[object, ...], str] = {}
    for name in names:
        zone = ZoneInfo(name)
        offsets = tuple(datetime.fromtimestamp(moment, zone).utcoffset() for moment in moments)
        if len(set(offsets)) > 1:
            shapes.setdefault(offsets, name)
    return sorted(shapes.values())


def test_no_zone_changes_its_clock_by_day():
    """Between 04:00 and 21:00 a start is the same in every zone of the database, on every target."""
    for name in changing_zones():
        for text in ("0 4 * * *", "59 20 * * *", "0,59 4-20 * * 1-5"):
            for comparison in compare_all(schedule(text, name)).values():
                assert comparison.exact is True, (name, text)


def test_every_quarter_hour_is_exact_without_a_zone():
    """By UTC no clock change matters, in any zone."""
    for comparison in compare_all(schedule("*/15 * * * *", None)).values():
        assert (comparison.exact, comparison.form.timezone) == (True, "UTC")


def test_a_random_start_is_never_exact():
    """The `~` of cronie is drawn when the file is loaded: equality cannot be claimed."""
    for zone in ("UTC", None):
        exact, texts = told("0~30 12 * * *", zone, Target.EVENTBRIDGE, Dialect.CRONIE)
        assert exact is False
        assert "draws the start at random, up to 30 minutes later" in texts[-1]


def test_an_interval_from_an_unknown_moment_is_open():
    """Kubernetes counts `@every` from the creation of the CronJob."""
    exact, texts = told("@every 1h", "UTC", Target.AIRFLOW, Dialect.KUBERNETES)
    assert exact is None
    assert "which no file tells" in texts[-1]
    assert told("@hourly", "UTC", Target.AIRFLOW, Dialect.KUBERNETES) == (True, [])


def test_what_has_no_form_is_not_exact():
    """`@reboot` has no expression, and says why."""
    exact, [text] = told("@reboot", "UTC", Target.EVENTBRIDGE)
    assert exact is False
    assert text.startswith("no form: no target starts anything when a host boots")


def test_a_double_start_would_be_told():
    """Two schedules that meet are counted as starting twice, beside minutes that differ."""
    fields = schedule("0 0 * * *").fields
    assert fields is not None
    subject = Subject(fields, ZoneInfo("UTC"), "EventBridge Scheduler")
    minute = seconds("2026-11-13") // 60
    [found] = differences(subject, [minute], [minute, minute])
    assert (found.kind, found.extra) == ("twice", 1)
    assert found.text == "EventBridge Scheduler starts it twice at 2026-11-13 00:00"
    kinds = [found.kind for found in differences(subject, [minute], [minute + 1, minute + 1])]
    assert kinds == ["missing", "extra", "twice"]


def test_a_schedule_of_every_minute_is_compared_quickly():
    """Millions of minutes, and thousands that differ, take no longer than a moment."""
    for dialect in (Dialect.DEBIAN, Dialect.KUBERNETES):
        found = compare_all(schedule("* 0-22 * * *", "America/New_York", dialect), span=(SPAN[0], SPAN[1] - 60))
        assert found[Target.EVENTBRIDGE].exact is False
