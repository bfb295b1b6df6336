"""Order in a directed graph."""

from itertools import pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.graph.order import acyclic, cycles, levels, reduced, strong_components

NODES = [f"n{number}" for number in range(8)]
EDGES = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda e: e[0] != e[1]), max_size=24)
FORWARD = EDGES.map(lambda edges: {(min(e), max(e)) for e in edges})


@settings(max_examples=200, deadline=None)
@given(FORWARD)
def test_reduction_is_networkx_own(edges):
    """Reachability is kept and no edge is left that others imply."""
    assert set(reduced(edges)) == set(nx.transitive_reduction(nx.DiGraph(edges)).edges)


@settings(max_examples=200, deadline=None)
@given(FORWARD)
def test_levels_are_longest_chains(edges):
    """The deepest level is the longest path."""
    level = levels(NODES, edges)
    assert max(level.values()) == nx.dag_longest_path_length(nx.DiGraph(edges)) if edges else set(level.values()) == {0}
    assert all(level[a] < level[b] for a, b in edges)


@settings(max_examples=200, deadline=None)
@given(EDGES, EDGES)
def test_what_is_kept_is_acyclic_and_loses_only_loops(firm, loose):
    """The edges that stand have an order; a firm edge that is left out lies on a cycle of firm ones."""
    kept = set(acyclic(NODES, firm, loose))
    assert nx.is_directed_acyclic_graph(nx.DiGraph(kept))
    group = strong_components(NODES, firm)
    assert all(group[a] == group[b] for a, b in firm - kept)
    assert kept <= firm | loose


@settings(max_examples=200, deadline=None)
@given(EDGES)
def test_every_knot_has_a_cycle_and_every_cycle_is_one(edges):
    """Each walk is closed, starts at its smallest node, and breaking all of them leaves no cycle."""
    found = cycles(edges)
    for walk in found:
        assert walk[0] == min(walk)
        assert all(edge in edges for edge in zip(walk, (*walk[1:], walk[0]), strict=True))
    left = [edge for edge in edges if not {walk[0] for walk in found} & set(edge)]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(left))


def test_a_long_chain_and_a_long_ring_are_no_trouble():
    """10,000 nodes: no recursion, no square."""
    nodes = [f"n{number:05}" for number in range(10_000)]
    chain = list(pairwise(nodes))
    assert len(reduced(chain)) == 9_999
    assert levels(nodes, chain)[nodes[-1]] == 9_999
    assert cycles([*chain, (nodes[-1], nodes[0])]) == (tuple(nodes),)
    assert cycles(chain) == ()
