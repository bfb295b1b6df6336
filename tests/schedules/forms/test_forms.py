"""Each target's expression of a schedule, and every trap that a converter fell into."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from aws_croniter import AwsCroniter
from croniter import croniter
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import CronFields, Dialect, Schedule, ScheduleKind, Target
from migrator.schedules.evaluators import airflow, eventbridge
from migrator.schedules.forms import DayTest, Form, forms
from migrator.schedules.forms.clock import by_utc
from migrator.schedules.forms.fields import field_text
from migrator.schedules.forms.rules import ALL_DAYS, ALL_WEEKDAYS, DayRule, day_rule
from migrator.schedules.forms.words import rule_in_words
from tests.schedules.expressions import EXPRESSIONS, ZONES, schedule

ZONE = "Europe/Paris"
LAST = DayTest(last_day=True)
MONDAY = DayTest(weekdays=0b10)


def form(target: Target, text: str, zone: str | None = ZONE, dialect: Dialect = Dialect.DEBIAN) -> Form:
    """Give a target's form of an expression."""
    return lifted(target, text, None, zone, dialect)


def lifted(
    target: Target, text: str, test: DayTest | None, zone: str | None = ZONE, dialect: Dialect = Dialect.DEBIAN
) -> Form:
    """Give a target's form of an expression whose command begins with a test of the day."""
    [found] = [one for one in forms(schedule(text, zone, dialect), test) if one.target is target]
    return found


def aws(text: str, test: DayTest | None = None, dialect: Dialect = Dialect.DEBIAN) -> list[str]:
    """Give what stands between the brackets of the EventBridge expressions; there is no guard."""
    found = lifted(Target.EVENTBRIDGE, text, test, dialect=dialect)
    assert found.guard is None
    return [expression.removeprefix("cron(").removesuffix(")") for expression in found.expressions]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30 2 * * *", "30 2 * * ? *"),
        ("0 6 * * 1-5", "0 6 ? * MON,TUE,WED,THU,FRI *"),
        ("0 6 * * 0", "0 6 ? * SUN *"),
        ("0 6 * * 7", "0 6 ? * SUN *"),
        ("0 6 * * 6,7", "0 6 ? * SUN,SAT *"),
        ("0 6 * * sun", "0 6 ? * SUN *"),
        ("0 6 * * */2", "0 6 ? * SUN,TUE,THU,SAT *"),
        ("0 6 * * 1-5/2", "0 6 ? * MON,WED,FRI *"),
        ("0 6 1 * *", "0 6 1 * ? *"),
        ("0 6 */10 * *", "0 6 1,11,21,31 * ? *"),
        ("*/7 3 * * *", "0,7,14,21,28,35,42,49,56 3 * * ? *"),
        ("0-4,6 3 * jan-mar,may *", "0-4,6 3 * 1-3,5 ? *"),
        ("0 6 29 2 *", "0 6 29 2 ? *"),
        ("5-5 6 * * *", "5 6 * * ? *"),
        ("4294967297 6 * * *", "1 6 * * ? *"),
        ("0 6 * * 1#2", "0 6 ? * MON *"),
        ("0 6 1.5 * *", "0 6 1 * ? *"),
        ("@daily", "0 0 * * ? *"),
        ("@midnight", "0 0 * * ? *"),
        ("@weekly", "0 0 ? * SUN *"),
        ("@monthly", "0 0 1 * ? *"),
        ("@yearly", "0 0 1 1 ? *"),
        ("@annually", "0 0 1 1 ? *"),
    ],
)
def test_what_one_schedule_says(text: str, wanted: str):
    """Six fields, names of weekdays, one `?`, and the masks rather than the text as written."""
    assert aws(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30 2 * * *", "30 2 * * *"),
        ("0 6 * * 7", "0 6 * * 0"),
        ("0 6 * * sat-7", "0 6 * * 0,6"),
        ("5-5 6-6 * * *", "5 6 * * *"),
        ("0 6 1,15 * 5", "0 6 1,15 * 5"),
        ("0 6 * * 1-5", "0 6 * * 1-5"),
        ("@weekly", "0 0 * * 0"),
        ("0 6 1 * */1", "0 6 1 * *"),
    ],
)
def test_what_one_timetable_says(text: str, wanted: str):
    """Five fields as croniter reads them, without `n-n` and without 7."""
    found = form(Target.AIRFLOW, text)
    assert (found.expressions, found.guard) == ((wanted,), None)


