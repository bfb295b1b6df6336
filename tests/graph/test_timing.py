"""Which run of upstream downstream uses."""

from dataclasses import replace

import pytest

from migrator.graph import Lag
from migrator.graph.timing import Clock, Order
from migrator.model import ScheduleKind
from tests.graph.world import World


def order(up: str, down: str, **more: str) -> Order:
    """Compare two schedules."""
    world = World().add("u", up, zone=more.get("up_zone")).add("d", down, zone=more.get("down_zone"))
    return Clock().timing(*world.jobs).order


@pytest.mark.parametrize(
    ("up", "down", "expected"),
    [
        ("25 0 * * *", "35 0 * * *", Order.BEFORE),
        ("0 1 * * *", "0 6 * * *", Order.BEFORE),
        ("0 5 * * *", "0 4 * * *", Order.LATE),
        ("13 6 * * *", "0 22 * * *", Order.BEFORE),  # 16 hours apart, but one day
        ("0 22 * * *", "0 2 * * *", Order.BEFORE),  # one night
        ("0 22 * * *", "0 2 * * 0,2,4", Order.BEFORE),
        ("0 10 * * *", "0 0 1 * *", Order.BEFORE),  # the rarer one takes what is there
        ("2,32 * * * *", "0 4 * * 0", Order.BEFORE),
        ("* * * * *", "0 4 * * 0", Order.BEFORE),
        ("0 12 * * 3", "0 22 * * 3", Order.BEFORE),
        ("0 12 * * 0", "0 22 * * 3", Order.LATE),  # another week
        ("0 0 1 * *", "0 12 * * 6", Order.RARER),
        ("0 0 20 * *", "0 0 5 * *", Order.LATE),
        ("0 0 5 * *", "0 0 20 * *", Order.BEFORE),
        ("0 16 * * 0", "0 19 * * 1-5", Order.RARER),
        ("15 3 * * 0", "*/5 * * * *", Order.RARER),
        ("0 19 * * 1-5", "30 19 * * 1-5", Order.BEFORE),
        ("0 19 * * 1-5", "30 19 * * *", Order.BEFORE),  # on most days
        ("10 * * * *", "5 * * * *", Order.LATE),
        ("5 * * * *", "50 * * * *", Order.BEFORE),
        ("50 * * * *", "10 * * * *", Order.BEFORE),
        ("*/5 * * * *", "*/5 * * * *", Order.TOGETHER),
        ("0 2 * * *", "0 2 * * *", Order.TOGETHER),
        ("0 2 * * *", "0 2 * * 1", Order.BEFORE),
        ("0 0 1 1 *", "0 0 1 2 *", Order.BEFORE),
        ("0 0 30 2 *", "0 0 1 2 *", Order.RARER),
        ("0 0 1 2 *", "0 0 30 2 *", Order.OPEN),
        ("0 0 1 3 *", "0 0 1 1 *", Order.LATE),
        ("@reboot", "0 2 * * *", Order.RARER),
        ("0 2 * * *", "@reboot", Order.LATE),
        ("0 2 * * *", "after", Order.FOLLOWS),
        ("s3://b/k", "0 2 * * *", Order.FOLLOWS),
        ("anacron 1 5", "anacron 1 10", Order.BEFORE),
        ("anacron 1 10", "anacron 1 5", Order.LATE),
        ("anacron 1 5", "anacron 1 5", Order.TOGETHER),
        ("anacron 7 5", "anacron 1 10", Order.RARER),
        ("anacron 1 5", "anacron 7 10", Order.BEFORE),
        ("anacron 1 5", "0 2 * * *", Order.OPEN),
        ("0 * * * *", "anacron 1 5", Order.BEFORE),
        ("anacron 1 5", "0 * * * *", Order.RARER),
    ],
)
def test_the_order_of_starts(up, down, expected):
    """Fires are compared within upstream's own cycle."""
    assert order(up, down) is expected


def test_zones_are_compared_where_both_are_known():
    """02:00 in Tokyo is before 01:00 in London; one zone that is not known is taken for the other."""
    assert order("0 2 * * *", "0 1 * * *", up_zone="Asia/Tokyo", down_zone="Europe/London") is Order.BEFORE
    assert order("0 2 * * *", "0 1 * * *", up_zone="Asia/Tokyo") is Order.LATE
    assert order("0 2 * * *", "0 1 * * *", up_zone="Asia/Tokyo", down_zone="Asia/Tokyo") is Order.LATE


def test_a_late_upstream_makes_no_order_and_says_so():
    """The lag is previous-run, with a clause at downstream's own line."""
    [found] = (
        World().add("w", "0 5 * * *", writes=["/d/x/o"]).add("r", "0 4 * * *", reads=["/d/x/o"]).graph().dependencies
    )
    assert found.lag is Lag.PREVIOUS_RUN
    assert found.evidence[-1].origin.line == 2
    assert "starts before its upstream" in found.evidence[-1].says


def test_one_minute_makes_a_tie_less_sure():
    """An exact file still ties two jobs of one minute, a pattern no longer does; neither is ordered."""
    exact = World().add("w", writes=["/d/x/o"]).add("r", reads=["/d/x/o"])
    assert exact.edges() == {("w", "r"): "previous-run"}
    loose = World().add("w", writes=["/d/x/o.csv"]).add("r", reads=["/d/x/*.csv"])
    assert not loose.edges()
    assert loose.ties() == [("w", "r", "doubtful")]


