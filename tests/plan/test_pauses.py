"""When a schedule pauses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Dialect, Schedule, ScheduleKind
from migrator.plan.pauses import clock, is_busy, longest_pause, rule_of, starts_of
from tests.plan import values as v

MINUTES = st.sets(st.integers(0, 1439), min_size=1, max_size=40)


@settings(max_examples=200)
@given(MINUTES)
def test_a_pause_holds_no_start_and_leaves_cron_time_to_read(starts):
    """From its first to its last minute nothing starts, nor in the minute after; the start before it is just over."""
    pause = longest_pause(starts)
    assert pause is not None  # forty starts leave a pause somewhere
    inside = {(pause.begin + offset) % 1440 for offset in range(pause.length)}
    assert (pause.begin + pause.length - 1) % 1440 == pause.end
    assert not inside & starts
    assert (pause.begin - 1) % 1440 == pause.last in starts
    assert (pause.end + 2) % 1440 == pause.next in starts
    assert (pause.end + 1) % 1440 not in starts


@pytest.mark.parametrize(
    ("text", "begin", "end", "length"),
    [
        ("15 6 * * *", "06:16", "06:13", 1438),
        ("0 * * * *", "00:01", "00:58", 58),
        ("*/5 * * * *", "00:01", "00:03", 3),
        ("0,30 8-17 * * 1-5", "17:31", "07:58", 868),
        ("59 23 * * *", "00:00", "23:57", 1438),
    ],
)
def test_pauses_of_schedules(text, begin, end, length):
    """Worked out by hand."""
    pause = longest_pause(starts_of(v.schedule(text)))
    assert pause is not None
    assert (clock(pause.begin), clock(pause.end), pause.length) == (begin, end, length)


def test_every_minute_has_no_pause():
    """Nor has every other minute: cron needs one to read the table."""
    assert longest_pause(starts_of(v.schedule("* * * * *"))) is None
    assert longest_pause(starts_of(v.schedule("*/2 * * * *"))) is None
    assert longest_pause(()) is None


def test_rules_name_the_kind():
    """Quiet, tight, busy, and what has no clock; a zone is named where it is known."""
    quiet = rule_of(v.schedule("15 6 * * *", timezone="Europe/Riga"))
    assert quiet.kind == "quiet"
    assert "between 06:16 and 06:13 of the next day Europe/Riga" in quiet.text
    assert "at 06:15" in quiet.text
    tight = rule_of(v.schedule("*/5 * * * *"))
    assert tight.kind == "tight"
    assert "3 minutes" in tight.text
    assert "by its host's clock" in tight.text
    assert "1 minute:" in rule_of(v.schedule("*/3 * * * *")).text
    assert rule_of(v.schedule("* 9 * * *")).kind == "quiet"
    assert rule_of(v.schedule("* * * * *")).kind == "busy"
    for kind in ScheduleKind:
        if kind is not ScheduleKind.CRON:
            assert rule_of(Schedule(kind, "x", Dialect.DEBIAN)).kind == "clockless"


def test_a_random_delay_spreads_the_starts():
    """RANDOM_DELAY=30 on 06:00 may start at 06:30: the pause begins after that."""
    pause = longest_pause(starts_of(v.schedule("0 6 * * *", random_minutes=30)))
    assert pause is not None
    assert clock(pause.begin) == "06:31"


def test_busy_is_what_hardly_pauses():
    """Every five minutes is busy, every hour is not, and what has no clock never is."""
    assert is_busy(v.schedule("*/5 * * * *"))
    assert is_busy(v.schedule("* * * * *"))
    assert not is_busy(v.schedule("0 * * * *"))
    assert not is_busy(v.REBOOT)
