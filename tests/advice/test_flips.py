"""What would change an answer, found by trying, and what was tried in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from migrator.advice import Case
from migrator.advice.variants import ENGINEERS, HOURS, TIGHT, TRIED, UNWEIGHED
from migrator.graph.types import DependencyKind
from migrator.model import Declared, Range, Target
from tests.advice.build import answer, asked, case, depends, facts, fan, job, line, lone
from tests.advice.changes import doubtful, unsure, with_change

MEASURED = {"engineers": 2, "hourly_cost": 120, "upkeep_hours": {"self_hosted": 12, "managed": 2}}


def keys(of: Case, **tables: object) -> dict[tuple[str, str], Target]:
    """Give the flips by setting and value."""
    return {(flip.key, flip.value): flip.to for flip in answer(of, **tables).flips}


@pytest.mark.parametrize(
    ("of", "team", "expected"),
    [
        (fan(25), {}, {(ENGINEERS, "2"): Target.AIRFLOW, (ENGINEERS, "3"): Target.MWAA}),
        (fan(8), {}, {(ENGINEERS, "2"): Target.AIRFLOW, (TIGHT, "true"): Target.AIRFLOW}),
        (fan(25), {"engineers": 6}, {("team.existing", '"airflow"'): Target.AIRFLOW, (HOURS, "0"): Target.AIRFLOW}),
        (fan(25), {"existing": "mwaa"}, {("team.existing", '"airflow"'): Target.AIRFLOW}),
        (fan(8), {"existing": "mwaa", "engineers": 2}, {("team.existing", '"none"'): Target.AIRFLOW}),
        (fan(8), MEASURED, {("team.hourly_cost", "9"): Target.AIRFLOW}),
        (fan(8), MEASURED, {("team.upkeep_hours.managed", "12"): Target.AIRFLOW}),
        (line(5), {}, {("team.needs", '["backfill"]'): Target.AIRFLOW}),
        (line(5), {"engineers": 2, "needs": ["backfill"]}, {("team.needs", "[]"): Target.STEP_FUNCTIONS}),
    ],
)  # fmt: skip
def test_flips_of_settings(of: Case, team: dict[str, object], expected: dict[tuple[str, str], Target]):
    """Engineers, budget, hours, the cost of an hour, hours that remain, what runs already, a need: each both ways."""
    found = keys(of, team=team)
    assert expected.items() <= found.items(), found


def test_engineers_of_an_isolation_group():
    """Counted by owner, the owner's number is what to change; for the other group it changes nothing, and is named."""
    tables = {"isolation": [["pay"], ["web"]], "team": {"owners": {"pay": 2, "web": 4}}}
    cases = [fan(22, name="a", owner="pay"), fan(22, name="b", owner="web")]
    pay, web = asked(*cases, **tables).recommendations
    [flip] = [flip for flip in pay.flips if flip.key == 'team.owners."pay"']
    assert (flip.value, flip.to) == ("3", Target.MWAA)
    found = asked(*cases, **with_change(tables, flip.key, flip.value))
    assert [item.target for item in found.recommendations] == [Target.MWAA, Target.MWAA]
    assert 'the engineers of "pay"' in web.unmoved


def test_flips_that_leave_the_answer_open_say_so():
    """A need moves a line of five to Airflow; which kind is then open while nobody said who runs it."""
    [flip] = {flip for flip in answer(line(5)).flips if flip.value == '["shared-ui"]'}
    assert (flip.to, flip.undecided) == (Target.AIRFLOW, True)


def test_tie_denied():
    """Without its middle tie a line of six parts into two lines of three: Step Functions each."""
    of = unsure(line(6), 2)
    [flip] = [flip for flip in answer(of, team={"engineers": 2}).flips if flip.key == "dependencies.deny"]
    assert (flip.to, len(flip.jobs)) == (Target.STEP_FUNCTIONS, 6)
    assert flip.when == "if c1j003.sh does not need c1j002.sh"
    told = with_change({}, flip.key, flip.value)
    assert told == {"dependencies": {"deny": [{"upstream": "c1j002", "downstream": "c1j003", "why": "…"}]}}


