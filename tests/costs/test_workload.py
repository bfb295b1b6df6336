"""A workload counts what would run, and says what it does not know."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands.facts import WaitKind
from migrator.costs.types import Workload
from migrator.costs.workload import workload
from migrator.model import Dialect, JobId, Range, Schedule, ScheduleKind
from migrator.workflows.types import After, Inflow, Task, TaskOrder, Workflow
from tests.costs.build import between, chain, cluster, exactly, flow, task, wait_for

MONTH_OF_LOOKS = 3 * 730 * 3600 // 30
UPSTREAM = Schedule(ScheduleKind.UPSTREAM, "", Dialect.DEBIAN)


def measure(*flows: Workflow, **more: object) -> Workload:
    """Measure workflows as one cluster."""
    return workload(cluster("a"), flows, more.pop("durations", {}), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("seconds", "states"), [(0, 5), (1, 5), (30, 5), (31, 8), (600, 62)])
def test_polled_command(seconds: int, states: int):
    """Send, three states a look, and one to end on; a look at least."""
    assert measure(flow([task("job", seconds=seconds)], runs=1)).transitions == exactly(states)


def test_next_command_follows_the_choice():
    """Only the last command of a chain needs a state to end on."""
    work = measure(flow([task("x", seconds=30), task("y", job="b", seconds=30)], runs=1))
    assert work.transitions == exactly(4 + 5)


def test_range_of_durations():
    """Typical and worst give a range."""
    assert measure(flow([task("job", seconds=between(60, 300))], runs=10)).transitions == between(80, 320)


def test_unknown_duration_is_bounded_by_the_month():
    """One look at least; at most a month of looks, since a run ends before the next starts."""
    work = measure(flow([task("job")], runs=100))
    assert work.transitions == between(100 * 5, 100 * 5 + MONTH_OF_LOOKS)
    assert "how long job takes" in work.depends_on
    assert any("until the next start" in text for text in work.assumptions)


def test_unknown_duration_of_a_rare_job_is_bounded_by_the_history():
    """A run fails at 25,000 events, which is 2,777 looks of nine: four runs a month are no month of looks."""
    work = measure(flow([task("job")], runs=4))
    assert work.transitions == between(4 * 5, 4 * 5 + 4 * 2_777 * 3)
    beside = measure(flow([task("x"), task("y", job="b")], runs=4, order=[])).transitions
    assert beside is not None
    assert beside.high == 4 * (4 + 4 + (2 + 2) + 1) + 4 * 2_777 * 3


def test_chain_of_unknown_durations_shares_one_month():
    """Tasks that follow one another never run at once, so two of them are looked at no more than one."""
    two = measure(flow([task("x"), task("y", job="b")], runs=100)).transitions
    assert two is not None
    assert two.high == 100 * (4 + 5) + MONTH_OF_LOOKS
    beside = measure(flow([task("x"), task("y", job="b")], runs=100, order=[])).transitions
    assert beside is not None
    assert beside.high == 100 * (4 + 4 + (2 + 2) + 1) + 2 * MONTH_OF_LOOKS


def test_timeout_bounds_an_unknown_duration():
    """A timeout of an hour is 120 looks at most, and no month."""
    work = measure(flow([task("job", timeout=3600)], runs=1))
    assert work.transitions == between(5, 362)
    assert work.depends_on == ""


def test_duration_of_the_job_holds_for_its_only_task():
    """What settings say of the job goes before what the task says."""
    work = measure(flow([task("job", seconds=30)], runs=1), durations={JobId("a"): exactly(60)})
    assert work.transitions == exactly(8)


def test_duration_of_the_job_is_divided_among_its_tasks():
    """Two tasks within 60 seconds: three looks at most, two at least."""
    work = measure(flow([task("x"), task("y")], runs=1), durations={JobId("a"): exactly(60)})
    assert work.transitions == between(3 + 2 * 3, 3 + 3 * 3)


@pytest.mark.parametrize("service", ["glue", "lambda", "ecs", "batch", "athena", "emr"])
def test_services_are_one_state(service: str):
    """A service with `.sync`, or one that answers at once, is one state however long it takes."""
    assert measure(flow([task("f", service=service, seconds=7200)], runs=1)).transitions == exactly(1)


def test_redshift_data_is_polled():
    """redshift-data has no `.sync`."""
    assert measure(flow([task("f", service="redshift-data", seconds=30)], runs=1)).transitions == exactly(5)


def test_waits():
    """A pause beside others is one state; waiting for an object asks again and again until its timeout."""
    paused = [task("p", wait=wait_for(WaitKind.TIME)), task("f", service="lambda")]
    assert measure(flow(paused, runs=1)).transitions == exactly(2)
    sensor = measure(flow([task("s", wait=wait_for(WaitKind.OBJECT, 3600))], runs=1))
    assert sensor.transitions == between(5, 362)


def test_retries_are_paid_only_when_they_happen():
    """Two retries make the high end three times as much."""
    work = measure(flow([task("f", service="lambda", retries=2)], runs=1))
    assert work.transitions == between(1, 3)
    assert measure(flow([task("f", seconds=30, retries=1)], runs=1)).transitions == between(6, 12)


def test_forks_are_states():
    """A fork is a Parallel, the ends of its branches, a Choice on them and an end behind it."""
    tasks = [task(name, job=name, service="lambda") for name in "abc"]
    order = [TaskOrder("a", "b", After.SUCCESS), TaskOrder("a", "c", After.SUCCESS)]
    assert measure(flow(tasks, runs=1, order=order)).transitions == exactly(8)
    assert measure(flow(tasks, runs=1, order=[])).transitions == exactly(9)


def test_inactive_jobs_cost_nothing():
    """What cron does not run is in no count, and a workflow of it alone vanishes."""
    live, dead = task("x", service="lambda"), task("y", job="b", service="lambda")
    work = measure(flow([live, dead], runs=10), flow([dead], name="z"), active={JobId("a")})
    assert (work.tasks, work.workflows, work.transitions) == (1, 1, exactly(10))


def test_unknown_rate_is_unknown():
    """What an event starts has no number of runs, and nothing is priced as zero."""
    work = measure(flow([task("f", service="lambda")], runs=None))
    assert (work.runs, work.starts, work.transitions, work.task_hours) == (None, None, None, None)
    assert work.depends_on == "how often w runs"
    alike = measure(*(flow([task("f", service="lambda")], runs=None) for _ in range(2)))
    assert alike.depends_on == "how often w runs"


def test_started_by_upstream_runs_as_often():
    """A workflow without a clock runs when the one above it has run."""
    above = flow([task("x", service="lambda")], name="up", runs=30)
    inflow = Inflow("up", JobId("a"), "y", "file", previous_run=False)
    below = flow([task("y", job="b", service="lambda")], name="down", runs=None, schedule=UPSTREAM, inflows=(inflow,))
    assert measure(above, below).runs == exactly(60)


def test_each_job_has_a_start_of_its_own():
    """On EventBridge alone, two jobs of one workflow are two invocations a run."""
    work = measure(flow([task("x"), task("y"), task("z", job="b")], runs=30))
    assert work.starts == exactly(60)
    assert work.runs == exactly(30)


def test_task_hours_have_a_minute_at_least():
    """A task of ten seconds is billed a minute; an unknown one up to an hour a run, and the month for all."""
    assert measure(flow([task("x", seconds=10)], runs=60)).task_hours == exactly(1)
    unknown = measure(flow([task("x")], runs=60)).task_hours
    assert unknown == between(1, 60)
    assert measure(flow([task("x")], runs=6000)).task_hours == between(100, 830)


def test_compute_by_kind():
    """Commands are grouped by what they run on; calls of services run on the service."""
    work = measure(
        flow([task("x", seconds=3600), task("y", job="b"), task("z", job="c", service="glue")], runs=2),
        compute={JobId("b"): "ecs"},
    )
    assert [(use.compute, use.commands, use.hours) for use in work.compute] == [
        ("ecs", exactly(2), None),
        ("ssm", exactly(2), exactly(2)),
    ]


def test_longest_is_unknown_if_one_is():
    """One unknown duration may be the longest."""
    assert measure(flow([task("x", seconds=5), task("y", job="b")])).longest is None
    assert measure(flow([task("x", seconds=5), task("y", job="b", seconds=9)])).longest == exactly(9)


TASKS = st.lists(
    st.builds(
        lambda job, seconds, service: (f"j{job}", seconds, service),
        st.integers(0, 3),
        st.none() | st.integers(0, 5000),
        st.none() | st.sampled_from(["glue", "redshift-data"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(TASKS, st.integers(0, 5000), st.booleans())
def test_knowing_more_never_widens(rows: list[tuple[str, int | None, str | None]], runs: int, ordered: bool):
    """Whatever the unknown durations turn out to be, the exact count lies in the range given before."""

    def build(fill: int | None) -> list[Task]:
        return [
            task(f"t{n}", job=job, seconds=seconds if seconds is not None else fill, service=service)
            for n, (job, seconds, service) in enumerate(rows)
        ]

    unknown, known = build(None), build(45)
    loose = measure(flow(unknown, runs=runs, order=chain(unknown) if ordered else [])).transitions
    tight = measure(flow(known, runs=runs, order=chain(known) if ordered else [])).transitions
    assert isinstance(loose, Range)
    assert isinstance(tight, Range)
    assert loose.low <= tight.low
    # A run of 45 seconds fits the month as long as there are no more runs than the month has room for.
    if runs * 45 * len(rows) <= 730 * 3600:
        assert tight.high <= loose.high
    assert loose.low >= Decimal(0)