def test_either_day_field_is_one_schedule_and_a_guard():
    """Two schedules would start twice on a Friday the 13th; Airflow's OR is cron's."""
    found = form(Target.EVENTBRIDGE, "0 6 13 * 5")
    assert found.expressions == ("cron(0 6 * * ? *)",)
    assert found.guard is not None
    assert found.guard.text == ("a test of the day must come first: go on only on day 13 of the month or on Fridays")
    assert found.guard.allows(datetime(2026, 11, 13, tzinfo=UTC).date())
    assert found.guard.allows(datetime(2026, 11, 20, tzinfo=UTC).date())
    assert not found.guard.allows(datetime(2026, 11, 21, tzinfo=UTC).date())
    assert form(Target.STEP_FUNCTIONS, "0 6 13 * 5").guard == found.guard
    assert form(Target.AIRFLOW, "0 6 13 * 5").guard is None


@pytest.mark.parametrize("target", [Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, Target.AIRFLOW])
def test_a_star_step_beside_a_weekday_means_both(target: Target):
    """`*/2` counts as unrestricted for cron, so the two are joined by AND, which no target can say."""
    found = form(target, "0 6 */2 * 3")
    wanted = "0 6 * * 3" if target is Target.AIRFLOW else "cron(0 6 ? * WED *)"
    assert found.expressions == (wanted,)
    assert found.guard is not None
    assert found.guard.rule == DayRule(sum(1 << day for day in range(1, 32, 2)), 0b1000)
    assert "29 and 31 of the month, Wednesdays only" in found.guard.text


def test_a_full_star_step_runs_monthly():
    """`0 6 1 * */1` is the first of the month for cron, and not every day."""
    assert aws("0 6 1 * */1") == ["0 6 1 * ? *"]


@pytest.mark.parametrize("dialect", [Dialect.KUBERNETES, Dialect.BUSYBOX])
def test_other_dialects_have_other_days(dialect: Dialect):
    """Kubernetes and busybox OR where Debian ANDs."""
    found = form(Target.AIRFLOW, "0 6 */2 * 3", dialect=dialect)
    assert found.guard is None
    assert form(Target.EVENTBRIDGE, "0 6 */2 * 3", dialect=dialect).expressions == ("cron(0 6 * * ? *)",)


def test_either_field_full_is_every_day():
    """A day field that holds all days makes OR daily, however it is written."""
    assert aws("0 6 1-31 * 5") == ["0 6 * * ? *"]
    assert aws("0 6 13 * 0-6") == ["0 6 * * ? *"]


def test_an_empty_field_leaves_the_other():
    """A busybox field with a parse error may be empty: the other one decides."""
    fields = CronFields(1, 1, 0, (1 << 13) - 2, 0b10, False, False, False, False)
    assert day_rule(fields) == DayRule(ALL_DAYS, 0b10)
    fields = CronFields(1, 1, 2, (1 << 13) - 2, 0, False, False, False, False)
    assert day_rule(fields) == DayRule(2, ALL_WEEKDAYS)


def test_days_of_the_first_week_and_a_weekday_without_a_star_are_alternatives():
    """`0 0 1-7 * 1` is OR in cron: turning it into `MON#1` would lose most of its runs."""
    assert form(Target.EVENTBRIDGE, "0 0 1-7 * 1").expressions == ("cron(0 0 * * ? *)",)
    assert form(Target.AIRFLOW, "0 0 1-7 * 1").expressions == ("0 0 1-7 * 1",)


