"""EventBridge Scheduler: each job has a schedule that starts it, or an event does.

The prices are those of `starts`; what the commands run on is added, and by SSM it is the host of today.
"""

from migrator.costs.compute import compute_lines
from migrator.costs.pricelist import PriceList
from migrator.costs.starts import starts_line
from migrator.costs.types import Account, Estimate, Workload
from migrator.model import Target


def estimate(work: Workload, account: Account, prices: PriceList) -> Estimate:
    """Give the bill of starting every job by a schedule of its own."""
    return Estimate(Target.EVENTBRIDGE, (starts_line(work, work.starts, account, prices), *compute_lines(work, prices)))
