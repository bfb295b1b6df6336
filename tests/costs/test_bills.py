"""Every target's bill keeps fixed and usage apart, says what it assumes, and never takes unknown for zero."""

from decimal import Decimal
from pathlib import Path

import pytest

import migrator.costs
from migrator.costs import (
    ALSO_CONSIDERED,
    TARGETS,
    Account,
    Workload,
    airflow,
    dollars,
    eventbridge,
    figure,
    mwaa,
    mwaa_serverless,
    packaged_prices,
    retain,
    rounded,
    rounded_range,
    shares,
    step_functions,
)
from migrator.costs.free_tier import billable
from migrator.costs.types import ComputeUse
from migrator.costs.workload import workload
from migrator.model import Dialect, Schedule, ScheduleKind, Target
from tests.costs.build import between, cluster, exactly, flow, task

PRICES = packaged_prices()
UNKNOWN = Workload("c", 1, 1, None, None, None, None, starts=None, depends_on="how often w runs")


def work(compute: str = "ssm", hours: int | None = 10) -> Workload:
    """Make a workload of 100 runs."""
    use = ComputeUse(compute, exactly(100), exactly(hours) if hours is not None else None)
    return Workload("c", 1, 1, exactly(100), exactly(500), exactly(10), None, starts=exactly(100), compute=(use,))


def alone(load: Workload) -> Account:
    """Make the account of one workload."""
    return Account(load.starts, load.transitions)


def test_every_target_module_is_listed():
    """No module of a target was forgotten, and the order is that of the targets."""
    folder = Path(migrator.costs.__file__).parent
    targets = {f"{target.value.replace('-', '_')}" for target in Target}
    assert [module.__name__.rsplit(".", 1)[1] for module in TARGETS] == [
        target.value.replace("-", "_") for target in Target
    ]
    found = {path.stem for path in folder.glob("*.py") if "def estimate(" in path.read_text()}
    assert found == targets | {module.__name__.rsplit(".", 1)[1] for module in ALSO_CONSIDERED}


def test_unknown_rate_is_unknown_everywhere_it_counts():
    """An event of unknown rate has no bill on what is paid by use, and says what it depends on."""
    account = Account(None, None)
    for bill in (
        eventbridge.estimate(UNKNOWN, account, PRICES),
        step_functions.estimate(UNKNOWN, account, PRICES),
        mwaa_serverless.estimate(UNKNOWN, PRICES),
    ):
        assert bill.monthly is None
        assert all(line.depends_on for line in bill.lines if line.quantity is None)
        assert all("depend" not in line.depends_on for line in bill.lines)
    assert retain.estimate(UNKNOWN).monthly == exactly(0)


def test_same_host_saves_nothing():
    """By SSM the compute stays where it is, and the line says so."""
    bill = eventbridge.estimate(work(), alone(work()), PRICES)
    assert bill.monthly == exactly(0)
    assert any("saves $0" in line.assumption for line in bill.lines)


@pytest.mark.parametrize("compute", ["ecs", "batch", "lambda"])
def test_other_compute_costs_what_it_runs(compute: str):
    """Hours known give a range by size; unknown hours give no figure."""
    known = eventbridge.estimate(work(compute), alone(work(compute)), PRICES).monthly
    assert known is not None
    assert Decimal(0) < known.low < known.high
    blind = eventbridge.estimate(work(compute, None), alone(work()), PRICES)
    assert blind.monthly is None
    assert any(line.depends_on == "how long the commands run" for line in blind.lines)


@pytest.mark.parametrize("compute", ["ecs", "batch", "lambda"])
def test_no_dag_follows_other_compute(compute: str):
    """Airflow starts the commands on their hosts, so its bill has no container and no function."""
    bill = airflow.estimate(work(compute, None), PRICES)
    assert [line.name for line in bill.lines if line.depends_on] == []
    assert bill.lines[-1].name == "SSM Run Command"


def test_lambda_requests_of_unknown_number():
    """A Lambda that an event starts has requests that nobody can count."""
    load = Workload("c", 1, 1, None, None, None, None, compute=(ComputeUse("lambda", None, None),))
    bill = eventbridge.estimate(load, Account(None, None), PRICES)
    assert {line.depends_on for line in bill.lines} == {
        "how often the jobs start",
        "how long the commands run",
        "how often the commands run",
    }


def test_fixed_and_usage_are_apart():
    """The environment is fixed; storage and tasks are usage."""
    bill = mwaa.estimate(work(), PRICES)
    assert bill.fixed == between("248.20", "284.70")
    assert bill.usage == between("0.10", "1.00")
    assert airflow.estimate(work(), PRICES).usage == exactly(0)


def test_shares_add_up_to_the_environment():
    """Three clusters pay the environment among them, by their DAGs."""
    parts = mwaa.shared_by({"a": 1, "b": 2, "c": 3}, PRICES)
    bills = [mwaa.estimate(work(), PRICES, share=share).fixed for share in parts.values()]
    assert sum(bill.low for bill in bills if bill) == pytest.approx(Decimal("248.20"), abs=Decimal("0.01"))
    hosted = [
        airflow.estimate(work(), PRICES, share=share).fixed for share in shares({"a": 1, "b": 2, "c": 3}).values()
    ]
    assert sum(bill.high for bill in hosted if bill) == pytest.approx(Decimal("154.09"), abs=Decimal("0.01"))


