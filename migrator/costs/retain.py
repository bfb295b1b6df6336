"""Staying where it is: cron costs nothing, and the host is there."""

from decimal import Decimal

from migrator.costs.types import CostLine, Estimate, Workload
from migrator.model import Range, Target

_ONE = Range(Decimal(1), Decimal(1))


def estimate(_work: Workload) -> Estimate:
    """Give the bill of leaving a cluster on its host."""
    line = CostLine(
        name="Cron",
        unit="host",
        quantity=_ONE,
        price=Decimal(0),
        source="no charge",
        assumption="the host is paid for already; its own bill is not read from these files",
    )
    return Estimate(Target.RETAIN, (line,))
