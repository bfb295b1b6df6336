"""Reading expressions: what each dialect takes, what it makes of it, and what it says when it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import CronFields, Dialect, Schedule, ScheduleKind
from migrator.schedules.cron import Front, Rejection, read, read_front, shown
from migrator.schedules.cron.fields import ALL_DAYS, ALL_HOURS, ALL_MINUTES, ALL_MONTHS, ALL_WEEKDAYS, values

VIXIE = (Dialect.DEBIAN, Dialect.CRONIE)


def fields_of(text: str, dialect: Dialect = Dialect.DEBIAN) -> CronFields:
    """Read an expression that must be taken."""
    found = read(text, dialect)
    assert isinstance(found, Schedule), found
    assert found.fields is not None
    return found.fields


def rejection_of(text: str, dialect: Dialect = Dialect.DEBIAN) -> Rejection:
    """Read an expression that must be refused."""
    found = read(text, dialect)
    assert isinstance(found, Rejection), found
    return found


@pytest.mark.parametrize("dialect", list(Dialect))
def test_five_fields_become_masks(dialect: Dialect) -> None:
    """Lists, ranges, steps and names set exactly their bits."""
    fields = fields_of("1,2,3 4-6/2 */10 jan-mar mon,WED", dialect)
    assert values(fields.minute) == (1, 2, 3)
    assert values(fields.hour) == (4, 6)
    days = (10, 20, 30) if dialect is Dialect.BUSYBOX else (1, 11, 21, 31)
    assert values(fields.day) == days
    assert values(fields.month) == (1, 2, 3)
    assert values(fields.weekday) == (1, 3)


def test_text_and_zone_are_kept_as_given() -> None:
    """The schedule's text is the words as written, without the blanks around them."""
    found = read("  0\t5  * * mon ", Dialect.DEBIAN, "Europe/Paris")
    assert isinstance(found, Schedule)
    assert found.text == "0\t5  * * mon"
    assert found.timezone == "Europe/Paris"
    assert found.kind is ScheduleKind.CRON


@pytest.mark.parametrize(
    ("text", "minute_star", "hour_star", "day_star", "weekday_star"),
    [
        ("* * * * *", True, True, True, True),
        ("*/2 */3 */4 */5 */6", True, True, True, True),
        ("0 0 *,1 * 5", False, False, True, False),
        ("0 0 1,* * 5", False, False, False, False),
        ("0-59 0-23 1-31 * 0-6", False, False, False, False),
    ],
)
def test_a_star_at_the_front_of_a_field_sets_its_flag(
    text: str, minute_star: bool, hour_star: bool, day_star: bool, weekday_star: bool
) -> None:
    """Only the first character decides, as in entry.c."""
    fields = fields_of(text)
    assert (fields.minute_star, fields.hour_star) == (minute_star, hour_star)
    assert (fields.day_star, fields.weekday_star) == (day_star, weekday_star)


@pytest.mark.parametrize("dialect", VIXIE)
@pytest.mark.parametrize("text", ["0 0 * * 0", "0 0 * * 7", "0 0 * * sun", "0 0 * * 7-7"])
def test_sunday_is_one_day_however_written(text: str, dialect: Dialect) -> None:
    """Trap 5: 0, 7 and sun are the same single bit."""
    assert fields_of(text, dialect).weekday == 1


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("0 0 * * 1#2", (1,)),
        ("0 0 * * 5-7", (0, 5, 6)),
        ("0 0 * * fri-sun", ()),
        ("0 0 * * 0-7", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_sloppy_weekdays_mean_what_debian_makes_of_them(text: str, weekdays: tuple[int, ...]) -> None:
    """`1#2` is every Monday and `fri-sun` never."""
    assert values(fields_of(text).weekday) == weekdays


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        ("1.5", (1,)), ("5!", (5,)), ("1-2-3", (1, 2)), ("1-10/5/3", (1, 6)), ("0~30", (0,)),
        ("1;2", (1,)), ("5*", (5,)), ("22-2", ()), ("5-5", (5,)), ("*/60", (0,)), ("*/61", (0,)),
        ("4294967297", (1,)), ("*/4294967301", tuple(range(0, 60, 5))),
        ("0000000000000000000000007", (7,)), ("5-4294967297", ()), ("*/2147483647", (0,)), ("1\0", (1,)),
    ],
)  # fmt: skip
def test_debian_takes_sloppy_minutes(word: str, minutes: tuple[int, ...]) -> None:
    """Debian skips what follows the first number, and wraps numbers: checked with `crontab -n` of 3.0pl1-162."""
    found = read_front(f"{word} 0 1 1 *", Dialect.DEBIAN)
    assert isinstance(found, Front)
    assert found.schedule.fields is not None
    assert values(found.schedule.fields.minute) == minutes