def test_jobs_that_run_all_the_time_share_minutes_by_necessity():
    """Every minute and every five: the common minute is no sign that the one does not need the other."""
    for often in ("* * * * *", "*/5 * * * *", "*/30 * * * *"):
        loose = World().add("w", often, writes=["/d/x/o.csv"]).add("r", often, reads=["/d/x/*.csv"])
        assert loose.edges() == {("w", "r"): "previous-run"}, often
    hourly = World().add("w", "5 * * * *", writes=["/d/x/o.csv"]).add("r", "5 * * * *", reads=["/d/x/*.csv"])
    assert not hourly.edges()


def test_run_parts_goes_by_name():
    """In a periodic folder the earlier name has run when the later one starts."""
    world = World().add("a", writes=["/d/x/o"], source="periodic", path="etc/cron.daily/10-a")
    world.add("b", reads=["/d/x/o"], writes=["/d/x/p"], source="periodic", path="etc/cron.daily/20-b")
    world.add("c", reads=["/d/x/p"], source="periodic", path="etc/cron.daily/05-c")
    assert world.edges() == {("a", "b"): "none", ("b", "c"): "previous-run"}


def test_writers_that_take_turns_are_seen_together():
    """A mirror for each weekday comes before the nightly import, though each is rarer than it."""
    world = World()
    for name, days in (("m1", "0,3,6"), ("m2", "1,4"), ("m3", "2,5")):
        world.add(name, f"13 6 * * {days}", writes=["/srv/mirror/id/"])
    assert set(world.add("import", "0 22 * * *", reads=["/srv/mirror/id/"]).edges().values()) == {"none"}
    # Two of three leave days out, on which the import uses what is there; still most days have their mirror.
    assert set(World(world.jobs[1:], world.facts).edges().values()) == {"none"}
    # A weekly job beside a daily writer stays what it is.
    other = World().add("week", "0 16 * * 0", writes=["/d/x/m.csv"]).add("day", "0 19 * * 1-5", writes=["/d/x/m.csv"])
    other.add("use", "30 19 * * 1-5", reads=["/d/x/m.csv"])
    assert other.edges() == {("day", "use"): "none", ("week", "use"): "previous-run"}


def test_turns_of_jobs_without_times_are_not_guessed():
    """A boot and a weekly job leave the lag as each has it."""
    world = World().add("boot", "@reboot", writes=["/d/x/m.csv"]).add("week", "0 16 * * 0", writes=["/d/x/m.csv"])
    assert set(world.add("use", "30 19 * * *", reads=["/d/x/m.csv"]).edges().values()) == {"previous-run"}


def test_a_zone_that_does_not_exist_leaves_the_order_open():
    """Nothing is guessed from a name that no table has."""
    assert order("0 2 * * *", "0 1 * * *", up_zone="Mars/Base", down_zone="Europe/Riga") is Order.OPEN
    assert order("0 2 * * *", "0 1 * * *", up_zone="Europe/Riga", down_zone="../x") is Order.OPEN


def test_turns_in_two_zones_are_not_guessed():
    """Mirrors by another clock than the import's keep the lag that each has."""
    world = World()
    for name, days in (("m1", "0,3,6"), ("m2", "1,4"), ("m3", "2,5")):
        world.add(name, f"13 6 * * {days}", writes=["/srv/mirror/id/"], zone="Asia/Tokyo")
    world.add("import", "0 22 * * *", reads=["/srv/mirror/id/"], zone="Europe/London")
    assert set(world.edges().values()) == {"previous-run"}


def test_a_schedule_that_was_not_read_leaves_the_order_open():
    """The dependency stands, a little less sure."""
    world = World().add("w", writes=["/d/x/o"]).add("r", reads=["/d/x/o"])
    unread = replace(world.jobs[1].schedule, kind=ScheduleKind.UNREAD, fields=None)
    world.jobs[1] = replace(world.jobs[1], schedule=unread)
    [found] = world.graph().dependencies
    assert (found.lag, found.confidence) == (Lag.NONE, 0.85)
    assert "not known" in found.evidence[-1].says


def test_the_way_back_is_believed_less():
    """Two jobs that use each other's results: the one of the day counts whole, the one over night for less."""
    world = World().add("a", "0 8 * * *", writes=["table:orders"], reads=["table:marks"])
    world.add("b", "0 9 * * *", writes=["table:marks"], reads=["table:orders"])
    graph = world.graph()
    assert [(d.upstream, d.downstream, d.confidence) for d in graph.dependencies] == [("a", "b", 0.7)]
    assert [(r.upstream, r.downstream, r.confidence) for r in graph.relations] == [("b", "a", 0.56)]
    sure = World().add("a", "0 8 * * *", writes=["/d/orders.csv"], reads=["/d/marks.csv"])
    sure.add("b", "0 9 * * *", writes=["/d/marks.csv"], reads=["/d/orders.csv"])
    assert sure.edges() == {("a", "b"): "none", ("b", "a"): "previous-run"}


def test_ways_of_equal_standing_are_left_alone():
    """In one minute neither is the way back; nor is there one where both follow each other in a cycle."""
    together = World().add("a", writes=["table:shop.o"], reads=["table:shop.m"])
    together.add("b", writes=["table:shop.m"], reads=["table:shop.o"])
    assert {d.confidence for d in together.graph().dependencies} == {0.68}
