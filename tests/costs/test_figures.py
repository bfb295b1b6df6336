"""The decision guide's corrected figures come out of the code to the cent."""

from decimal import Decimal

import pytest

from migrator.costs import Account, Workload, airflow, dollars, eventbridge, mwaa, packaged_prices, step_functions
from migrator.costs.types import Estimate
from migrator.costs.workload import workload
from migrator.model import Range, Target
from migrator.workflows.types import Workflow
from tests.costs.build import cluster, exactly, flow, task

PRICES = packaged_prices()


def own_account(work: Workload) -> Account:
    """Make the account of one cluster alone."""
    return Account(work.runs, work.transitions)


def step_functions_bill(workflow: Workflow) -> Estimate:
    """Price one workflow on Step Functions in an account of its own."""
    work = workload(cluster("a"), [workflow], {})
    return step_functions.estimate(work, own_account(work), PRICES)


def cents(amount: Range | None) -> tuple[str, str]:
    """Print both ends as dollars."""
    assert amount is not None
    return dollars(amount.low), dollars(amount.high)


def test_one_transition_a_run():
    """1,000 runs a day with one state each: $0.65 after the free tier."""
    bill = step_functions_bill(flow([task("f", service="lambda")], runs=30_000))
    assert cents(bill.monthly) == ("$0.65", "$0.65")


def test_five_states_a_run():
    """1,000 runs a day with five states each: $3.65."""
    tasks = [task(f"t{n}", service="lambda") for n in range(5)]
    assert cents(step_functions_bill(flow(tasks, runs=30_000)).monthly) == ("$3.65", "$3.65")


def test_ten_minute_job_polled():
    """A command of ten minutes, asked for every 30 seconds, 1,000 times a day: 62 states a run and $46.40."""
    work = workload(cluster("a"), [flow([task("job", seconds=600)], runs=30_000)], {})
    assert work.transitions == exactly(62 * 30_000)
    assert cents(step_functions.estimate(work, own_account(work), PRICES).monthly) == ("$46.40", "$46.40")


def test_free_transitions_are_given_once():
    """300 clusters of 3,900 transitions are not free: $29.15, and the clusters' bills add up to it."""
    work = workload(cluster("a"), [flow([task("f", service="lambda")], runs=3_900)], {})
    account = Account(exactly(3_900 * 300), exactly(3_900 * 300), clusters=300)
    bill = step_functions.estimate(work, account, PRICES).monthly
    assert bill is not None
    assert dollars(bill.low * 300) == "$29.15"
    whole = Workload("all", 300, 300, exactly(3_900 * 300), exactly(3_900 * 300), None, None)
    assert cents(step_functions.estimate(whole, account, PRICES).monthly) == ("$29.15", "$29.15")


def test_replicas_leave_the_free_tier():
    """4,000 replicas every five minutes are 35 million invocations: $21.04."""
    work = workload(cluster("a"), [flow([task("job")], runs=8_760, replicas=4_000)], {})
    assert work.starts == exactly(35_040_000)
    assert cents(eventbridge.estimate(work, own_account(work), PRICES).monthly) == ("$21.04", "$21.04")


@pytest.mark.parametrize(
    ("dags", "environment", "low", "high"),
    [
        (1, "$211.70", "$248.20", "$284.70"),
        (25, "$211.70", "$248.20", "$284.70"),
        (26, "$357.70", "$394.20", "$430.70"),
        (50, "$357.70", "$394.20", "$430.70"),
        (51, "$540.20", "$576.70", "$613.20"),
        (1000, "$722.70", "$759.20", "$795.70"),
    ],
)
def test_managed_environments(dags: int, environment: str, low: str, high: str):
    """The class goes by the number of DAGs; the network is one NAT gateway to the quick-start's two."""
    lines = mwaa.environment(dags, PRICES)
    assert dollars(lines[0].price) == environment
    assert cents(mwaa.bill(dags, PRICES)) == (low, high)


def test_above_the_largest_known_class():
    """A class whose price no source gives is unknown, not free."""
    assert mwaa.bill(1001, PRICES) is None
    assert "mw1.xlarge" in mwaa.environment(1001, PRICES)[0].depends_on


def test_self_hosted_shapes():
    """One box $36.42, the safer shape $154.09; a fair comparison begins at $106.68."""
    whole = Estimate(Target.AIRFLOW, airflow.environment(PRICES))
    assert cents(whole.fixed) == ("$36.42", "$154.09")
    assert cents(airflow.comparable(PRICES)) == ("$106.68", "$154.09")


def test_class_step_is_146_dollars():
    """The 26th DAG on micro costs $146 more."""
    small, micro = mwaa.bill(26, PRICES), mwaa.bill(25, PRICES)
    assert small is not None
    assert micro is not None
    assert small.low - micro.low == Decimal(146)
