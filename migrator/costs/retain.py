"""Staying where it is: cron costs nothing, and the host is there."""

from decimal import Decimal

from migrator.costs.types import CostLine, Estimate, Workload
from migrator.model import Range, Target

_BILL = Estimate(
    Target.RETAIN,
    (
        CostLine(
            name="Cron",
            unit="host",
            quantity=Range(Decimal(1), Decimal(1)),
            price=Decimal(0),
            source="no charge",
            assumption="the host is paid for already; its own bill is not read from these files",
        ),
    ),
)


def estimate(_work: Workload) -> Estimate:
    """Give the bill of leaving a cluster on its host."""
    return _BILL