@pytest.mark.parametrize(
    "word",
    [
        "60", "1,", ",1", "1,,2", "1-", "-1", "+5", "5/10", "*/0", "*/", "0x5", "1e1", "H", "R", "?", "99999999999",
        "18446744073709551617", "1-4294967295", "*/4294967291", "1-3/2147483647", "٥", "５", "²", "\u200b0",
        "1\udcff", "*\udcff", "1,\udcff", "9" * 1000,
    ],
)  # fmt: skip
def test_debian_refuses_a_bad_minute(word: str) -> None:
    """What `crontab -n` calls «bad minute» is a rejection at the word, with a cause and a remedy."""
    found = rejection_of(f" {word} 0 1 1 *")
    assert found.reason.startswith("bad minute")
    assert found.column == 2
    assert found.remedy
    assert len(found.reason) < 200


def test_a_byte_ff_is_the_end_of_file_to_debian() -> None:
    """Debian keeps characters in a `char`: 0xFF where a field or the command begins refuses the field before it."""
    assert rejection_of("0 0 1 \udcff *").reason.startswith("bad day-of-month")
    found = read_front("0 0 1 1 * \udcffx", Dialect.DEBIAN)
    assert isinstance(found, Rejection)
    assert found.reason.startswith("bad day-of-week")
    assert isinstance(read_front("0 0 1 1 * \udcffx", Dialect.CRONIE), Front)


@pytest.mark.parametrize(
    "text", ["1#2 * * * *", "1.5 * * * *", "*-5 * * * *", "1-2-3 * * * *", "*x * * * *", "30~10 * * * *"]
)
def test_cronie_refuses_what_debian_skips(text: str) -> None:
    """Unlike Debian, cronie wants a comma or a blank behind each range."""
    assert isinstance(read(text, Dialect.DEBIAN), Schedule)
    assert isinstance(read(text, Dialect.CRONIE), Rejection)


@pytest.mark.parametrize(
    ("text", "first", "width"),
    [
        ("0~30 3 * * *", 0, 30),
        ("~ * * * *", 0, 59),
        ("10~ * * * *", 10, 49),
        ("~5 * * * *", 0, 5),
        ("1~65 * * * *", 1, 58),
    ],
)
def test_cronie_draws_a_random_minute(text: str, first: int, width: int) -> None:
    """The window's first value stands in the mask, its width in minutes beside it."""
    found = read(text, Dialect.CRONIE)
    assert isinstance(found, Schedule)
    assert found.fields is not None
    assert values(found.fields.minute) == (first,)
    assert found.random_minutes == width


def test_a_random_hour_or_day_widens_the_window() -> None:
    """Windows of several fields add up, in minutes."""
    found = read("0~9 1~3 1~2 * *", Dialect.CRONIE)
    assert isinstance(found, Schedule)
    assert found.random_minutes == 9 + 2 * 60 + 24 * 60


def test_cronie_takes_a_leading_dash_and_debian_does_not() -> None:
    """`-` in front keeps cronie from logging; for Debian it is a bad minute."""
    found = read_front("-*/5 * * * * x", Dialect.CRONIE)
    assert isinstance(found, Front)
    assert found.quiet
    assert found.schedule.fields is not None
    assert found.schedule.fields.minute_star
    assert rejection_of("-1 * * * *").reason.startswith("bad minute")
    assert rejection_of("- 1 * * * *", Dialect.CRONIE).reason.startswith("bad minute")


