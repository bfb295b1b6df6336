"""Amazon MWAA: a managed Airflow environment, paid by the hour whether it runs a DAG or not.

The class follows from the number of DAGs (https://docs.aws.amazon.com/mwaa/latest/userguide/environment-class.html):
25 on micro, 50 on small, 250 on medium, 1,000 on large. mw1.micro ($211.70) is the smallest since November 2024; the
often-quoted $350 is mw1.small ($357.70). Both need a network on top: one NAT gateway $36.50, the quick-start's two
$73.00.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from migrator.costs.compute import host_lines
from migrator.costs.environment import paid_already, part_of, shares
from migrator.costs.pricelist import PriceList
from migrator.costs.types import CostLine, Estimate, Share, Workload
from migrator.costs.words import rounded
from migrator.model import Range, Target

CLASSES = ("micro", "small", "medium", "large")
_GATEWAYS = Range(Decimal(1), Decimal(2))
_DATABASE_GB = Range(Decimal(1), Decimal(10))


def estimate(work: Workload, prices: PriceList, *, share: Share | None = None, existing: bool = False) -> Estimate:
    """Give the bill of running every workflow as a DAG on MWAA.

    `share` is the cluster's part of a shared environment, with the step to the next class where the cluster causes it,
    None one of its own; `existing` says that the environment is paid for anyway.
    """
    lines = environment(share.base_dags if share else work.dags, prices)
    lines = paid_already(lines) if existing else (*part_of(lines, share), *_step(share, prices))
    return Estimate(Target.MWAA, (*lines, *host_lines(work)))


@lru_cache(maxsize=256)
def environment(dags: int, prices: PriceList) -> tuple[CostLine, ...]:
    """Give the lines of one environment of the class that `dags` DAGs need, with its network."""
    return (_class_line(dags, prices), *_network(prices), _storage(prices))


@lru_cache(maxsize=256)
def bill(dags: int, prices: PriceList) -> Range | None:
    """Give the fixed USD a month of an environment, None where no class with a known price holds the DAGs."""
    return Estimate(Target.MWAA, environment(dags, prices)).fixed


def class_for(dags: int, prices: PriceList) -> str | None:
    """Give the smallest class for a number of DAGs, None above the largest whose price is known."""
    return next((name for name in CLASSES if dags <= prices.count(f"mwaa.dags.{name}")), None)


def crowding(dags: int, tasks: int, prices: PriceList) -> str:
    """Say, as a clause, what an environment for `dags` DAGs does with `tasks` at once; empty where it runs them all.

    The bill is that of the class for the DAGs: whether tasks may wait is the team's to say.
    """
    name = class_for(dags, prices)
    if name is None or tasks <= prices.count(f"mwaa.tasks.{name}"):
        return ""
    held = prices.count(f"mwaa.tasks.{name}")
    if name == CLASSES[0]:
        step = rounded(prices.month("mwaa.environment_hour.small") - prices.month("mwaa.environment_hour.micro"))
        workers = _workers("small", tasks, prices)
        more = f"{step} a month more" + (f" and {workers}" if workers else "")
        return f"mw1.micro runs {held} at once and adds no worker: the others wait, or mw1.small does it for {more}"
    return f"mw1.{name} runs {held} at once on its first worker: the others wait for {_workers(name, tasks, prices)}"


def _workers(name: str, tasks: int, prices: PriceList) -> str:
    count = -(-tasks // int(prices.count(f"mwaa.tasks.{name}"))) - 1
    if count < 1:
        return ""
    price = prices.price(f"mwaa.worker_hour.{name}")
    most = rounded(count * prices.month(price.key))
    workers, run = ("1 worker", "it runs") if count == 1 else (f"{count} workers", "they run")
    return f"{workers} at ${prices.usd(price.key)} an hour while {run} ({most} a month if always)"


def shared_by(dags: Mapping[str, int], prices: PriceList) -> dict[str, Share]:
    """Divide an environment among clusters; who pushes it into the next class carries that step.

    A cluster causes the step when the environment would be of a smaller class without it. Where no single cluster does,
    all share the class by their DAGs.
    """
    found = shares(dags)
    total = sum(share.dags for share in found.values())
    whole = _class_price(total, prices)
    without = {name: total - share.dags for name, share in found.items()}
    pushing = {
        name: price
        for name, rest in without.items()
        if rest and whole is not None and (price := _class_price(rest, prices)) is not None and price < whole
    }
    if not pushing or whole is None:
        return found
    base = max(pushing.values())
    base_dags = max(without[name] for name in pushing if pushing[name] == base)
    pushers = sum(found[name].dags for name in pushing)
    return {
        name: replace(
            share, base_dags=base_dags, step=(whole - base) * share.dags / pushers if name in pushing else Decimal(0)
        )
        for name, share in found.items()
    }


def _class_price(dags: int, prices: PriceList) -> Decimal | None:
    name = class_for(dags, prices)
    return prices.month(f"mwaa.environment_hour.{name}") if name else None


def _class_line(dags: int, prices: PriceList) -> CostLine:
    name = class_for(dags, prices)
    if name is None:
        largest = prices.price("mwaa.environment_hour.large")
        return CostLine(
            name="MWAA environment above mw1.large",
            unit="month",
            quantity=None,
            price=prices.month(largest.key),
            source=largest.cited,
            fixed=True,
            depends_on=f"the price of mw1.xlarge, which no source gives; {dags:,} DAGs do not fit mw1.large",
        )
    price = prices.price(f"mwaa.environment_hour.{name}")
    held = prices.count(f"mwaa.dags.{name}")
    return CostLine(
        name=f"MWAA environment mw1.{name}",
        unit="month",
        quantity=Range(Decimal(1), Decimal(1)),
        price=prices.month(price.key),
        source=price.cited,
        assumption=f"the smallest class for {_dags(dags)} (up to {held:,}), 730 hours, first worker included",
        fixed=True,
    )


def _network(prices: PriceList) -> Iterator[CostLine]:
    for name, key in (("NAT gateway", "network.nat_gateway_hour"), ("Public IPv4", "network.public_ipv4_hour")):
        price = prices.price(key)
        yield CostLine(
            name=name,
            unit="month",
            quantity=_GATEWAYS,
            price=prices.month(key),
            source=price.cited,
            assumption="one NAT gateway, to the two of AWS's quick-start; $0.045 a GB through it is not counted",
            fixed=True,
        )


def _storage(prices: PriceList) -> CostLine:
    price = prices.price("mwaa.storage.metadata_db_gb_month")
    return CostLine(
        name="Metadata database storage",
        unit="GB-month",
        quantity=_DATABASE_GB,
        price=prices.usd(price.key),
        source=price.cited,
        assumption="1 to 10 GB; it grows with the history that is kept",
    )


def _step(share: Share | None, prices: PriceList) -> Iterator[CostLine]:
    if share is None or not share.step:
        return
    larger = class_for(share.total_dags, prices)
    yield CostLine(
        name=f"Step to mw1.{larger}",
        unit="USD",
        quantity=Range(share.step, share.step),
        price=Decimal(1),
        source=prices.price(f"mwaa.environment_hour.{larger}").cited,
        assumption=f"without this cluster's {_dags(share.dags)} a smaller class would do",
        fixed=True,
    )


def _dags(count: int) -> str:
    return "1 DAG" if count == 1 else f"{count:,} DAGs"