@pytest.mark.parametrize(
    ("text", "test", "aws_texts", "airflow_text"),
    [
        ("0 0 1-7 * *", MONDAY, ["0 0 ? * MON#1 *"], "0 0 * * 1#1"),
        ("0 0 8-14 * *", MONDAY, ["0 0 ? * MON#2 *"], "0 0 * * 1#2"),
        ("0 0 * * 1", DayTest(days=0b11111110), ["0 0 ? * MON#1 *"], "0 0 * * 1#1"),
        ("0 0 29-31 * *", MONDAY, ["0 0 ? * MON#5 *"], "0 0 * * 1#5"),
        ("0 0 1-7,15-21 * *", MONDAY, ["0 0 ? * MON#1 *", "0 0 ? * MON#3 *"], "0 0 * * 1#1,1#3"),
        ("0 0 1-7 * *", DayTest(weekdays=0b1000001), ["0 0 ? * SUN#1 *", "0 0 ? * SAT#1 *"], "0 0 * * 0#1,6#1"),
        ("0 0 28-31 * *", LAST, ["0 0 L * ? *"], "0 0 L * *"),
        ("0 0 * * *", LAST, ["0 0 L * ? *"], "0 0 L * *"),
        ("0 0 28,29 2 *", LAST, ["0 0 L 2 ? *"], "0 0 L 2 *"),
        ("0 0 30,31 1,4 *", LAST, ["0 0 L 1,4 ? *"], "0 0 L 1,4 *"),
        ("0 0 * * *", MONDAY, ["0 0 ? * MON *"], "0 0 * * 1"),
    ],
)
def test_a_test_of_the_command_is_lifted(text: str, test: DayTest, aws_texts: list[str], airflow_text: str):
    """The last day of the month and the nth weekday stand in the command, since cron cannot say them."""
    assert aws(text, test) == aws_texts
    found = lifted(Target.AIRFLOW, text, test)
    assert (found.expressions, found.guard, found.test_kept) == ((airflow_text,), None, False)


def test_schedules_by_weeks_say_that_they_do_not_meet():
    """More than one schedule is explained."""
    found = lifted(Target.EVENTBRIDGE, "0 0 1-7,15-21 * *", MONDAY)
    assert found.notes == ("several schedules; no two of them have a day in common, so nothing starts twice",)


def test_too_many_weekdays_of_weeks_are_one_schedule_and_a_guard():
    """Ten schedules are worse to keep than a test of the day."""
    found = lifted(Target.EVENTBRIDGE, "0 0 1-14 * *", DayTest(weekdays=0b111110))
    assert found.expressions == ("cron(0 0 ? * MON,TUE,WED,THU,FRI *)",)
    assert found.guard is not None
    assert lifted(Target.AIRFLOW, "0 0 1-14 * *", DayTest(weekdays=0b111110)).guard is None


def test_the_last_day_with_more_conditions_has_a_guard():
    """`L` on some days or weekdays only is not a word of any target."""
    for target, text in ((Target.EVENTBRIDGE, "cron(0 0 L * ? *)"), (Target.AIRFLOW, "0 0 L * *")):
        found = lifted(target, "0 0 * * 5", LAST)
        assert found.expressions == (text,)
        assert found.guard is not None
        assert found.guard.text.endswith("the last day of the month, Fridays only")
        assert found.guard.allows(datetime(2026, 7, 31, tzinfo=UTC).date())
        assert not found.guard.allows(datetime(2026, 8, 31, tzinfo=UTC).date())
        assert not found.guard.allows(datetime(2026, 7, 24, tzinfo=UTC).date())
        found = lifted(target, "0 0 30,31 * *", LAST)
        assert found.guard is not None
        assert not found.guard.allows(datetime(2027, 2, 28, tzinfo=UTC).date())


