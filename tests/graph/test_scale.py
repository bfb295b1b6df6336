"""Many jobs at one place: a hub, and no pairs; a long chain: one tie a link."""

from dataclasses import replace

import pytest

from migrator.model import Evidence, Origin
from tests.graph.world import World

MANY = 5000


def world(count: int = MANY, **places: str) -> World:
    """Make jobs at different minutes; `{n}` in a place is the job's number, `{m}` the one before."""
    made = World()
    for n in range(count):
        found = {key: [place.format(n=n, m=n - 1)] for key, place in places.items()}
        made.add(f"j{n:05}", f"{n % 60} {n // 60 % 24} * * *", **found)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize(
    "places",
    [
        {"reads": "/d/x/o", "writes": "/d/x/o"},
        {"reads": "/d/x/", "writes": "/d/x/{n}.csv"},
        {"reads": "table:dw.orders", "writes": "table:dw.orders"},
    ],
)
def test_a_place_that_thousands_touch_is_a_hub(places):
    """It is named once, with all its jobs; a handful of ties through it are examples."""
    graph = world(**places).graph()
    assert not graph.dependencies
    assert len(graph.relations) < 300
    assert max(len(hub.jobs) for hub in graph.hubs) > 300


def test_patterns_that_all_meet_make_few_ties():
    """Two thousand readers of `*N.csv` and as many writers of `oN-*.csv`: every name may be every other."""
    graph = world(2000, reads="/d/x/*{n}.csv", writes="/d/x/o{n}-*.csv").graph()
    assert not graph.dependencies
    assert len(graph.relations) < 300


def test_a_chain_of_ten_thousand_has_a_tie_a_link():
    """Nothing is left out, and nothing is tied twice."""
    graph = world(10_000, reads="/d/x/o{m}.csv", writes="/d/x/o{n}.csv").graph()
    assert len(graph.dependencies) == 9_999
    assert not graph.relations
    assert not graph.cycles


def test_thousands_of_comments_are_read_once_each():
    """Each names the job before by its script; words that all jobs have name none."""
    made = world(2000)
    for n, job in enumerate(made.jobs):
        said = (Evidence(Origin("crontab", n + 1), f"# after import_{n - 1}.sh"),)
        made.jobs[n] = replace(job, command=f"/opt/import_{n}.sh", comments=said)
    assert len(made.graph().dependencies) == 1999
    for n, job in enumerate(made.jobs):
        said = (Evidence(Origin("crontab", n + 1), "# after the import of everything"),)
        made.jobs[n] = replace(job, comments=said)
    assert not made.ties()
