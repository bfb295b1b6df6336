"""MWAA Serverless: Airflow tasks paid by the second, without an environment. Shown as "also consider", no target yet.

$0.08 per task-hour, one minute at least for each task; a task that waits for Glue or ECS is paid while it waits
(https://aws.amazon.com/managed-workflows-for-apache-airflow/pricing/).
"""

from migrator.costs.compute import host_lines
from migrator.costs.pricelist import PriceList
from migrator.costs.types import CostLine, Estimate, Workload
from migrator.model import Target


def estimate(work: Workload, prices: PriceList) -> Estimate:
    """Give the bill of running every task as a managed task; the Estimate's target is MWAA."""
    price = prices.price("mwaa_serverless.managed_task_hour")
    line = CostLine(
        name="MWAA Serverless task-hours",
        unit="task-hour",
        quantity=work.task_hours,
        price=prices.usd(price.key),
        source=price.cited,
        assumption=(
            "a minute at least for each task; one of unknown duration is ended after an hour, and a run is taken "
            "to end before the next"
        ),
        depends_on=(work.depends_on or "how often the jobs start") if work.task_hours is None else "",
    )
    return Estimate(Target.MWAA, (line, *host_lines(work)))