def test_who_pushes_into_the_next_class_carries_the_step():
    """Ten DAGs on top of eighteen make the environment small: that cluster pays the $146."""
    dags = {f"c{n:02}": 1 for n in range(18)} | {"big": 10}
    parts = mwaa.shared_by(dags, PRICES)
    assert parts["big"].step == Decimal("146.00")
    assert {share.step for name, share in parts.items() if name != "big"} == {Decimal(0)}
    bills = {name: mwaa.estimate(work(), PRICES, share=share).fixed for name, share in parts.items()}
    total = sum(bill.low for bill in bills.values() if bill)
    assert total == pytest.approx(Decimal("394.20"), abs=Decimal("0.01"))
    lines = mwaa.estimate(work(), PRICES, share=parts["big"]).lines
    assert any(line.name == "Step to mw1.small" for line in lines)


def test_nobody_pushes_where_no_single_cluster_does():
    """Thirty single DAGs share the larger class alike."""
    parts = mwaa.shared_by({f"c{n}": 1 for n in range(30)}, PRICES)
    assert {share.step for share in parts.values()} == {Decimal(0)}


def test_twenty_six_single_dags_share_the_step():
    """Without any one of them the environment would be micro, so each carries a part."""
    parts = mwaa.shared_by({f"c{n}": 1 for n in range(26)}, PRICES)
    assert sum(share.step for share in parts.values()) == pytest.approx(Decimal(146), abs=Decimal("0.0001"))


def test_shares_above_the_largest_class():
    """Where the class has no known price there is no step to carry."""
    parts = mwaa.shared_by({"a": 999, "b": 2}, PRICES)
    assert {share.step for share in parts.values()} == {Decimal(0)}
    assert mwaa.estimate(work(), PRICES, share=parts["b"]).fixed is None


def test_existing_environment_costs_nothing_more():
    """What runs already is not paid twice."""
    assert mwaa.estimate(work(), PRICES, existing=True).monthly == exactly(0)
    assert airflow.estimate(work(), PRICES, existing=True).monthly == exactly(0)


def test_unknown_account_leaves_the_free_tier_open():
    """If others may have used the free amount, the bill is a range."""
    assert billable(exactly(5000), None, Decimal(4000)) == between(1000, 5000)
    assert billable(exactly(50), None, Decimal(4000)) == between(0, 50)


def test_words():
    """Figures print as on a bill; what is small but not zero is not printed as zero."""
    assert dollars(Decimal("1046.4")) == "$1,046.40"
    assert dollars(Decimal("0.001")) == "under $0.01"
    assert dollars(Decimal(0)) == "$0.00"
    assert rounded_range(between(1, 1234)) == "$1.00–$1,234"
    assert rounded_range(between(0, "9.994")) == "$0–$9.99"
    assert rounded_range(between(0, "0.001")) == "under $0.01"
    assert rounded_range(exactly(10)) == "$10"
    assert rounded_range(None) == "unknown"
    assert rounded(Decimal("9.995")) == "$10"
    assert rounded(Decimal("-36.5")) == "$-37"
    assert figure(Decimal("182.62")) == "183"
    assert figure(Decimal("30000.00")) == "30,000"
    assert figure(Decimal("0.5")) == "0.5"


def test_serverless_by_task_hours():
    """$0.08 a task-hour."""
    assert mwaa_serverless.estimate(work(), PRICES).monthly == exactly("0.80")


@pytest.mark.parametrize("runs", [None, 1000])
def test_events_are_priced_as_events(runs: int | None):
    """What an event starts has no schedule and no share of the free invocations; an unknown number is unknown."""
    by_event = Schedule(ScheduleKind.EVENT, "", Dialect.DEBIAN, event="s3://b/in/")
    month = workload(cluster("a"), [flow([task("f", service="lambda")], runs=runs, schedule=by_event)], {})
    bill = eventbridge.estimate(month, Account(exactly(10**9), exactly(0)), PRICES)
    [line] = bill.lines
    assert (line.name, line.price) == ("EventBridge events", Decimal("0.000001"))
    assert bill.monthly == (exactly("0.001") if runs else None)
    assert bool(line.depends_on) is (runs is None)


def test_states_are_told_in_few_words():
    """The sum, and the three largest workflows by their schedules, however many there are."""
    flows = [flow([task("t", seconds=30 * n)], name=f"w{n}", runs=1) for n in range(1, 6)]
    [first, polled] = workload(cluster("a"), flows, {}).assumptions
    assert first == (
        "55 states for a run of each of 5 workflows: 17 at `0 3 * * *`, 14 at `0 3 * * *`, 11 at `0 3 * * *` and 2 more"
    )
    assert polled.startswith("a command is looked at every 30 seconds")
    assert workload(cluster("a"), flows[:1], {}).assumptions[0] == "5 states a run"
    assert workload(cluster("a"), [flow([task("t")])], {}).assumptions[0] == "at least 5 states a run"
    assert workload(cluster("a"), [], {}).assumptions == ()
