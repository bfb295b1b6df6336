"""What a command costs to run: on other compute where the settings ask for that, which no DAG follows.

By SSM Run Command it runs on the host that it runs on today: no charge for the command, and the host's bill stays
(https://aws.amazon.com/systems-manager/pricing/).
"""

from collections.abc import Iterator
from decimal import Decimal

from migrator.costs.pricelist import PriceList
from migrator.costs.types import ComputeUse, CostLine, Workload
from migrator.model import Range

_ONE = Range(Decimal(1), Decimal(1))
_SECONDS = Decimal(3600)
_SMALL_VCPU, _LARGE_VCPU = Decimal("0.25"), Decimal(2)
_SMALL_GB, _LARGE_GB = Decimal("0.5"), Decimal(4)
_SMALL_LAMBDA, _LARGE_LAMBDA = Decimal("0.125"), Decimal(1)
_UNKNOWN = "how long the commands run"
_ON_ITS_HOST = CostLine(
    name="SSM Run Command",
    unit="host",
    quantity=_ONE,
    price=Decimal(0),
    source="https://aws.amazon.com/systems-manager/pricing/",
    assumption="the commands go on running on the same EC2 host; its bill stays, and the move saves $0",
)


def compute_lines(work: Workload, prices: PriceList) -> tuple[CostLine, ...]:
    """Give the lines for what the commands run on; a called service costs the same as today and has no line."""
    return tuple(line for use in work.compute for line in _lines(use, prices))


def host_lines(work: Workload) -> tuple[CostLine, ...]:
    """Give the line of a target that starts all commands on their hosts, whatever else the settings ask for."""
    return (_ON_ITS_HOST,) if work.compute else ()


def _lines(use: ComputeUse, prices: PriceList) -> Iterator[CostLine]:
    if use.compute == "ssm":
        yield _ON_ITS_HOST
    elif use.compute == "lambda":
        yield from _lambda(use, prices)
    else:
        yield from _fargate(use, prices)


def _lambda(use: ComputeUse, prices: PriceList) -> Iterator[CostLine]:
    memory = prices.price("compute.lambda_gb_second")
    requests = prices.price("compute.lambda_request_million")
    yield CostLine(
        name="Lambda duration",
        unit="GB-second",
        quantity=_between(use.hours, _SMALL_LAMBDA * _SECONDS, _LARGE_LAMBDA * _SECONDS),
        price=prices.usd(memory.key),
        source=memory.cited,
        assumption=(
            "once what the commands do are functions of yours, of 128 MB to 1 GB; till then they run on their hosts. "
            "Lambda's own free amount is not counted"
        ),
        depends_on="" if use.hours else _UNKNOWN,
    )
    yield CostLine(
        name="Lambda requests",
        unit="million requests",
        quantity=use.commands.scaled(Decimal("0.000001")) if use.commands else None,
        price=prices.usd(requests.key),
        source=requests.cited,
        depends_on="" if use.commands else "how often the commands run",
    )


def _fargate(use: ComputeUse, prices: PriceList) -> Iterator[CostLine]:
    for name, key, small, large in (
        ("Fargate vCPU", "compute.fargate_vcpu_hour", _SMALL_VCPU, _LARGE_VCPU),
        ("Fargate memory", "compute.fargate_gb_hour", _SMALL_GB, _LARGE_GB),
    ):
        price = prices.price(key)
        yield CostLine(
            name=name,
            unit="vCPU-hour" if "vCPU" in name else "GB-hour",
            quantity=_between(use.hours, small, large),
            price=prices.usd(key),
            source=price.cited,
            assumption="0.25 vCPU with 0.5 GB to 2 vCPU with 4 GB; the image's start is not counted",
            depends_on="" if use.hours else _UNKNOWN,
        )


def _between(hours: Range | None, low: Decimal, high: Decimal) -> Range | None:
    return Range(hours.low * low, hours.high * high) if hours is not None else None
