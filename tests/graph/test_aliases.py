"""Names that do not look alike and may mean one place."""

import pytest

from tests.graph.world import World


def confidence(writes: str, reads: str, *also: str) -> float | None:
    """Give the confidence that a reader of one name needs the writer of another; others write and read `also`."""
    world = World().add("w", "0 1 * * *", writes=[writes]).add("r", "0 2 * * *", reads=[reads])
    for number, name in enumerate(also):
        world.add(f"x{number}", "0 3 * * *", writes=[name])
    graph = world.graph()
    for tie in (*graph.dependencies, *graph.relations):
        if (tie.upstream, tie.downstream) == ("w", "r"):
            return tie.confidence
    return None


def test_a_table_without_its_database_is_that_of_the_only_one():
    """A little less sure than one name for both."""
    assert confidence("table:shop.orders", "table:orders") == 0.68
    assert confidence("table:orders", "table:shop.orders") == 0.68
    assert confidence("table:db.shop.orders", "table:shop.orders") == 0.68


def test_a_table_of_two_databases_is_that_of_neither():
    """Nobody can say which `orders` is meant."""
    assert confidence("table:shop.orders", "table:orders", "table:archive.orders") is None
    assert confidence("table:orders", "table:shop.orders", "table:archive.orders") is None
    assert confidence("table:shop.orders", "table:orders", "table:archive.customers") == 0.68


def test_tables_of_other_names_and_whole_databases():
    """Only the beginning may be left out."""
    assert confidence("table:shop.orders", "table:order") is None
    assert confidence("table:shop.orders", "table:shop") is None
    assert confidence("table:shop.*", "table:orders") is None


def test_a_home_is_that_of_the_only_user():
    """`~/x` and `/home/ann/x`, files and folders alike."""
    assert confidence("~/model/out.csv", "/home/ann/model/out.csv") == 0.81
    assert confidence("/Users/ann/model/out.csv", "~/model/out.csv") == 0.81
    assert confidence("~/model/", "/home/ann/model/out.csv") == 0.59
    assert confidence("~/model/out.csv", "/home/ann/other.csv") is None
    assert confidence("~/model/out.csv", "/srv/ann/model/out.csv") is None


def test_a_home_of_several_users_is_nobodys():
    """Where two homes are named, `~` may be either."""
    assert confidence("~/model/out.csv", "/home/ann/model/out.csv", "/home/bob/y") is None


@pytest.mark.parametrize(
    ("writes", "reads", "expected"),
    [
        ("*/report/week.csv", "/srv/app/report/week.csv", 0.68),
        ("/srv/app/report/week.csv", "*/report/week.csv", 0.68),
        ("/srv/app/out/station_list.csv", "*/station_list.csv", 0.5),
        ("*/o/x.csv", "/srv/app/o/x.csv", None),  # nothing in it is anybody's own
        ("*/index.html", "/srv/www/htdocs/index.html", None),
        ("*/report/week.csv", "/srv/app/report/month.csv", None),
        ("*/report/week-*.csv", "/srv/app/report/week-1.csv", None),
    ],
)
def test_a_folder_that_is_not_known(writes, reads, expected):
    """A folder and a file's name, or an unusual name, may tell a place; a common name does not."""
    assert confidence(writes, reads) == expected


def test_an_unknown_folder_that_fits_two_places():
    """Two files that end so: it may be either."""
    world = World().add("w", "0 1 * * *", writes=["/a/app/report/week.csv"])
    world.add("v", "0 1 * * *", writes=["/b/app/report/week.csv"]).add("r", "0 2 * * *", reads=["*/report/week.csv"])
    assert not world.edges()
    assert not world.ties()


def test_silent_between_hosts():
    """Files of two hosts are two files, however they are written."""
    for one, other in (("~/model/out.csv", "/home/ann/model/out.csv"), ("*/report/week.csv", "/srv/a/report/week.csv")):
        world = World().add("w", "0 1 * * *", writes=[one], host="h")
        assert not world.add("r", "0 2 * * *", reads=[other], host="i").ties()
        assert not world.edges()


def test_thousands_of_tables_are_looked_at_once():
    """Each name has its one longer form; many short ones of one long name make no more ties than there are jobs."""
    world = World()
    for n in range(1500):
        world.add(f"w{n}", f"{n % 60} 1 * * *", writes=[f"table:shop.t{n}"])
        world.add(f"r{n}", f"{n % 60} 2 * * *", reads=[f"table:t{n}"])
    assert len(world.graph().dependencies) == 1500