def test_tie_denied_keeps_what_is_denied_already():
    """The value is the whole list, so that it can be put in place of the one that is there."""
    said = {"deny": [{"upstream": "x", "downstream": 'y "z"', "why": "seen\x7f"}]}
    flips = answer(unsure(line(6), 2), team={"engineers": 2}, dependencies=said).flips
    [flip] = [flip for flip in flips if flip.key == "dependencies.deny"]
    told = with_change({}, flip.key, flip.value)["dependencies"]
    assert isinstance(told, dict)
    assert told["deny"][0] == said["deny"][0]
    assert len(told["deny"]) == 2


def test_tie_affirmed():
    """Two lone jobs that would be two steps in order; said of both clusters."""
    cases = [lone("a", cluster="a"), lone("b", cluster="b")]
    cases = [replace(of, relations=(doubtful("a", "b"),)) for of in cases]
    for found in asked(*cases).recommendations:
        [flip] = found.flips
        assert (flip.to, flip.key, flip.jobs) == (Target.STEP_FUNCTIONS, "dependencies.add", (found.cluster,))
        assert flip.when == "if b.sh needs a.sh"


def test_tie_in_one_minute():
    """What is declared comes first even in one minute; what starts later in the cycle is of the run before."""
    cases = [lone("a", cluster="a"), lone("b", cluster="b")]
    assert answer(replace(cases[0], relations=(doubtful("a", "b"),)), cases[1]).flips


def test_tie_that_changes_nothing_is_no_flip():
    """A third of a line tied to the first once more, or a tie to a job that stays on its host."""
    of = line(3)
    first, *_, last = of.cluster.jobs
    assert answer(replace(of, relations=(doubtful(first, last),))).flips == ()
    assert answer(unsure(of, 0, 0.9)).flips == ()


def test_ties_of_pinned_clusters_are_not_tried():
    """The user has decided; only a pin by the cluster's own name could be lost by it."""
    of = unsure(line(6), 2)
    assert answer(of, targets={"c1": "retain"}).flips == ()


def test_tie_that_grows_an_environment_moves_its_neighbours():
    """Nineteen jobs and one more: with twenty the shared environment is MWAA's, for every cluster in it."""
    big, small = fan(12, name="big"), fan(7, name="small")
    single = lone("x", cluster="x")
    tie = doubtful(small.cluster.jobs[-1], "x")
    cases = [big, replace(small, relations=(tie,)), single]
    found = asked(*cases, team={"engineers": 5})
    [flip] = [flip for flip in found.flips if flip.key == "dependencies.add"]
    assert {(one.before, one.after): one.jobs for one in flip.shifts} == {
        (Target.AIRFLOW, Target.MWAA): 19,
        (Target.EVENTBRIDGE, Target.MWAA): 1,
    }


def test_portfolio_flips_count_all_jobs():
    """One change, and all clusters that it moves; the farthest-reaching first."""
    found = asked(fan(25, name="a"), fan(8, name="b"), line(5, name="c"), team={"engineers": 4}).flips
    assert [flip.jobs for flip in found] == sorted((flip.jobs for flip in found), reverse=True)
    tight = next(flip for flip in found if flip.key == TIGHT)
    assert [(one.before, one.after, one.jobs) for one in tight.shifts] == [(Target.MWAA, Target.AIRFLOW, 33)]


def test_what_was_tried_in_vain_is_said():
    """A line of five in its own band does not care for people; nothing at all cares for runs and durations."""
    said = answer(line(5)).unmoved
    assert {TRIED[ENGINEERS], TRIED[TIGHT], TRIED[HOURS]} <= set(said)
    assert said[-2:] == UNWEIGHED
    assert answer(lone()).unmoved == ()