def test_the_fifth_field_ends_at_the_blank() -> None:
    """Debian takes `*echo` for `*` and the next word for the command."""
    found = read_front("* * * * *echo hi", Dialect.DEBIAN)
    assert isinstance(found, Front)
    assert "* * * * *echo hi"[found.rest :] == "hi"


@pytest.mark.parametrize("dialect", list(Dialect))
def test_six_words_are_no_expression(dialect: Dialect) -> None:
    """A sixth word would be the command: said, with the column, never ignored."""
    found = read("0 0 12 * * MON", dialect)
    assert isinstance(found, Rejection)
    assert found.column == 12
    assert "MON" in found.reason


@pytest.mark.parametrize("dialect", [Dialect.DEBIAN, Dialect.CRONIE, Dialect.BUSYBOX])
@pytest.mark.parametrize(
    "text", ["", "   ", "# 0 0 * * *", "A=b", "TZ=UTC 0 0 * * *", "0 0 * *", "0 0 * * *\n", "0 0\0 * * *"]
)
def test_what_is_no_expression_is_rejected(text: str, dialect: Dialect) -> None:
    """Comments, settings, short and broken texts have a reason and a remedy."""
    found = rejection_of(text, dialect)
    assert found.reason
    assert found.remedy
    assert found.column >= 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("@hourly", 24),
        ("@daily", 1),
        ("@midnight", 1),
        ("@weekly", 1),
        ("@monthly", 1),
        ("@yearly", 1),
        ("@annually", 1),
    ],
)
@pytest.mark.parametrize("dialect", list(Dialect))
def test_nicknames_are_their_fields(text: str, count: int, dialect: Dialect) -> None:
    """Every dialect knows the same seven."""
    fields = fields_of(text, dialect)
    assert fields.minute.bit_count() * fields.hour.bit_count() == count


@pytest.mark.parametrize("text", ["@Daily", "@DAILY", "@five", "@every_minute", "@ daily", "@", "@every 5m"])
def test_unknown_nicknames_are_bad_time_specifiers(text: str) -> None:
    """Names are case-sensitive and few."""
    assert rejection_of(text).reason.startswith("bad time specifier")


def test_weekly_is_sunday_alone_and_monthly_the_first_alone() -> None:
    """Trap 6: the star flags of the nicknames make AND of the two day fields."""
    weekly, monthly = fields_of("@weekly"), fields_of("@monthly")
    assert values(weekly.weekday) == (0,)
    assert weekly.day_star or weekly.weekday_star
    assert values(monthly.day) == (1,)
    assert monthly.day_star or monthly.weekday_star


def test_reboot_has_no_fields() -> None:
    """`@reboot` is a kind of its own; Kubernetes has none."""
    found = read("@reboot", Dialect.DEBIAN)
    assert isinstance(found, Schedule)
    assert found.kind is ScheduleKind.REBOOT
    assert found.fields is None
    assert "Kubernetes" in rejection_of("@reboot", Dialect.KUBERNETES).reason


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("0 0 */2 * *", tuple(range(2, 31, 2))),
        ("0 0 */32 * *", ()),
        ("0 0 30-2 * *", (1, 2, 30, 31)),
    ],
)
def test_busybox_counts_days_from_zero_and_wraps(text: str, fires: tuple[int, ...]) -> None:
    """`*/2` are the even days, a range that goes down goes round."""
    assert values(fields_of(text, Dialect.BUSYBOX).day) == fires


def test_busybox_keeps_a_broken_field() -> None:
    """A parse error leaves what was set: weekday 7 runs round the whole week, `5!` is 5, month 13 every month."""
    found = read_front("5! 0 * 13 7 x", Dialect.BUSYBOX)
    assert isinstance(found, Front)
    assert found.broken == (0, 3, 4)
    fields = found.schedule.fields
    assert fields is not None
    assert (values(fields.minute), fields.month, fields.weekday) == ((5,), ALL_MONTHS, ALL_WEEKDAYS)


