"""What two scripts both read and write, and which of both is first."""

import pytest

from tests.graph.world import World

STATE = "/srv/trade/positions.json"


def both(world: World, name: str, when: str, place: str = STATE, **more: object) -> World:
    """Add a job that reads and writes one place."""
    return world.add(name, when, reads=[place], writes=[place], **more)  # type: ignore[arg-type]


def pair(first: str, second: str, place: str = STATE) -> World:
    """Make two jobs that share a place; `b` is the first of both that is added, so that names give no order."""
    return both(both(World(), "b", first, place), "a", second, place)


def test_the_first_of_the_day_hands_on():
    """One direction, at a low confidence, with both lines as proof; nothing is said of the way back."""
    graph = pair("36 14 * * 1-5", "30 21 * * 1-5").graph()
    [found] = graph.dependencies
    assert (found.upstream, found.downstream, found.kind.value, found.lag.value) == ("b", "a", "file", "none")
    assert found.confidence == 0.62
    assert found.basis == ("states",)
    assert [piece.says for piece in found.evidence] == [f"writes {STATE}", f"reads {STATE}"]
    assert not graph.relations


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("0 8 * * *", "0 10 * * *"),
        ("*/5 15-20 * * *", "0 21 * * *"),  # often, but all before
        ("0 14 * * *", "*/5 15-20 * * *"),  # before the first of many
        ("0 8 * * 1-5", "0 9 * * 3"),
        ("5 * * * *", "15 * * * *"),  # ten minutes after, fifty before
    ],
)
def test_orders_of_a_day(first, second):
    """All starts of the one lie before those of the other, or each follows closely."""
    assert list(pair(first, second).edges()) == [("b", "a")]
    assert list(pair(second, first).edges()) == [("a", "b")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("0 8 * * *", "0 8 * * *"),
        ("0 1 * * *", "0 23 * * *"),  # more than half a day
        ("15,45 * * * *", "*/30 * * * *"),
        ("*/10 * * * *", "0 12 * * *"),  # before and after
        ("0 8 * * 1", "0 9 * * 2"),  # never on one day
        ("0 8 1 * *", "0 9 * * *"),  # on one day of thirty
        ("@reboot", "0 9 * * *"),
    ],
)
def test_silent_where_no_day_has_an_order(first, second):
    """One minute, half a day and more, starts among each other, other days, a start that no clock knows."""
    world = pair(first, second)
    assert not world.edges()
    assert {tie[2] for tie in world.ties()} == {"doubtful"}


def test_zones_that_differ_are_not_compared():
    """Two hosts by other clocks on a shared mount have no common day."""
    world = both(both(World(), "b", "0 8 * * *", zone="Asia/Tokyo"), "a", "0 9 * * *", zone="Europe/Paris")
    assert not world.edges()


def test_tables_need_their_database():
    """`shop.orders` is one place; `orders` may be two, so that it stays a doubt."""
    assert pair("0 8 * * *", "0 9 * * *", "table:shop.orders").edges() == {("b", "a"): "none"}
    [tie] = pair("0 8 * * *", "0 9 * * *", "table:orders").graph().relations
    assert (tie.upstream, tie.downstream, tie.kind.value, tie.confidence) == ("b", "a", "doubtful", 0.54)


def test_silent_for_one_script_at_two_times():
    """It keeps its own state from run to run."""
    world = both(World(), "b", "0 8 * * *", calls=[("bin/x.sh", "line")], program="x")
    assert not both(world, "a", "0 9 * * *", calls=[("bin/x.sh", "line")], program="x").edges()
    other = both(World(), "b", "0 8 * * *", calls=[("bin/x.sh", "line")], program="x")
    assert both(other, "a", "0 9 * * *", calls=[("bin/y.sh", "line")], program="x").edges()


@pytest.mark.parametrize(
    "place",
    ["/tmp/run.json", "/srv/api-token.json", "/srv/http_cache.db", "/srv/cookies.txt", "/srv/state-*.json", "/srv/in/"],
)
def test_silent_for_what_is_no_state(place):
    """Files of a moment, caches and tokens, names that vary, folders."""
    assert not pair("0 8 * * *", "0 9 * * *", place).edges()


@pytest.mark.parametrize("gone", [STATE, "/srv/trade/*.json", "/srv/trade/"])
def test_silent_where_one_of_both_clears_it(gone):
    """What is removed is handed to nobody."""
    world = both(World(), "b", "0 8 * * *", deletes=[gone])
    assert not both(world, "a", "0 9 * * *").edges()
    elsewhere = both(World(), "b", "0 8 * * *", deletes=["/srv/other/", "/srv/trade/positions.json/x"])
    assert both(elsewhere, "a", "0 9 * * *").edges()


def test_silent_where_a_third_makes_it():
    """Both need who makes it, and not each other."""
    world = pair("0 8 * * *", "0 9 * * *").add("maker", "0 7 * * *", writes=[STATE])
    assert set(world.edges()) == {("maker", "b"), ("maker", "a")}


def test_silent_where_many_share_it():
    """What seven scripts change is everybody's."""
    few, many = World(), World()
    for number in range(7):
        both(many, f"j{number}", f"{number} 8 * * *")
        if number < 4:
            both(few, f"j{number}", f"{number} 8 * * *")
    assert len(few.edges()) == 6
    assert not many.edges()


def test_a_third_job_may_read_the_state():
    """It makes no part of it; one that makes it ends the guess."""
    world = pair("0 8 * * *", "0 9 * * *").add("report", "0 10 * * *", reads=[STATE])
    assert ("b", "a") in world.edges()
    world = pair("0 8 * * *", "0 9 * * *").add("maker", "0 7 * * *", writes=[STATE])
    assert ("b", "a") not in world.edges()


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("cursor.execute('SELECT account_id FROM account WHERE name = ?')", True),
        ("SELECT a.id FROM account a WHERE name = 'x'", True),
        ("SELECT account_id, balance FROM account", False),
        ("SELECT paid FROM account", False),
    ],
)
def test_looking_up_a_number_is_no_state(text, silent):
    """Whoever asks for the number of a name, and makes it where it is missing, goes on with nothing."""
    world = World()
    for name, when in (("b", "0 8 * * *"), ("a", "0 10 * * *")):
        world.add(name, when, reads=["table:shop.account"], writes=["table:shop.account"], text=text)
    assert bool(world.edges()) is not silent
