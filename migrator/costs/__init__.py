"""What each target would cost, in ranges, from a dated price list.

One module per target; `TARGETS` lists them in the order of `Target`, and a test compares the tuple with the folder.
"""

from migrator.costs import airflow, eventbridge, mwaa, mwaa_serverless, retain, step_functions
from migrator.costs.environment import shares
from migrator.costs.load import busiest
from migrator.costs.pricelist import Price, PriceList, PriceListError, packaged_prices, read_prices
from migrator.costs.types import Account, ComputeUse, CostLine, Estimate, Share, Workload
from migrator.costs.words import count, count_range, dollars, figure, rounded, rounded_range
from migrator.costs.workload import workload

TARGETS = (eventbridge, step_functions, airflow, mwaa, retain)
ALSO_CONSIDERED = (mwaa_serverless,)

__all__ = [
    "ALSO_CONSIDERED",
    "TARGETS",
    "Account",
    "ComputeUse",
    "CostLine",
    "Estimate",
    "Price",
    "PriceList",
    "PriceListError",
    "Share",
    "Workload",
    "busiest",
    "count",
    "count_range",
    "dollars",
    "figure",
    "packaged_prices",
    "read_prices",
    "rounded",
    "rounded_range",
    "shares",
    "workload",
]