def test_busybox_month_zero_writes_into_the_weekdays() -> None:
    """The tables lie one behind the other: a month 0 in a list sets Saturday besides."""
    fields = fields_of("0 0 * 0,1 1", Dialect.BUSYBOX)
    assert values(fields.month) == (1,)
    assert values(fields.weekday) == (1, 6)


@pytest.mark.parametrize(
    ("text", "day_star", "weekday_star"),
    [
        ("0 0 1 * *", False, True),
        ("0 0 * * 1", True, False),
        ("0 0 1 * 1", False, False),
        ("0 0 */2 * 1", False, False),
    ],
)
def test_busybox_ors_the_day_fields_by_what_they_hold(text: str, day_star: bool, weekday_star: bool) -> None:
    """FixDayDow looks at the flags, not at the star."""
    fields = fields_of(text, Dialect.BUSYBOX)
    assert (fields.day_star, fields.weekday_star) == (day_star, weekday_star)


@pytest.mark.parametrize(
    "text", ["0 0 * * 7", "0 0 ? * 8", "0 22-2 * * *", "5-5-5 * * * *", "*/0 * * * *", "1/2/3 * * * *"]
)
def test_kubernetes_refuses(text: str) -> None:
    """robfig/cron has no weekday 7, no range that goes down, no step 0."""
    assert isinstance(read(text, Dialect.KUBERNETES), Rejection)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+5", (5,)), ("1/20", (1, 21, 41)), (",1,", (1,)), (",", ()), ("?", tuple(range(60))), ("*-5", tuple(range(60))),
     ("*/9223372036854775807", (0,))],
)  # fmt: skip
def test_kubernetes_takes(text: str, minutes: tuple[int, ...]) -> None:
    """Its own sloppiness: a plus sign, empty elements, `n/step` to the end of the field."""
    assert values(fields_of(f"{text} * * * *", Dialect.KUBERNETES).minute) == minutes


def test_kubernetes_star_flag_needs_a_step_of_one() -> None:
    """`*/2` restricts; `*/1` and a star anywhere in the list do not."""
    assert not fields_of("0 0 */2 * 1", Dialect.KUBERNETES).day_star
    assert fields_of("0 0 */1 * 1", Dialect.KUBERNETES).day_star
    assert fields_of("0 0 1,* * 1", Dialect.KUBERNETES).day_star


@pytest.mark.parametrize("prefix", ["TZ", "CRON_TZ"])
def test_kubernetes_takes_a_zone_in_front(prefix: str) -> None:
    """The zone in the text wins over the one given."""
    found = read(f"{prefix}=Asia/Tokyo 0 9 * * *", Dialect.KUBERNETES, "UTC")
    assert isinstance(found, Schedule)
    assert found.timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    "text", ["TZ=UTC", "TZ=Mars/Base 0 0 * * *", "TZ=../../etc/passwd 0 0 * * *", "TZ=/etc/x 0 0 * * *"]
)
def test_kubernetes_refuses_a_bad_zone(text: str) -> None:
    """An unknown zone, a path, or a zone with nothing behind it."""
    assert isinstance(read(text, Dialect.KUBERNETES), Rejection)


@pytest.mark.parametrize(
    ("text", "minutes", "hours"),
    [("@every 5m", tuple(range(0, 60, 5)), tuple(range(24))), ("@every 1h", (0,), tuple(range(24))),
     ("@every 120m", (0,), tuple(range(0, 24, 2))), ("@every 24h", (0,), (0,))],
)  # fmt: skip
def test_every_becomes_fields_where_it_divides(text: str, minutes: tuple[int, ...], hours: tuple[int, ...]) -> None:
    """An interval that divides an hour or a day is as good as five fields, its phase apart."""
    fields = fields_of(text, Dialect.KUBERNETES)
    assert (values(fields.minute), values(fields.hour)) == (minutes, hours)


@pytest.mark.parametrize(
    ("text", "event"),
    [("@every 7m", "every 420 seconds"), ("@every 1h30m", "every 5400 seconds"), ("@every 1.5s", "every 1 seconds"),
     ("@every 0", "every 1 seconds"), ("@every -5m", "every 1 seconds"), ("@every 90s", "every 90 seconds")],
)  # fmt: skip
def test_other_intervals_are_events(text: str, event: str) -> None:
    """Five fields can't say them."""
    found = read(text, Dialect.KUBERNETES)
    assert isinstance(found, Schedule)
    assert found.kind is ScheduleKind.EVENT
    assert found.event == event


