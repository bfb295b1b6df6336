"""What two jobs both write and read ties them without an order; a log ties nobody."""

from tests.graph.world import World


def _both(name: str) -> list[tuple[str, str, str]]:
    world = World()
    for job, when in (("a", "0 * * * *"), ("b", "30 * * * *")):
        world.add(job, when, reads=[name], writes=[name])
    return world.ties()


def test_common_state_is_a_doubtful_tie() -> None:
    """Both read it and write it back: who is first is not known."""
    assert _both("/srv/shop/state.json") == [("a", "b", "doubtful")]


def test_silent_for_a_log_that_each_turns_over() -> None:
    """A program that renames its own log when it is long reads and writes it."""
    assert _both("/var/log/shop/app.log") == []
