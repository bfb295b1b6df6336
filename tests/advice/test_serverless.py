"""MWAA Serverless beside an Airflow: offered where something would work there, with what would not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from migrator.advice import Case
from migrator.advice.types import Advice
from migrator.model import Declared, Range, Target
from migrator.workflows.types import After
from tests.advice.build import answer, asked, case, changed, clock, depends, facts, fan, job, step

SMALL_TEAM = {"engineers": 2}


def taking(of: Case, *seconds: int) -> Case:
    """Say how long each job takes, from and to the next two numbers."""
    ranges = [Range(Decimal(low), Decimal(high)) for low, high in zip(seconds[::2], seconds[1::2], strict=True)]
    told = zip(of.jobs, ranges, strict=False)
    known = {item.id: replace(item, declared=Declared(duration=each)) for item, each in told}
    return replace(of, jobs=tuple(known.get(item.id, item) for item in of.jobs))


def note(of: Case, **tables: object) -> str:
    """Give the cluster's word on it, empty where it has none."""
    found = answer(of, team=SMALL_TEAM, **tables).notes
    return next((text for text in found if "MWAA Serverless" in text), "")


def offered(found: Advice) -> str:
    """Give the portfolio's word on it, empty where it is not offered."""
    return next((item.why_not for item in found.alternatives if "Serverless" in item.name), "")


def test_names_the_jobs_that_run_too_long():
    """The limit of a task is an hour: who exceeds it is named, the others are not."""
    of = taking(fan(6), 60, 4000, 4000, 7000, *[60, 60] * 4)
    assert note(of).endswith(
        "; it ends a task after 60 minutes, too soon for c1j000.sh (up to 66.7 min), c1j001.sh (up to 117 min)"
    )
    assert "c1j000.sh (up to 66.7 min)" in offered(asked(of, team=SMALL_TEAM))


def test_many_long_jobs_are_counted():
    """Three by name, the rest by number."""
    assert "c1j002.sh (up to 83.3 min) and 1 more" in note(taking(fan(6), *[60, 5000] * 4, *[60, 60] * 2))


def test_silent_where_all_that_is_known_fits():
    """Every duration stated and short: nothing is beyond it, and the note says so."""
    of = taking(fan(6), *[60, 3600] * 6)
    assert note(of).endswith("; nothing here is known to be beyond its limits (60 minutes a task)")


def test_unknown_durations_are_no_fit():
    """What nobody measured may be too long."""
    assert "how long 6 jobs take is not known: beyond 60 minutes it would end them" in note(fan(6))
    assert "how long 1 job takes is not known: beyond 60 minutes it would end it" in note(taking(fan(6), *[60, 60] * 5))


def test_not_offered_where_nothing_would_work():
    """Every task takes longer than an hour, always: neither the cluster nor the portfolio offers it."""
    of = taking(fan(6), *[3700, 9000] * 6)
    assert note(of) == ""
    assert offered(asked(of, team=SMALL_TEAM)) == ""
    assert offered(asked(of, taking(fan(6, name="z"), *[60, 60] * 6), team=SMALL_TEAM))


def test_a_job_of_several_units_could_be_taken_apart():
    """Its hours are those of all its units together."""
    jobs = [job(f"j{n}") for n in range(3)]
    members = [(item, facts(item, [step("a"), step("b")], None)) for item in jobs]
    ties = [depends(jobs[0], jobs[2]), depends(jobs[1], jobs[2])]
    assert "too soon for j0.sh" in note(taking(case(*members, ties=ties), *[3700, 9000] * 3))


def test_what_it_ignores_is_named_where_it_matters():
    """Handlers of a failure, catch-up, and both day fields."""
    of = taking(fan(6, schedule=clock("0 1 1 * 1")), *[60, 60] * 6)
    assert "it takes the day of the month or of the week, not both: c1j000.sh, c1j001.sh, c1j002.sh and 3 more" in note(
        of
    )
    assert "catch-up" not in note(of)
    assert "it ignores catch-up" in answer(of, team=SMALL_TEAM | {"needs": ["backfill"]}).notes[-1]
    [flow] = of.workflows
    handling = replace(flow, order=(*flow.order[:-1], replace(flow.order[-1], after=After.FAILURE)))
    assert "it ignores trigger rules, which what follows a failure needs: c1 title" in note(
        replace(of, workflows=(handling,))
    )


def test_more_workflows_than_it_holds():
    """A hundred workflows are its quota."""
    many = [taking(fan(5, name=f"c{n}"), *[60, 60] * 5) for n in range(101)]
    assert "it holds 100 workflows, and these are 101" in offered(asked(*many, team=SMALL_TEAM))


def test_not_offered_beside_an_environment_that_runs():
    """What is paid for already needs no other."""
    of = fan(6)
    assert offered(asked(of, team={"existing": "airflow"})) == ""
    assert offered(asked(changed(of), targets={"c1": "mwaa"}, team={"existing": "airflow"}))


@pytest.mark.parametrize(("target", "other"), [("airflow", "MWAA"), ("mwaa", "Airflow on EC2")])
def test_a_pin_is_no_need(target: str, other: str):
    """Beside a pinned Airflow no alternative says that nothing needs one."""
    found = asked(fan(3), targets={"c1": target})
    assert found.recommendations[0].target is Target(target)
    why = {item.name: item.why_not for item in found.alternatives}
    assert why[f"everything that moves on {other}"] == "the users pinned it elsewhere"


def test_pins_are_counted_beside_what_needs_none():
    """Two clusters, one of them pinned."""
    found = asked(fan(3), fan(2, name="z"), targets={"c1": "airflow"})
    why = {item.name: item.why_not for item in found.alternatives}
    told = why["everything that moves on MWAA"]
    assert told.startswith("1 cluster is pinned elsewhere by the users; 1 of 2 clusters needs no Airflow")
