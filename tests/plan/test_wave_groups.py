"""Groups of clusters that move together, and their order."""

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Target
from migrator.plan.wave_groups import groups_of, rings
from tests.report.plans import cluster, tied

NAMES = [f"n{number}" for number in range(8)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20)


@settings(max_examples=150)
@given(EDGES)
def test_rings_are_those_that_networkx_finds(edges):
    """Another program's strongly connected components."""
    follow = {name: [b for a, b in edges if a == name] for name in NAMES}
    graph = nx.DiGraph(edges)
    graph.add_nodes_from(NAMES)
    found = rings(NAMES, follow)
    wanted = {name: min(ring) for ring in nx.strongly_connected_components(graph) for name in ring}
    assert found == wanted


def test_a_long_line_needs_no_recursion():
    """Five thousand names, one after the other, then closed to a ring."""
    names = [f"{number:05}" for number in range(5000)]
    follow = {name: [names[(number + 1) % 5000]] for number, name in enumerate(names)}
    assert set(rings(names, follow).values()) == {"00000"}
    assert len(set(rings(names, {**follow, names[-1]: []}).values())) == 5000


def test_ties_make_groups_and_orders():
    """A lock joins; a doubtful dependency parts waves; a backup only follows; a ring is one group; a hub is nothing."""
    clusters = [cluster(name, [name], Target.EVENTBRIDGE) for name in "abcdef"]
    ties = [
        tied("a", "b", "lock"),
        tied("b", "c", "doubtful"),
        tied("c", "d", "backup"),
        tied("e", "f", "doubtful"),
        tied("f", "e", "doubtful"),
        tied("a", "f", "hub"),
        tied("a", "elsewhere", "lock"),
    ]
    groups = groups_of(clusters, ties)
    assert {name: [one.jobs[0] for one in found] for name, found in groups.members.items()} == {
        "c-a": ["a", "b"],
        "c-c": ["c"],
        "c-d": ["d"],
        "c-e": ["e", "f"],
    }
    assert groups.before == {"c-c": {"c-a": 1}, "c-d": {"c-c": 0}}
