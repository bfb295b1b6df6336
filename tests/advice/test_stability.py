"""How far the answers hold over a hundred worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from migrator.advice import Case, advise
from migrator.advice.money import price_gap
from migrator.advice.types import Advice, Stability
from migrator.advice.worlds import WORLDS, open_settings, settings_of_worlds, spread
from migrator.model import Range, Target
from migrator.settings import Settings
from tests.advice.build import PRICES, asked, fan, line, lone, settings
from tests.advice.changes import doubtful, unsure

STATED = {
    "engineers": 4,
    "cost_sensitive": False,
    "existing": "none",
    "needs": [],
    "hourly_cost": 90,
    "upkeep_hours": {"self_hosted": 12, "managed": 2},
}


def stability(found: Advice) -> Stability:
    """Give the portfolio's stability."""
    assert found.stability is not None
    return found.stability


def worlds(found: Advice) -> dict[str, dict[Target, int]]:
    """Give the counts by cluster."""
    return {item.cluster: dict(item.worlds) for item in found.recommendations}


def pair(confidence: float) -> list[Case]:
    """Make two lone jobs with a doubtful tie between them."""
    return [replace(lone("a", cluster="a"), relations=(doubtful("a", "b", confidence),)), lone("b", cluster="b")]


@examples(max_examples=40, deadline=None)
@given(st.text(max_size=20), st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_each_value_has_its_share(name: str, cuts: list[int]):
    """Every world has one value, each value exactly its share, and the same name gives the same worlds."""
    edges = [0, *sorted(cuts), WORLDS]
    shares = [high - low for low, high in pairwise(edges)]
    found = spread(name, shares)
    assert [found.count(index) for index in range(len(shares))] == shares
    assert found == spread(name, shares)


def test_points_are_mixed():
    """Two points of two values meet in all four ways, each in about a quarter of the worlds."""
    met = Counter(zip(spread("one", (50, 50)), spread("other", (50, 50)), strict=True))
    assert set(met.values()) <= set(range(15, 36))


def test_what_is_stated_has_one_world():
    """With all settings stated and no doubtful tie nothing is open, and every answer holds."""
    found = asked(fan(25), line(3, name="c2"), team=STATED)
    assert stability(found) == Stability(WORLDS, 28, 28, 1.0, 0, 0, ())
    assert worlds(found) == {"c1": {Target.MWAA: 100}, "c2": {Target.STEP_FUNCTIONS: 100}}


def test_open_settings_by_what_is_stated():
    """Only what can move a target: an hour's cost and the hours that remain matter where hours were measured."""
    gaps = [gap for gap in [price_gap(1, PRICES)] if gap is not None]
    nothing = {point.key.removeprefix("team.") for point in open_settings(settings(), gaps)}
    assert nothing == {"engineers", "cost_sensitive", "existing", "needs", "upkeep_hours.self_hosted"}
    measured = settings(team={"upkeep_hours": {"self_hosted": 12}, "owners": {"a": 3}, "needs": []})
    assert {point.key for point in open_settings(measured, gaps)} == {
        "team.cost_sensitive",
        "team.existing",
        "team.hourly_cost",
        "team.upkeep_hours.managed",
    }
    for point in open_settings(settings(), gaps):
        assert sum(share for share, _ in point.values) == WORLDS


@pytest.mark.parametrize("confidence", [0.35, 0.5, 0.59])
def test_a_tie_is_real_as_often_as_its_confidence_says(confidence: float):
    """Two lone jobs are a chain in as many worlds."""
    real = round(confidence * 100)
    for counts in worlds(asked(*pair(confidence))).values():
        assert counts == {Target.EVENTBRIDGE: 100 - real, Target.STEP_FUNCTIONS: real}


def test_a_taken_tie_may_be_denied():
    """The middle of a line of six, real in 65 of 100: elsewhere two lines of three on Step Functions."""
    found = asked(unsure(line(6), 2), team={**STATED, "engineers": 2})
    assert worlds(found) == {"c1": {Target.MWAA: 65, Target.STEP_FUNCTIONS: 35}}
    whole = stability(found)
    assert (whole.jobs, whole.firm, whole.ties, round(whole.part, 2)) == (6, 0, 1, 0.65)


def test_parted_in_halves_does_not_count_as_kept():
    """A pair parts into two lone jobs; a line of seven loses its last job, and most of it stays what it is."""
    parted = asked(unsure(line(2), 0), team=STATED)
    assert worlds(parted) == {"c1": {Target.STEP_FUNCTIONS: 65, Target.EVENTBRIDGE: 35}}
    longer = asked(unsure(line(8), 6), team=STATED)
    assert worlds(longer) == {"c1": {Target.MWAA: 100}}
    assert stability(longer).firm == 7


def test_unstated_settings_move_what_they_can():
    """One DAG of 25 jobs with nothing stated goes both ways; a chain of three goes one."""
    found = asked(fan(25), line(3, name="c2"))
    counts = worlds(found)
    assert counts["c2"] == {Target.STEP_FUNCTIONS: 100}
    assert counts["c1"].keys() == {Target.AIRFLOW, Target.MWAA}
    assert sum(counts["c1"].values()) == WORLDS
    assert stability(found).firm == 3


def test_pinned_clusters_and_tied_jobs_are_firm():
    """The user has decided, the host has too."""
    found = asked(fan(25), unsure(line(4, name="c2"), 1), targets={"c1": "mwaa", "c2": "retain"})
    assert worlds(found) == {"c1": {Target.MWAA: 100}, "c2": {Target.RETAIN: 100}}
    assert stability(found).firm == 29


def test_the_best_questions_and_what_they_settle():
    """Those that settle most together, each of which is asked; their jobs are counted once."""
    cases = [fan(25, name="big"), *pair(0.5)]
    found = asked(*cases)
    whole = stability(found)
    asked_for = {question.id: question for question in found.questions}
    assert set(whole.questions) <= asked_for.keys()
    assert "depends-a-b" in whole.questions
    assert whole.settled == 27
    assert asked_for["depends-a-b"].jobs == 2


def test_questions_are_ranked_by_the_jobs_they_settle():
    """What settles a target comes first, of both what settles most; and each question says how many."""
    found = asked(fan(25, name="big"), *pair(0.5), line(3, name="c2"))
    ranks = [(not question.moves, -question.jobs) for question in found.questions]
    assert ranks == sorted(ranks)
    assert all(question.jobs for question in found.questions)


def test_stability_does_not_depend_on_order():
    """The same cases in another order give the same answers."""
    cases = [fan(25, name="big"), *pair(0.45), unsure(line(6), 2)]
    assert asked(*cases) == asked(*reversed(cases))


def test_worlds_are_what_advice_says_in_them():
    """Each world's settings, given as settings, lead to the target that was counted."""
    cases: Sequence[Case] = [fan(25, name="a"), fan(8, name="b"), line(5, name="c"), line(7, name="d", service="glue")]
    found = worlds(asked(*cases))
    gap = price_gap(1, PRICES)
    assert gap is not None
    counted: dict[str, Counter[Target]] = {name: Counter() for name in found}
    for said in settings_of_worlds(Settings(), _gaps(cases, gap)):
        for item in advise(cases, said, PRICES).recommendations:
            counted[item.cluster][item.target] += 1
    assert {name: dict(counts) for name, counts in counted.items()} == found


def _gaps(cases: Sequence[Case], first: Range) -> list[Range]:
    """Give the price gaps of the environment that the cases share, and of a first one."""
    dags = sum(len(of.workflows) for of in cases[:2])
    shared = price_gap(dags, PRICES)
    return [first] if shared is None or shared == first else sorted([first, shared], key=lambda gap: gap.low)


def test_an_environment_grows_with_a_tie():
    """Nineteen jobs are twenty where a doubtful tie is real: the whole environment is counted as MWAA there."""
    big, small = fan(12, name="big"), fan(7, name="small")
    tie = doubtful(small.cluster.jobs[-1], "x", 0.4)
    team = {"engineers": 5, "cost_sensitive": False, "existing": "none", "needs": [], "hourly_cost": Decimal(90)}
    cases = [big, replace(small, relations=(tie,)), lone("x", cluster="x")]
    counts = worlds(asked(*cases, team={**team, "upkeep_hours": {"self_hosted": 2}}))
    assert counts["big"][Target.MWAA] >= 40
    assert counts["x"][Target.EVENTBRIDGE] == 60
