"""Files of one name in two folders of a project."""

import pytest

from migrator.graph import DependencyKind
from tests.graph.world import World


def pair(written: str, read: str, second: str = "5 2 * * *", **more: object) -> World:
    """Make a job that writes a file and one that reads another."""
    return World().add("w", "0 2 * * *", writes=[written]).add("r", second, reads=[read], **more)  # type: ignore[arg-type]


def test_an_unusual_name_and_a_short_gap():
    """The writer runs one folder above the one where the reader looks: meant, and wrong today."""
    [found] = pair("/srv/app/live_state.json", "/srv/app/src/live_state.json").graph().dependencies
    assert (found.kind, found.confidence) == (DependencyKind.MEANT, 0.6)
    assert found.basis == ("namesakes", "gaps")
    assert "not the one in /srv/app/src" in found.evidence[0].says


def test_without_a_gap_it_is_doubtful():
    """Ten hours later nothing but the name speaks for it."""
    world = pair("/srv/app/live_state.json", "/srv/app/src/live_state.json", "0 12 * * *")
    assert world.ties() == [("w", "r", "doubtful")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/srv/app/data.json", "/srv/app/src/data.json"),  # a name that everybody uses
        ("/srv/app/config_local.json", "/srv/app/src/config_local.json"),
        ("/srv/app/requirements.txt", "/srv/app/src/requirements.txt"),
        ("/srv/app/livestate", "/srv/app/src/livestate"),
        ("/srv/app/live_state-*.json", "/srv/app/src/live_state-*.json"),
        ("/srv/app/live_state.json", "/srv/shop/live_state.json"),  # another project
        ("/live_state.json", "/srv/live_state.json"),
        ("/home/ann/live_state.json", "/home/ann/x/live_state.json"),  # a home is no project
    ],
)
def test_silent_for_common_names_and_other_projects(written, read):
    """What is common, varies or lies elsewhere is nobody's mistake."""
    assert not pair(written, read).edges()
    assert not pair(written, read).ties()


def test_silent_where_somebody_writes_what_is_read():
    """Then that file is meant."""
    world = pair("/srv/app/live_state.json", "/srv/app/src/live_state.json")
    world.add("x", "1 2 * * *", writes=["/srv/app/src/live_state.json"])
    assert world.edges() == {("x", "r"): "none"}


def test_silent_on_another_host():
    """A name of another host says nothing."""
    world = World().add("w", "0 2 * * *", writes=["/srv/app/live_state.json"], host="a")
    assert not world.add("r", "5 2 * * *", reads=["/srv/app/src/live_state.json"], host="b").ties()
