"""The bands are the decision guide's, on units, before people and money."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from migrator.advice import Case
from migrator.commands.facts import StepKind, Trait, Wait, WaitKind
from migrator.graph.types import Lag
from migrator.model import Declared, Inactive, Origin, ScheduleKind, Target
from tests.advice.build import answer, case, changed, clock, depends, facts, fan, job, line, lone, started_by, step

AIRFLOW_KINDS = {Target.AIRFLOW, Target.MWAA}


def test_backup_script_of_nine_commands_is_nowhere_near_airflow():
    """Nine commands, one unit: EventBridge or staying."""
    found = answer(lone(steps=[step(f"s{n}", StepKind.FILES) for n in range(9)]))
    assert (found.target, found.runner_up) == (Target.EVENTBRIDGE, Target.RETAIN)
    assert found.undecided is None


def test_lone_job_is_started_by_an_event():
    """An event that starts one unit is EventBridge's; a state machine is next."""
    found = answer(lone(schedule=started_by(ScheduleKind.EVENT)))
    assert (found.target, found.runner_up) == (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS)


@pytest.mark.parametrize("trait", [Trait.HOST_MAINTENANCE, Trait.WATCHDOG, Trait.DAEMON, Trait.NEEDS_HOST])
def test_tied_to_its_host(trait: Trait):
    """What acts on its host, or runs on, stays."""
    assert answer(lone(traits=[trait])).target is Target.RETAIN


def test_lone_job_with_retries():
    """One unit stays EventBridge's; what would honour its retries is next."""
    found = answer(lone(declared=Declared(retries=3)))
    assert (found.target, found.runner_up) == (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS)


def test_boot_job_stays():
    """No target knows when a host starts."""
    assert answer(lone(schedule=started_by(ScheduleKind.REBOOT))).target is Target.RETAIN


def test_root_alone_is_no_maintenance():
    """A job that needs root may move: SSM runs as root."""
    assert answer(lone(traits=[Trait.NEEDS_ROOT])).target is Target.EVENTBRIDGE


def test_job_that_does_not_run_is_left():
    """Nothing is created from a dead line before somebody asks for it."""
    found = answer(lone(inactive=Inactive("bad-line", "line 3 of the file is broken")))
    assert (found.target, found.runner_up) == (Target.RETAIN, None)
    assert "ask before creating it" in found.reasons[0].text


def test_two_without_order_have_a_schedule_each():
    """The data of the run before makes no order inside a run."""
    first, second = job("x"), job("y")
    pair = case((first, facts(first)), (second, facts(second)), ties=[depends(first, second, Lag.PREVIOUS_RUN)])
    assert answer(pair).target is Target.EVENTBRIDGE


def test_two_with_error_handling():
    """Retries that are asked for need something that sees the exit code."""
    first, second = job("x"), job("y")
    pair = case((first, facts(first)), (second, facts(second)), ties=[depends(first, second, Lag.PREVIOUS_RUN)])
    assert answer(changed(pair, declared=Declared(retries=2))).target is Target.STEP_FUNCTIONS


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_short_lines_are_state_machines(count: int):
    """Two to five units in order."""
    assert answer(line(count)).target is Target.STEP_FUNCTIONS


@pytest.mark.parametrize("count", [3, 4])
def test_branching_is_fine_below_five(count: int):
    """A join of four units is a Parallel state."""
    assert answer(fan(count)).target is Target.STEP_FUNCTIONS


@pytest.mark.parametrize(
    "tables",
    [{"team": {"needs": [need]}} for need in ("backfill", "shared-ui", "dag-view", "python-logic")],
    ids=lambda tables: tables["team"]["needs"][0],
)
def test_needs_tip_at_five(tables: dict[str, object]):
    """A need tips a line of five, and nothing smaller."""
    assert answer(line(5), **tables).target in AIRFLOW_KINDS
    assert answer(line(4), **tables).target is Target.STEP_FUNCTIONS


def test_backfill_that_the_manifest_denies():
    """Where every job says that it needs none, the team's need is not these jobs'."""
    of = line(5)
    denied = replace(of, jobs=tuple(replace(item, declared=Declared(backfill=False)) for item in of.jobs))
    assert answer(denied, team={"needs": ["backfill"]}).target is Target.STEP_FUNCTIONS


