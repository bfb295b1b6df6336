"""The same lines in several files of one place: each file is a table by itself."""

from tests.graph.world import World

_NIGHT = (
    ("load", "0 1 * * *", [], ["table:shop.sales"]),
    ("sum", "0 2 * * *", ["table:shop.sales"], ["/srv/sum.csv"]),
    ("mail", "0 3 * * *", ["/srv/sum.csv"], []),
)


def _tables(*paths: str, host: str | None = None) -> World:
    world = World()
    for path in paths:
        for name, when, reads, writes in _NIGHT:
            world.add(f"{name}@{path}", when, reads=reads, writes=writes, command=name, path=path, host=host)
    return world


def _chain(path: str) -> set[tuple[str, str]]:
    return {(f"load@{path}", f"sum@{path}"), (f"sum@{path}", f"mail@{path}")}


def test_each_file_has_its_own_chain():
    """A backup of a crontab ties nothing of the crontab."""
    assert set(_tables("crontab", "crontab.bak").edges()) == _chain("crontab") | _chain("crontab.bak")


def test_what_stands_in_one_file_only_is_tied_to_all():
    """A reader that no other file has works on what either file's line makes."""
    world = _tables("crontab", "crontab.bak")
    world.add("new", "0 4 * * *", reads=["/srv/sum.csv"], path="crontab")
    assert ("sum@crontab", "new") in world.edges()
    assert ("sum@crontab.bak", "new") not in world.edges()
    world = World().add("w", "0 1 * * *", writes=["/srv/x.csv"], path="one")
    assert set(world.add("r", "0 2 * * *", reads=["/srv/x.csv"], path="two").edges()) == {("w", "r")}


def test_another_time_is_another_line():
    """A line at another time is no copy: in one folder of a host two files may well do it twice."""
    world = World().add("w1", "0 1 * * *", writes=["/srv/x.csv"], command="w", path="one")
    world.add("w2", "0 2 * * *", writes=["/srv/x.csv"], command="w", path="two")
    world.add("r", "0 3 * * *", reads=["/srv/x.csv"], path="two")
    assert {up for up, _ in world.edges()} == {"w1", "w2"}


def test_copies_are_no_crowd():
    """Eight kept versions of one table make no hub of it."""
    paths = [f"kept/crontab.{number}" for number in range(8)]
    graph = _tables("crontab", *paths).graph()
    assert not graph.hubs
    assert _chain("crontab") <= {(tie.upstream, tie.downstream) for tie in graph.dependencies}
    assert len(graph.dependencies) == 2 * 9


def test_hosts_are_no_copies():
    """Two hosts run a line each, and have files of their own."""
    world = _tables("a", host="one")
    for name, when, reads, writes in _NIGHT:
        world.add(f"{name}@b", when, reads=reads, writes=writes, command=name, path="b", host="two")
    assert ("sum@a", "mail@b") not in world.edges()
    assert {("load@a", "sum@b"), ("load@b", "sum@a")} <= set(world.edges())
