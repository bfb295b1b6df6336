"""Step Functions, Standard workflows: a state machine per workflow, started by a schedule.

$0.000025 per state transition, 4,000 free a month for ever (https://aws.amazon.com/step-functions/pricing/).
"""

from migrator.costs.compute import compute_lines
from migrator.costs.free_tier import billable, told
from migrator.costs.pricelist import PriceList
from migrator.costs.starts import starts_line
from migrator.costs.types import Account, CostLine, Estimate, Workload
from migrator.model import Target


def estimate(work: Workload, account: Account, prices: PriceList) -> Estimate:
    """Give the bill of running every workflow as a state machine that a schedule starts."""
    price = prices.price("stepfunctions.standard.per_transition")
    free = prices.count("stepfunctions.standard.free_transitions_per_month")
    transitions = CostLine(
        name="State transitions",
        unit="transition",
        quantity=billable(work.transitions, account.transitions, free),
        price=prices.usd(price.key),
        source=price.cited,
        assumption="; ".join((*work.assumptions, told(work.transitions, account, free, "transitions"))),
        depends_on=work.depends_on,
    )
    starts = starts_line(work, work.runs, account, prices)
    return Estimate(Target.STEP_FUNCTIONS, (transitions, starts, *compute_lines(work, prices)))