def test_backfill_that_the_manifest_asks_for():
    """One job that asks for it is enough."""
    assert answer(changed(line(5), declared=Declared(backfill=True))).target in AIRFLOW_KINDS


def test_branching_tips_at_five():
    """Five units that join are Airflow's, with Step Functions next."""
    found = answer(fan(5), team={"engineers": 2})
    assert (found.target, found.runner_up) == (Target.AIRFLOW, Target.STEP_FUNCTIONS)


def test_line_of_service_calls_may_stay_above_five():
    """A deviation from the guide, and it says so."""
    found = answer(line(12, service="glue"))
    assert (found.target, found.runner_up) == (Target.STEP_FUNCTIONS, Target.AIRFLOW)
    assert any("the guide gives Step Functions up to 5 units" in note for note in found.notes)


def test_line_of_commands_above_five_is_airflow():
    """Six commands on a host are no service chain."""
    assert answer(line(6)).target is Target.AIRFLOW


@pytest.mark.parametrize("count", [50, 80])
def test_fifty_are_never_a_state_machine(count: int):
    """Not even as a line of service calls."""
    found = answer(line(count, service="glue"))
    assert found.target in AIRFLOW_KINDS
    assert found.runner_up is not Target.STEP_FUNCTIONS


def test_wait_then_glue():
    """The guide's own example: two ordered units, Step Functions, and the S3 event to consider."""
    first = job("a", clock("0 2 * * *"))
    wait = Wait(WaitKind.OBJECT, "s3://in/day/", None, 3600, Origin("x.sh", 3), "until aws s3 ls …")
    found = facts(first, [step("wait", StepKind.WAIT), step("csv", service="glue")], waits=(wait,))
    given_as = case((first, found))
    decided = answer(given_as)
    assert decided.target is Target.STEP_FUNCTIONS
    assert any("S3 event" in note for note in decided.notes)
    pinned = answer(given_as, targets={"a.sh": "airflow"})
    assert (pinned.target, pinned.pinned, pinned.runner_up) == (Target.AIRFLOW, True, Target.STEP_FUNCTIONS)


def test_mixed_cluster_is_counted_without_what_stays():
    """A daemon beside a job leaves one unit, and the note names it."""
    first, second = job("x"), job("d")
    pair = case((first, facts(first)), (second, facts(second, traits=[Trait.DAEMON])), ties=[depends(second, first)])
    found = answer(pair)
    assert found.target is Target.EVENTBRIDGE
    assert any("d.sh stays on the host" in note for note in found.notes)


def test_inactive_jobs_do_not_count():
    """Of six jobs two do not run: four units are left."""
    of = fan(6)
    dead = Inactive("bad-line", "broken")
    half = replace(of, jobs=tuple(replace(item, inactive=dead) if n < 2 else item for n, item in enumerate(of.jobs)))
    found = answer(half)
    assert found.target is Target.STEP_FUNCTIONS
    assert any("do not run today" in note for note in found.notes)


def test_unread_scripts_are_said():
    """A unit that nobody could look into is counted with a note."""
    assert any("not among the files read" in note for note in answer(lone(traits=[Trait.FOLLOWS_UNREAD])).notes)


def test_cycle_is_undecided():
    """Without an order the answer is open."""
    of = line(3)
    found = answer(replace(of, cluster=replace(of.cluster, cyclic=True)))
    assert found.undecided is not None
    assert "cycle" in found.undecided
    assert found.flips == ()


def size(of: Case) -> int:
    """Count a case's units."""
    return sum(len(found.units) for found in of.facts.values())


@examples(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.booleans(), st.sampled_from([None, "glue"]), st.booleans())
def test_bands_hold_for_every_size(count: int, branches: bool, service: str | None, need: bool):
    """One unit never needs an order; fifty are never a state machine; below five nothing is Airflow."""
    of = fan(count) if branches else line(count, service=service)
    found = answer(of, team={"needs": ["backfill"] if need else [], "engineers": 2})
    if size(of) == 1:
        assert found.target is Target.EVENTBRIDGE
    elif size(of) < 5:
        assert found.target is Target.STEP_FUNCTIONS
    if size(of) >= 50:
        assert found.target is not Target.STEP_FUNCTIONS
    assert {item.target for item in found.rejected} == set(Target) - {found.target}
    assert all(item.why for item in found.rejected)
    assert {item.target for item in found.estimates} == set(Target)