SHAPES = st.one_of(
    st.builds(lambda n: line(n, service="glue"), st.integers(1, 8)),
    st.builds(line, st.integers(1, 8)),
    st.builds(fan, st.integers(2, 26)),
)


@examples(max_examples=25, deadline=None)
@given(SHAPES, st.sampled_from([None, 1, 30, 40_000]), st.sampled_from([None, "1s", "20m", "30h"]))
def test_runs_and_durations_move_no_target(of: Case, runs: int | None, duration: str | None):
    """Whatever is said of them, the target and its being open are the same: that is what the report says."""
    rate = None if runs is None else Range(Decimal(runs), Decimal(runs))
    flows = tuple(replace(flow, runs_per_month=rate) for flow in of.workflows)
    jobs = {name: {"duration": duration} for name in of.cluster.jobs} if duration else {}
    before, after = answer(of), answer(replace(of, workflows=flows), jobs=jobs)
    assert (before.target, before.undecided is None) == (after.target, after.undecided is None)


@examples(max_examples=25, deadline=None)
@given(st.lists(SHAPES, min_size=1, max_size=4))
def test_with_nothing_stated_people_money_and_hours_are_told(shapes: Sequence[Case]):
    """No target of five units or more without what each of them would change, or that it changes nothing."""
    cases = [_renamed(of, f"k{number}") for number, of in enumerate(shapes)]
    for found, of in zip(asked(*cases).recommendations, cases, strict=True):
        if of.cluster.metrics.units < 5:
            continue
        moving = {flip.key for flip in found.flips}
        for key in (ENGINEERS, TIGHT, HOURS):
            assert key in moving or TRIED[key] in found.unmoved
        if found.target in {Target.AIRFLOW, Target.MWAA}:
            assert HOURS in moving
        if found.undecided is not None:
            assert {ENGINEERS, TIGHT, HOURS} <= moving


def _renamed(of: Case, name: str) -> Case:
    """Make the same case of other jobs."""
    names = {old: f"{name}-{old}" for old in of.cluster.jobs}
    jobs = [replace(item, id=names[item.id], title=f"{names[item.id]}.sh") for item in of.jobs]  # type: ignore[arg-type]
    members = [(item, replace(of.facts[old], job=item.id)) for item, old in zip(jobs, of.cluster.jobs, strict=True)]
    by_id = {item.id: item for item in jobs}
    ties = [
        depends(by_id[names[tie.upstream]], by_id[names[tie.downstream]])  # type: ignore[index]
        for tie in of.cluster.dependencies
    ]
    return case(*members, ties=ties, name=name)


def test_kin_are_tried_as_one_of_them():
    """Copies of a script that need nothing of each other: a doubtful tie makes two of them a chain, the third stays."""
    copies = [job(f"k{number}") for number in range(3)]
    members = [(item, facts(item)) for item in copies]
    of = case(*members, name="kin")
    assert of.cluster.kin
    found = answer(replace(of, relations=(doubtful("k0", "k1"),)))
    assert found.target is Target.EVENTBRIDGE
    [flip] = found.flips
    assert (flip.to, flip.jobs) == (Target.STEP_FUNCTIONS, ("k0", "k1"))


def test_declared_ties_are_no_doubt():
    """What a person wrote down is not tried the other way, whatever it is believed."""
    of = unsure(line(6), 2)
    declared = tuple(replace(tie, kind=DependencyKind.DECLARED) for tie in of.cluster.dependencies)
    assert "dependencies.deny" in {flip.key for flip in answer(of).flips}
    of = replace(of, cluster=replace(of.cluster, dependencies=declared))
    assert "dependencies.deny" not in {flip.key for flip in answer(of).flips}


def test_stated_backfill_of_jobs_stays():
    """A need that the manifest states is there whatever the team's needs are."""
    of = line(5)
    of = replace(of, jobs=tuple(replace(item, declared=Declared(backfill=True)) for item in of.jobs))
    assert "team.needs" not in {flip.key for flip in answer(of, team={"engineers": 2}).flips}
