"""The test of the day that a command begins with."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.schedules.forms import DayTest, day_test

ALL = (1 << 32) - 2


def days(*numbers: int) -> DayTest:
    """Give the test that holds on days of the month."""
    return DayTest(days=sum(1 << number for number in numbers))


def weekdays(*numbers: int) -> DayTest:
    """Give the test that holds on weekdays, Sunday 0."""
    return DayTest(weekdays=sum(1 << number for number in numbers))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["[", '"$(date +%d)"', "=", "01", "]"], days(1)),
        (["[", "$(date +%d)", "=", "15", "]"], days(15)),
        (["[", "`date +%d`", "-le", "7", "]"], days(*range(1, 8))),
        (["test", "$(date +%d)", "-lt", "08"], days(*range(1, 8))),
        (["[", "$(date +%-d)", "-gt", "28", "]"], days(29, 30, 31)),
        (["[", "$(date +%e)", "-ge", "30", "]"], days(30, 31)),
        (["[", "$(/bin/date '+%d')", "!=", "'31'", "]"], days(*range(1, 31))),
        (["[", '$( date "+%d" )', "-ne", "1", "]"], days(*range(2, 32))),
        (["[", "$(date +%u)", "=", "1", "]"], weekdays(1)),
        (["[", "$(date +%u)", "-eq", "7", "]"], weekdays(0)),
        (["[", "$(date +%u)", "-lt", "6", "]"], weekdays(1, 2, 3, 4, 5)),
        (["[", "$(date +%w)", "-eq", "0", "]"], weekdays(0)),
        (["[", "$(date +%w)", "-le", "1", "]"], weekdays(0, 1)),
        (["[", "$(/usr/bin/date +%a)", "=", '"Mon"', "]"], weekdays(1)),
        (["[", "$(date +%a)", "!=", "Sun", "]"], weekdays(1, 2, 3, 4, 5, 6)),
        (["[", '"$(date -d tomorrow +%d)"', "=", "01", "]"], DayTest(last_day=True)),
        (["[", "\"$(date -d '+1 day' +%d)\"", "-eq", "1", "]"], DayTest(last_day=True)),
        (["[", "$(date +%d -d tomorrow)", "-eq", "1", "]"], DayTest(last_day=True)),
        (["[", "$(date --date=tomorrow +%-d)", "-eq", "01", "]"], DayTest(last_day=True)),
        (["[", '$(date -d"1 day" +%d)', "=", "01", "]"], DayTest(last_day=True)),
        (["[", "$(date +%u)", "-eq", "9", "]"], DayTest(weekdays=0)),
    ],
)
def test_reads_a_comparison_with_a_constant(words: list[str], wanted: DayTest):
    """Days, weekdays and the last day, in every shell."""
    assert day_test(words) == wanted
    assert day_test(words, bash=True) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["[[", "$(date +%u)", "==", "1", "]]"], weekdays(1)),
        (["[", "$(date +%d)", "==", "01", "]"], days(1)),
        (["[[", "$(date +%-d)", "-le", "7", "]]"], days(*range(1, 8))),
    ],
)
def test_bash_knows_more(words: list[str], wanted: DayTest):
    """`[[` and `==` fail in dash, so what stands behind them has never run there."""
    assert day_test(words, bash=True) == wanted
    assert day_test(words) is None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["["],
        ["]"],
        ["grep", "-q", "x"],
        ["[", "-f", "/x", "]"],
        ["[", "$(date +%d)", "=", "01"],
        ["[", "$(date +%d)", "=", "01", "]]"],
        ["[", "$(date +%d)", "=~", "01", "]"],
        ["[", "$(date +%d)", "=", "1", "]"],
        ["[", "$(date +%-d)", "=", "01", "]"],
        ["[", "$(date +%d)", "=", "$X", "]"],
        ["[", "$(date +%d)", "=", "001", "]"],
        ["[", '"$(date +%e)"', "=", "7", "]"],
        ["[", "'$(date +%d)'", "=", "01", "]"],
        ["[", "$(date +%m)", "=", "01", "]"],
        ["[", "$(date +%V)", "-eq", "1", "]"],
        ["[", "$(date -u +%d)", "=", "01", "]"],
        ["[", "$(date -d yesterday +%d)", "=", "01", "]"],
        ["[", "$(date -d tomorrow +%d)", "=", "1", "]"],
        ["[", "$(date -d tomorrow +%d)", "!=", "01", "]"],
        ["[", "$(date -d tomorrow +%u)", "=", "1", "]"],
        ["[", "$(date -d +1 day +%d)", "=", "01", "]"],
        ["[", "$(date -d)", "=", "01", "]"],
        ["[", "$(date +%d +%u)", "=", "01", "]"],
        ["[", "$(date -d 'tomorrow +%d)", "=", "01", "]"],
        ["[", "$(date)", "=", "01", "]"],
        ["[", "$(cat /x)", "=", "01", "]"],
        ["[", "$(date +%a)", "=", "mon", "]"],
        ["[", "$(date +%a)", "=", "Monday", "]"],
        ["[", "$(date +%a)", "-eq", "1", "]"],
        ["[", "$(date +%a)", "=", "Lun", "]"],
        ["[", "$(date +%u)", "=", "01", "]"],
        ["[[", "$(date +%d)", "-le", "7", "]]"],
        ["[[", "$(date +%-d)", "-le", "08", "]]"],
        ["[", "$(date +%d)", "-gt", "$(date +%u)", "]"],
        ["[", f"$(date {' ' * 20_000}+%d", "=", "01", "]"],
    ],
)
def test_leaves_everything_else_alone(words: list[str]):
    """What is not certain, or does not mean what it says, is no test of the day."""
    assert day_test(words, bash=True) is None


def test_days_that_a_test_allows():
    """The calendar decides."""
    assert DayTest(last_day=True).allows(date(2028, 2, 29))
    assert not DayTest(last_day=True).allows(date(2028, 2, 28))
    assert weekdays(0).allows(date(2026, 11, 22))
    assert not weekdays(1).allows(date(2026, 11, 22))
    assert not days(1).allows(date(2026, 11, 22))
    assert DayTest().allows(date(2026, 11, 22))


@given(st.lists(st.text(max_size=30), max_size=7))
def test_any_words_are_read(words: list[str]):
    """Whatever the words are, there is an answer."""
    assert day_test(["[", *words], bash=True) is None or len(words) == 4