@pytest.mark.parametrize("text", ["@every", "@every 5", "@every x", "@every 9999999999h", "@every " + "1h" * 200])
def test_bad_durations_are_rejected(text: str) -> None:
    """What Go's time.ParseDuration refuses."""
    assert isinstance(read(text, Dialect.KUBERNETES), Rejection)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("0 0 ? * *", "Quartz"), ("0 0 L * *", "Quartz"), ("H * * * *", "Jenkins"), ("*/0 * * * *", "step of zero"),
     ("0 0 * * sunday", "three letters"), ("60 * * * *", "from 0 to 59"),
     ("5/10 * * * *", "range"), ("1,,2 * * * *", "empty"),
     ("~ * * * *", "random"), ("\xa00 0 * * *", "ASCII")],
)  # fmt: skip
def test_rejections_name_the_likely_cause(text: str, hint: str) -> None:
    """The reason helps whoever wrote the line."""
    assert hint in rejection_of(text).reason


def test_rejections_can_be_printed() -> None:
    """Control characters and undecodable bytes are escaped, long words cut."""
    for text in ("* * * * \a", "\udce9 * * * *", "x" * 5000 + " * * * *", "\x1b[31m * * * *"):
        reason = rejection_of(text).reason
        assert reason.isprintable()
        assert len(reason) < 250


@pytest.mark.parametrize("dialect", list(Dialect))
def test_time_is_linear(dialect: Dialect) -> None:
    """A list of 5,000 elements, a number of 5,000 digits and a million blanks are answered, which ends soon."""
    texts = [
        ",".join(str(n % 60) for n in range(5000)) + " 0 1 1 *",
        "9" * 5000 + " 0 1 1 *",
        "0" * 5000 + "5 0 1 1 *",
        "0 0 1 1" + " " * 1_000_000 + "*",
        "1-" * 50_000 + " 0 1 1 *",
        "0/" * 50_000 + " 0 1 1 *",
    ]
    answers = [read(text, dialect) for text in texts]
    assert all(isinstance(answer, Schedule | Rejection) for answer in answers)
    assert isinstance(answers[0], Schedule)


WORDS = st.text(alphabet="0123456789*,-/~#?@LWH +.\t\0\r\v\xa0٥adefjlmnrsuyb=\udcff\udce9", max_size=40)


@given(text=WORDS, dialect=st.sampled_from(list(Dialect)))
@settings(max_examples=400, deadline=None)
def test_reading_is_total(text: str, dialect: Dialect) -> None:
    """Every text is a schedule inside the fields' bounds, or a rejection with a reason; nothing is raised."""
    found = read(text, dialect)
    if isinstance(found, Rejection):
        assert found.reason
        assert 1 <= found.column <= len(text) + 1
    elif found.fields is not None:
        fields = found.fields
        assert fields.minute | ALL_MINUTES == ALL_MINUTES
        assert fields.hour | ALL_HOURS == ALL_HOURS
        assert fields.day | ALL_DAYS == ALL_DAYS
        assert fields.month | ALL_MONTHS == ALL_MONTHS
        assert fields.weekday | ALL_WEEKDAYS == ALL_WEEKDAYS


@given(line=WORDS, dialect=st.sampled_from(list(Dialect)))
@settings(max_examples=200, deadline=None)
def test_the_rest_of_a_line_is_what_stands_behind_the_schedule(line: str, dialect: Dialect) -> None:
    """A front's text and rest lie in the line, in this order."""
    found = read_front(line, dialect)
    if isinstance(found, Front):
        at = line.find(found.schedule.text)
        assert at >= 0
        assert at + len(found.schedule.text) <= found.rest <= len(line)


def test_a_byte_that_is_no_utf_8_is_shown_as_a_byte() -> None:
    """The reason of a rejection can be printed, and shows what stands in the file."""
    assert shown("a\udce9\a") == "a\\xe9\\x07"
