"""Airflow that the team runs itself on EC2, from one box to a safer shape.

Three shapes bound the bill: one t3.medium with PostgreSQL on it ($36.42); a t3.large with a small database and a load
balancer ($106.68); an m6i.large with a database in two zones ($154.09). People's time is no line here: `advice` sets it
against the managed service.
"""

from decimal import Decimal
from functools import lru_cache

from migrator.costs.compute import host_lines
from migrator.costs.environment import paid_already, part_of
from migrator.costs.pricelist import PriceList
from migrator.costs.types import CostLine, Estimate, Share, Workload
from migrator.model import Range, Target

_LCU_PART = Decimal("0.1")
_BOX_GB, _PRODUCTION_GB = Decimal(30), Decimal(50)
_DATABASE_GB = Decimal(20)
_ADDRESSES = Decimal(3)


def estimate(work: Workload, prices: PriceList, *, share: Share | None = None, existing: bool = False) -> Estimate:
    """Give the bill of running every workflow as a DAG of a self-hosted Airflow.

    `share` is the cluster's part of a shared environment, None one of its own; `existing` says that it is paid anyway.
    """
    lines = environment(prices)
    lines = paid_already(lines) if existing else part_of(lines, share)
    return Estimate(Target.AIRFLOW, (*lines, *host_lines(work)))


@lru_cache(maxsize=256)
def environment(prices: PriceList) -> tuple[CostLine, ...]:
    """Give the lines of one environment: the low end is one box, the high end the safer shape."""
    box, safe = prices.price("ec2.t3.medium"), prices.price("ec2.m6i.large")
    disk, address = prices.price("ebs.gp3_gb_month"), prices.price("network.public_ipv4_hour")
    database, balancer = prices.price("rds.db.t4g.small.multi_az"), prices.price("network.alb_hour")
    one, nothing = Decimal(1), Decimal(0)
    return (
        _line("EC2 instance", _months(prices, box.key, safe.key), safe.cited, "t3.medium to m6i.large, 730 hours"),
        _line(
            "EBS volume",
            Range(_BOX_GB * prices.usd(disk.key), _PRODUCTION_GB * prices.usd(disk.key)),
            disk.cited,
            "30 to 50 GB of gp3",
        ),
        _line(
            "Metadata database",
            Range(nothing, _safe_database(prices)),
            database.cited,
            "PostgreSQL on the box, to db.t4g.small in two zones with 20 GB each; db.t4g.micro lies between",
        ),
        _line("Load balancer", Range(nothing, _balancer(prices)), balancer.cited, "none, to one with a tenth of a LCU"),
        _line(
            "Public IPv4",
            Range(one, _ADDRESSES).scaled(prices.month(address.key)),
            address.cited,
            "one address to three; a private subnet with a NAT gateway is $36.50 more",
        ),
    )


@lru_cache(maxsize=8)
def comparable(prices: PriceList) -> Range:
    """Give USD a month of the shapes that a managed environment is fairly compared with: not the one box."""
    disk = _PRODUCTION_GB * prices.usd("ebs.gp3_gb_month")
    around = _balancer(prices) + _ADDRESSES * prices.month("network.public_ipv4_hour")
    small = prices.month("rds.db.t4g.micro") + _DATABASE_GB * prices.usd("rds.gp3_gb_month")
    return Range(
        prices.month("ec2.t3.large") + disk + small + around,
        prices.month("ec2.m6i.large") + disk + _safe_database(prices) + around,
    )


def _safe_database(prices: PriceList) -> Decimal:
    return prices.month("rds.db.t4g.small.multi_az") + 2 * _DATABASE_GB * prices.usd("rds.gp3_gb_month")


def _balancer(prices: PriceList) -> Decimal:
    # A bill rounds to the cent, and a tenth of $5.84 is $0.58.
    units = (prices.month("network.alb_lcu_hour") * _LCU_PART).quantize(Decimal("0.01"))
    return prices.month("network.alb_hour") + units


def _months(prices: PriceList, low: str, high: str) -> Range:
    return Range(prices.month(low), prices.month(high))


def _line(name: str, amount: Range, source: str, assumption: str) -> CostLine:
    return CostLine(
        name=name, unit="USD", quantity=amount, price=Decimal(1), source=source, assumption=assumption, fixed=True
    )
