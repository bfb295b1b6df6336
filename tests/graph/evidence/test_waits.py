"""Loops that wait for a place."""

from migrator.commands.facts import Wait, WaitKind
from migrator.graph import DependencyKind, Lag, Safety
from migrator.model import Origin
from tests.graph.world import World


def waiting(target: str, kind: WaitKind = WaitKind.FILE) -> Wait:
    """Make a wait."""
    return Wait(kind, target, None, None, Origin("load.sh", 4), f"while [ ! -f {target} ]")


def pair(target: str, **more: object) -> World:
    """Make a writer and a job that waits, both at one minute."""
    world = World().add("w", "0 2 * * *", writes=[target])
    return world.add("r", "0 2 * * *", waits=[waiting(target)], **more)  # type: ignore[arg-type]


def test_a_wait_for_this_cycles_file_holds_the_order():
    """A dated name: one minute makes it neither less sure nor the run before's."""
    [found] = pair("/d/x/in-*.csv").graph().dependencies
    assert (found.kind, found.lag, found.safety) == (DependencyKind.WAIT, Lag.NONE, Safety.HELD)
    assert found.confidence > 0.85
    assert found.evidence[1].says == "waits for /d/x/in-*.csv"


def test_a_file_that_is_removed_after_use_is_this_cycles_too():
    """The waiting job takes the file away, so the last one cannot end the wait."""
    [found] = pair("/d/x/in.csv", deletes=["/d/x/in.csv"]).graph().dependencies
    assert (found.lag, found.safety) == (Lag.NONE, Safety.HELD)


def test_who_starts_first_and_waits_uses_this_cycles_run():
    """The waiting job starts an hour early: what it waits for is tonight's."""
    world = World().add("w", "0 2 * * *", writes=["/d/x/in-*.csv"])
    assert world.add("r", "0 1 * * *", waits=[waiting("/d/x/in-*.csv")]).edges() == {("w", "r"): "none"}


def test_a_file_that_stays_may_be_the_last_cycles():
    """Nobody removes it: tonight's wait can be over at once, with yesterday's file."""
    [found] = pair("/d/x/in.csv").graph().dependencies
    assert (found.lag, found.safety) == (Lag.PREVIOUS_RUN, Safety.RACE)


def test_an_object_may_be_waited_for_on_any_host():
    """S3 is one store for all."""
    world = World().add("w", "0 1 * * *", writes=["s3://lake/in/_SUCCESS"], host="a")
    world.add("r", "0 2 * * *", waits=[waiting("s3://lake/in/_SUCCESS", WaitKind.OBJECT)], host="b")
    assert [found.kind for found in world.graph().dependencies] == [DependencyKind.WAIT]


def test_silent_for_other_waits():
    """A pause, a service, a foreign place and one's own file tie nobody."""
    world = World().add("w", "0 1 * * *", writes=["/d/x/in.csv"])
    world.add("a", waits=[waiting("300", WaitKind.TIME), waiting("db:5432", WaitKind.SERVICE), waiting("/d/y/z.csv")])
    world.add("b", writes=["/d/x/own.csv"], waits=[waiting("/d/x/own.csv")])
    assert not world.edges()
    assert not world.ties()
