"""Texts found by what they begin or end with."""

from hypothesis import given
from hypothesis import strategies as st

from migrator.graph.ends import Ends
from migrator.graph.patterns import parts_meet

PARTS = st.lists(st.text("ab*", min_size=1, max_size=5), max_size=12, unique=True)


@given(PARTS, st.text("ab*", min_size=1, max_size=5))
def test_no_text_that_meets_is_left_out(parts, asked):
    """What two names have in common is found from either end."""
    starred = [part for part in parts if "*" in part]
    found = list(Ends(starred).alike(asked))
    assert len(found) == len(set(found))
    assert {part for part in starred if parts_meet(asked, part)} <= set(found)
    plain = [part for part in parts if "*" not in part]
    if "*" in asked:
        assert {part for part in plain if parts_meet(asked, part)} <= set(Ends(plain).longer(asked))


def test_the_end_that_tells_more_is_used():
    """Of a thousand names with one beginning a pattern is asked for by its end, and the other way round."""
    assert list(Ends([f"orders-{n}.csv" for n in range(1000)]).longer("orders-*7.csv")) == [
        f"orders-{n}.csv" for n in sorted((n for n in range(1000) if n % 10 == 7), key=lambda n: f"{n}"[::-1])
    ]
    assert list(Ends([f"{n}-orders.csv" for n in range(1000)]).longer("77*s.csv")) == [
        "77-orders.csv",
        *(f"77{n}-orders.csv" for n in range(10)),
    ]
