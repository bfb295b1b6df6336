"""Jobs of two scripts that are given words: who works for whom, where each has a partner."""

import pytest

from tests.graph.world import World


def _world(writers, readers, place="table:shop.sales", other="table:shop.sales") -> World:
    world = World()
    for number, command in enumerate(writers):
        world.add(
            f"w{number}",
            f"{number} 1 * * *",
            writes=[place],
            command=command,
            program="load.py",
            calls=[("load.py", "line")],
        )
    for number, command in enumerate(readers):
        world.add(
            f"r{number}",
            f"{number} 3 * * *",
            reads=[other],
            command=command,
            program="show.py",
            calls=[("show.py", "line")],
        )
    return world


@pytest.mark.parametrize(
    ("writers", "readers"),
    [
        (["load.py eu", "load.py us"], ["show.py eu", "show.py us"]),
        (["load.py --region eu", "load.py --region us"], ["show.py --region=eu", "show.py --region=us"]),
        (["REGION=eu load.py", "REGION=us load.py"], ["REGION=eu show.py", "REGION=us show.py"]),
        (
            ["load.py -f /srv/a.txt -v >> /var/log/x", "load.py /srv/b.txt"],
            ["show.py /srv/a.txt", "show.py /srv/b.txt"],
        ),
        (["load.py --stocks", "load.py --bonds"], ["show.py --stocks", "show.py --bonds"]),
    ],
)
@pytest.mark.parametrize("place", ["table:shop.sales", "/srv/in/", "/srv/in/day-*.csv"])
def test_each_works_for_its_partner(writers, readers, place):
    """What is loaded for one is doubtful for the other, and shown as that."""
    world = _world(writers, readers, place, place)
    assert set(world.edges()) == {("w0", "r0"), ("w1", "r1")}
    assert world.ties() == [("w0", "r1", "doubtful"), ("w1", "r0", "doubtful")]


@pytest.mark.parametrize(
    ("writers", "readers"),
    [
        # Nobody is given a word of the other side.
        (["load.py eu", "load.py us"], ["show.py pdf", "show.py html"]),
        # One has no partner: it may look at everything, or serve everybody.
        (["load.py eu", "load.py us"], ["show.py eu", "show.py world"]),
        (["load.py eu", "load.py rates"], ["show.py eu", "show.py us"]),
        # A period is no part of the data, nor is a log.
        (["load.py hourly", "load.py daily"], ["show.py hourly", "show.py daily"]),
        (["load.py a >> /log/1", "load.py b >> /log/2"], ["show.py c >> /log/1", "show.py d >> /log/2"]),
        (["load.py --verbose", "load.py"], ["show.py --verbose", "show.py"]),
        # What all are given tells none from another.
        (["load.py eu 1", "load.py eu 2"], ["show.py eu 3", "show.py eu 4"]),
    ],
)
def test_words_that_say_nothing(writers, readers):
    """Without a partner on either side every flow stays."""
    edges = set(_world(writers, readers).edges())
    lost = {("w0", "r0"), ("w0", "r1"), ("w1", "r0"), ("w1", "r1")} - edges
    assert not lost


def test_one_file_is_one_thing():
    """Whoever reads a single file reads all of it."""
    world = _world(["load.py eu", "load.py us"], ["show.py eu", "show.py us"], "/srv/all.json", "/srv/all.json")
    assert len(world.edges()) == 4


def test_a_job_alone_has_no_words():
    """One writer for all, or one reader of all, is not told apart from anybody."""
    assert len(_world(["load.py eu"], ["show.py eu", "show.py us"]).edges()) == 2
    assert len(_world(["load.py eu", "load.py us"], ["show.py eu"]).edges()) == 2