def test_a_test_beside_alternatives_stays_in_the_command():
    """Days that match either field and a third condition are no rule of two fields."""
    for one in forms(schedule("0 0 1,15 * 5", ZONE), MONDAY):
        assert one.test_kept
        assert "the command's own test of the day stays in the command" in one.notes


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("0 0 28-31 * *", DayTest(days=2)),
        ("0 0 1-7 * *", LAST),
        ("0 0 31 4 *", None),
        ("0 0 30 2 *", None),
        ("0 0 * * *", DayTest(weekdays=0)),
        ("0 0 * * *", DayTest(weekdays=0, last_day=True)),
        ("0 0 * 4 *", DayTest(days=1 << 31)),
        ("22-2 * * * *", None),
        ("0 0 * * fri-sun", None),
    ],
)
def test_what_never_runs_is_not_started(text: str, test: DayTest | None):
    """Impossible dates, ranges that run backwards, and tests that never hold: no target may begin to run them."""
    for one in forms(schedule(text, ZONE), test):
        assert one.expressions == ()
        assert one.why_not is not None
        assert "never" in one.why_not


@pytest.mark.parametrize("kind", [kind for kind in ScheduleKind if kind is not ScheduleKind.CRON])
def test_what_no_clock_starts_has_no_form(kind: ScheduleKind):
    """Each kind says why."""
    found = forms(Schedule(kind, "x", Dialect.DEBIAN))
    assert [one.target for one in found] == [Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, Target.AIRFLOW]
    [why] = {one.why_not for one in found}
    assert why
    assert why != "it has no fields to translate"


def test_a_schedule_without_fields_has_no_form():
    """Nothing is made up."""
    assert {one.why_not for one in forms(Schedule(ScheduleKind.CRON, "x", Dialect.DEBIAN))} == {
        "it has no fields to translate"
    }


@pytest.mark.parametrize(
    ("text", "zone", "dialect", "wanted"),
    [
        ("*/15 * * * *", ZONE, Dialect.DEBIAN, "UTC"),
        ("7 * * * *", ZONE, Dialect.DEBIAN, "UTC"),
        ("7 * * * *", "Australia/Lord_Howe", Dialect.DEBIAN, "Australia/Lord_Howe"),
        ("7,37 * * * *", "Australia/Lord_Howe", Dialect.DEBIAN, "UTC"),
        ("7 * * * *", None, Dialect.DEBIAN, None),
        ("*/15 * * * *", None, Dialect.DEBIAN, "UTC"),
        ("*/30 * * * *", None, Dialect.DEBIAN, None),
        ("7 0-23 * * *", ZONE, Dialect.DEBIAN, ZONE),
        ("7 0-23 * * *", ZONE, Dialect.CRONIE, ZONE),
        ("7 0-23 * * *", ZONE, Dialect.BUSYBOX, "UTC"),
        ("7 0-23 * * *", ZONE, Dialect.KUBERNETES, "UTC"),
        ("7 * * * 1", ZONE, Dialect.DEBIAN, ZONE),
        ("7 * 1 * *", ZONE, Dialect.DEBIAN, ZONE),
        ("7 * * 1 *", ZONE, Dialect.DEBIAN, ZONE),
        ("7 */2 * * *", ZONE, Dialect.DEBIAN, ZONE),
        ("*/15 * * * *", "Asia/Kolkata", Dialect.DEBIAN, "Asia/Kolkata"),
        ("*/15 * * * *", "UTC", Dialect.DEBIAN, "UTC"),
    ],
)
def test_by_utc_only_where_it_helps(text: str, zone: str | None, dialect: Dialect, wanted: str | None):
    """Every hour of every day, at minutes that the zone's offsets keep, and only where clocks change."""
    found = form(Target.AIRFLOW, text, zone, dialect)
    assert found.timezone == wanted
    assert any(note.startswith("by UTC") for note in found.notes) == (wanted != zone)
    assert any("zone is a parameter" in note for note in found.notes) == (wanted is None)


