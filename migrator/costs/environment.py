"""An Airflow environment's bill, whole or the part of it that a cluster carries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from migrator.costs.types import CostLine, Share

_PLACES = Decimal("0.000001")


def shares(dags: Mapping[str, int]) -> dict[str, Share]:
    """Divide an environment among clusters by their DAGs, a cluster without one counting as one."""
    counted = {cluster: max(1, number) for cluster, number in sorted(dags.items())}
    total = sum(counted.values())
    return {cluster: Share(number, total, len(counted), total) for cluster, number in counted.items()}


def part_of(lines: Sequence[CostLine], share: Share | None) -> tuple[CostLine, ...]:
    """Scale an environment's lines to one cluster's part, and say so beside each; None is the whole."""
    if share is None or share.clusters == 1:
        return tuple(lines)
    note = (
        f"its part by DAGs, {share.dags} of {share.total_dags}, of the environment that {share.clusters} clusters share"
    )
    return tuple(replace(_scaled(line, share.part), assumption=_joined(line.assumption, note)) for line in lines)


def paid_already(lines: Sequence[CostLine]) -> tuple[CostLine, ...]:
    """Set the lines of an environment that runs anyway to a price of zero, and say so beside each."""
    note = "the environment runs already and is paid for"
    return tuple(replace(line, price=Decimal(0), assumption=_joined(line.assumption, note)) for line in lines)


def _scaled(line: CostLine, part: Decimal) -> CostLine:
    if line.quantity is None:
        return line
    scaled = line.quantity.scaled(part)
    return replace(line, quantity=replace(scaled, low=scaled.low.quantize(_PLACES), high=scaled.high.quantize(_PLACES)))


def _joined(*texts: str) -> str:
    return "; ".join(text for text in texts if text)
