"""Airflow's SSM operator gives up after two and a half hours.

**Why.** It looks every 120 seconds, 75 times, and then fails the task while the command goes on.

**Says nothing** where nobody states such a duration, and where SSM is not used.
"""

from collections.abc import Iterator

from migrator.advice.hazard import HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.costs import figure
from migrator.model import AIRFLOWS, Severity

# waiter_delay × waiter_max_attempts
_SECONDS = 120 * 75


def find(move: Move) -> Iterator[Hazard]:
    """Report commands that last longer than the operator waits."""
    longest = move.longest_by_ssm
    if longest is None or longest <= _SECONDS:
        return
    text = f"it can take {figure(longest / 3600)} hours, and SsmRunCommandOperator waits 2.5 by default"
    yield move.hazard(Severity.LOUD, text, "raise waiter_max_attempts above the worst duration")


CHECK = HazardCheck(
    "waiter-ceiling",
    find,
    AIRFLOWS,
    "https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/operators/ssm.html",
)
