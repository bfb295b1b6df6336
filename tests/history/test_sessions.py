"""Tests of which session belongs to which command."""

from __future__ import annotations

from migrator.history.sessions import Sessions
from migrator.history.types import Track


def runs(count):
    """Give runs of different commands."""
    return [(Track(), number) for number in range(count)]


def test_one_session_and_one_command_belong_together():
    """What closes ends what began in it."""
    sessions, [run] = Sessions(), runs(1)
    sessions.opened(10, "etl", 0)
    sessions.started(run, "etl", 1)
    assert sessions.of_parent(10) == run
    assert sessions.closed(10, 60) == [run]
    assert sessions.closed(10, 61) == []


def test_interleaved_but_never_two_at_once():
    """A session that opens after a command began is not that command's."""
    sessions, [first, second] = Sessions(), runs(2)
    sessions.opened(10, "etl", 0)
    sessions.started(first, "etl", 0)
    sessions.opened(12, "etl", 0)
    sessions.started(second, "etl", 0)
    assert sessions.closed(12, 30) == [second]
    assert sessions.closed(10, 90) == [first]


def test_two_at_once_are_not_told_apart():
    """Whose session closes first is not in the log: nothing is said."""
    sessions, [first, second] = Sessions(), runs(2)
    sessions.opened(10, "etl", 0)
    sessions.opened(11, "etl", 0)
    sessions.started(first, "etl", 0)
    sessions.started(second, "etl", 0)
    assert sessions.of_parent(10) is None
    assert sessions.closed(10, 30) == []
    assert sessions.closed(11, 90) == []


def test_two_at_once_that_close_at_once_have_both_ended():
    """Then it does not matter which is whose."""
    sessions, pair = Sessions(), runs(2)
    sessions.opened(10, "etl", 0)
    sessions.opened(11, "etl", 0)
    for run in pair:
        sessions.started(run, "etl", 0)
    assert sessions.closed(11, 30) == []
    assert sessions.closed(10, 31) == pair


def test_a_session_that_closes_before_the_second_command_begins():
    """It was that of the only command so far."""
    sessions, [first, second] = Sessions(), runs(2)
    sessions.opened(10, "etl", 0)
    sessions.opened(11, "etl", 0)
    sessions.started(first, "etl", 0)
    assert sessions.closed(11, 1) == [first]
    sessions.started(second, "etl", 1)
    assert sessions.closed(10, 7) == [second]


def test_users_do_not_mix_and_old_sessions_take_no_command():
    """A session that stays open for an hour, its command unlogged, is not that of a later command."""
    sessions, [first, second] = Sessions(), runs(2)
    sessions.opened(10, "root", 0)
    sessions.started(first, "etl", 0)
    sessions.started(second, "root", 3600)
    assert sessions.closed(10, 3700) == []


def test_a_command_whose_parent_is_named():
    """Debian's log level 8 writes both pids: no doubt is left."""
    sessions, [first, second] = Sessions(), runs(2)
    sessions.opened(10, "etl", 0)
    sessions.opened(11, "etl", 0)
    sessions.started(second, "etl", 0, parent=11)
    sessions.started(first, "etl", 0, parent=10)
    assert sessions.closed(10, 30) == [first]
    assert sessions.closed(11, 90) == [second]


def test_an_end_of_its_own_takes_a_run_out_of_the_doubt():
    """What remains is then certain."""
    sessions, [first, second] = Sessions(), runs(2)
    sessions.opened(10, "etl", 0)
    sessions.opened(11, "etl", 0)
    sessions.started(first, "etl", 0)
    sessions.started(second, "etl", 0)
    sessions.ended(11, second)
    assert sessions.closed(11, 5) == []
    assert sessions.closed(10, 30) == [first]
