"""Files that are made to be seen."""

import pytest

from migrator.graph import DependencyKind, Safety
from tests.graph.world import World


def pair(name: str, makes: str, looks: str, deletes: tuple[str, ...] = ()) -> World:
    """Make a job that leaves a file and one that has to do with it."""
    world = World().add("w", "0 1 * * *", writes=[name], text=f"{makes} {name}")
    return world.add("r", "30 1 * * *", reads=[name], deletes=deletes, text=f"{looks} {name}")


@pytest.mark.parametrize(
    ("name", "makes", "looks"),
    [
        ("/d/x/load.done", "date >", "test -f"),
        ("/d/x/_SUCCESS", "touch", "[ -e"),
        ("/d/x/orders-ready", "echo 1 >", "[[ -s"),
        ("/d/x/anything", "touch", "if [ -f"),
        ("s3://lake/raw/dt=*/_SUCCESS", "aws s3 cp -", "aws s3 ls"),
    ],
)
def test_a_marker_is_surer_than_a_file_and_holds_the_order(name, makes, looks):
    """Its one use is to say that something is done."""
    [found] = pair(name, makes, looks, (name,)).graph().dependencies
    assert (found.kind, found.basis, found.safety) == (DependencyKind.MARKER, ("markers",), Safety.HELD)
    assert found.confidence >= 0.85
    assert "marker" in found.timing


@pytest.mark.parametrize(
    ("name", "makes", "looks"),
    [
        ("/d/x/orders.csv", "extract >", "[ -f"),  # a file with content that somebody looks for
        ("/d/x/load.done", "extract >", "cat"),  # called done, read for its content
        ("/d/x/flagship.csv", "extract >", "[ -f"),
    ],
)
def test_other_files_are_files(name, makes, looks):
    """A name or a look alone makes no marker; the flow of data stands."""
    [found] = pair(name, makes, looks).graph().dependencies
    assert (found.kind, found.safety) == (DependencyKind.FILE, Safety.HOPED)


def test_a_marker_that_stays_holds_nothing_back():
    """Yesterday's marker is still there; one with a date is another every day."""
    assert [found.safety for found in pair("/d/x/load.done", "touch", "test -f").graph().dependencies] == [Safety.HOPED]
    assert [found.safety for found in pair("/d/x/*.done", "touch", "test -f").graph().dependencies] == [Safety.HELD]


def test_a_marker_for_oneself_says_nothing():
    """A job that notes that it has run today, and looks for its own note."""
    world = World().add("a", "*/5 * * * *", writes=["/d/x/a.done"], reads=["/d/x/a.done"], text="[ -f /d/x/a.done ]")
    graph = world.add("b").graph()
    assert (graph.dependencies, graph.relations) == ((), ())


def test_a_marker_of_another_name_is_another():
    """`/tmp/sent$MONTH.flag` may well be `/tmp/sentry.flag` letter by letter, and is not."""
    world = World().add("w", "0 1 * * *", writes=["/tmp/sentry.flag"], text="touch /tmp/sentry.flag")
    world.add("r", "30 1 * * *", reads=["/tmp/sent*.flag"], text="[ ! -f /tmp/sent$MONTH.flag ]")
    assert not world.graph().dependencies
