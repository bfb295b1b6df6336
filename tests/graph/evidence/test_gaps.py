"""A short time between two starts."""

import pytest

from migrator.graph.evidence import gaps
from migrator.graph.timing import Clock
from tests.graph.world import World


def support(up: str, down: str) -> float:
    """Ask about two schedules."""
    world = World().add("u", up).add("d", down)
    return gaps.support(Clock().timing(*world.jobs))


def test_a_gap_alone_is_nothing():
    """Five minutes apart, every day: no dependency, and not even a doubtful one."""
    graph = World().add("a", "0 2 * * *").add("b", "5 2 * * *").add("c", "10 2 * * *").graph()
    assert not graph.dependencies
    assert not graph.relations


def test_the_same_minute_alone_is_nothing():
    """Twenty jobs of one minute, one database client and one interpreter have nothing to do with each other."""
    world = World()
    for number in range(20):
        world.add(f"j{number}", "0 2 * * *", command=f"python3 /opt/j{number}.py", logs=["/var/log/cron.log"])
    graph = world.graph()
    assert (graph.dependencies, graph.relations, graph.hubs) == ((), (), ())


@pytest.mark.parametrize(
    ("up", "down", "speaks"),
    [
        ("0 2 * * *", "5 2 * * *", True),
        ("0 2 * * *", "0 4 * * *", True),
        ("0 2 * * *", "1 4 * * *", False),  # longer than two hours
        ("0 2 * * *", "0 2 * * *", False),  # no order
        ("5 2 * * *", "0 2 * * *", False),  # the other way round
        ("0 2 * * 1", "5 2 * * *", False),  # on one day of seven
        ("0 2 * * 1-5", "5 2 * * 1-5", True),
        ("55 23 * * *", "5 0 * * *", True),  # over midnight
        ("after", "5 2 * * *", False),
    ],
)
def test_a_gap_supports_other_words(up, down, speaks):
    """Up to two hours later, on the same days."""
    assert (support(up, down) > 0) is speaks