def test_a_last_day_is_not_by_utc():
    """The last day of the month is a local one."""
    fields = schedule("*/15 * * * *").fields
    assert fields is not None
    rule = DayRule(ALL_DAYS, ALL_WEEKDAYS, last=True)
    assert not by_utc(fields, rule, Dialect.DEBIAN, ZONE)
    assert by_utc(fields, DayRule(ALL_DAYS, ALL_WEEKDAYS), Dialect.DEBIAN, ZONE)


def test_a_random_start_becomes_a_window():
    """`~` is a flexible time window on EventBridge, and nothing on Airflow."""
    assert (
        "flexible time window of 30 minutes" in form(Target.EVENTBRIDGE, "0~30 2 * * *", ZONE, Dialect.CRONIE).notes[0]
    )
    assert "no timetable draws" in form(Target.AIRFLOW, "0~30 2 * * *", ZONE, Dialect.CRONIE).notes[0]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DayRule(2, ALL_WEEKDAYS), "day 1 of the month"),
        (DayRule(0b11110, ALL_WEEKDAYS), "days 1-4 of the month"),
        (DayRule(0b1010, 0b11, either=True), "days 1 and 3 of the month or on Mondays and Sundays"),
        (DayRule(ALL_DAYS, 0b1000000, last=True), "the last day of the month, Saturdays only"),
        (DayRule(1 << 30, 0b10, last=True), "the last day of the month, day 30 of the month only, Mondays only"),
    ],
)
def test_guards_in_words(rule: DayRule, words: str):
    """A guard says its days plainly."""
    assert rule_in_words(rule) == words


@settings(max_examples=100, deadline=None)
@given(st.integers(1, (1 << 60) - 1))
def test_a_field_says_its_mask(mask: int):
    """Read again, a field's text is its mask."""
    found = airflow.parse(f"{field_text(mask, 0, 59)} 0 * * *").minutes
    assert found == tuple(value for value in range(60) if mask >> value & 1)


def longest(low: int, high: int) -> int:
    """Give the length of the longest text that a mask of a field can have."""

    @cache
    def rest(at: int) -> int:
        if at > high:
            return 0
        best = rest(at + 1)
        for end in range(at, high + 1):
            mask = sum(1 << value for value in range(at, end + 1))
            best = max(best, len(field_text(mask, low, high)) + 1 + rest(end + 2))
        return best

    return rest(low) - 1


def test_the_longest_expression_fits():
    """No masks make a text of more than EventBridge's 256 characters."""
    fields = longest(0, 59) + longest(0, 23) + longest(1, 31) + longest(1, 12)
    assert fields + len("cron(    ? *)") == 240


START = datetime(2027, 12, 31, 12, 34, tzinfo=UTC)


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS, st.sampled_from(list(Dialect)), st.sampled_from(ZONES), st.sampled_from([None, LAST, MONDAY]))
def test_every_expression_is_one_that_its_target_takes(
    text: str, dialect: Dialect, zone: str | None, test: DayTest | None
):
    """AWS's grammar and length, croniter's grammar; no day belongs to two schedules of a form."""
    for one in forms(schedule(text, zone, dialect), test):
        if one.target is Target.AIRFLOW:
            for expression in one.expressions:
                airflow.parse(expression)
                assert croniter.is_valid(expression)
            assert len(one.expressions) <= 1
            continue
        starts: list[int] = []
        for expression in one.expressions:
            assert len(expression) <= 256
            assert not eventbridge.parse(expression).unsure
            AwsCroniter(expression.removeprefix("cron(").removesuffix(")"))
            span = int(START.timestamp()), int((START + timedelta(days=800)).timestamp())
            days = {minute // 1440 for minute in eventbridge.fires(expression, ZoneInfo("UTC"), *span).days}
            starts.extend(days)
        assert len(starts) == len(set(starts))
