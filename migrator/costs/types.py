"""Cost lines and estimates. Unknown is None and prints «depends on …», never zero."""

from dataclasses import dataclass
from decimal import Decimal

from migrator.model import Range, Target


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of a bill: `quantity` × `price` USD a month. `quantity` None is unknown and `depends_on` says on what.

    `fixed` marks what is paid without a run. `assumption` is printed beside the line; `source` names the price's source
    and date.
    """

    name: str
    unit: str
    quantity: Range | None
    price: Decimal
    source: str
    assumption: str = ""
    fixed: bool = False
    depends_on: str = ""

    @property
    def monthly(self) -> Range | None:
        """Give the line's USD a month."""
        return self.quantity.scaled(self.price) if self.quantity is not None else None


@dataclass(frozen=True, slots=True)
class Workload:
    """What a cluster asks of a target in a month. None is unknown.

    `runs` are starts of workflows over all replicas, `transitions` states executed a run (times runs), `task_hours`
    time that tasks hold a worker, `longest` seconds of the longest task.
    """

    cluster: str
    workflows: int
    tasks: int
    runs: Range | None
    transitions: Range | None
    task_hours: Range | None
    longest: Range | None
    dags: int = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """A target's bill for a cluster or the portfolio.

    `fixed`, `usage` and `monthly` are USD a month, None where a line is unknown.
    """

    target: Target
    lines: tuple[CostLine, ...]

    @property
    def fixed(self) -> Range | None:
        """Sum what is paid without a run."""
        return _total([line for line in self.lines if line.fixed])

    @property
    def usage(self) -> Range | None:
        """Sum what runs cost."""
        return _total([line for line in self.lines if not line.fixed])

    @property
    def monthly(self) -> Range | None:
        """Sum all lines."""
        return _total(list(self.lines))


def _total(lines: list[CostLine]) -> Range | None:
    total = Range(Decimal(0), Decimal(0))
    for line in lines:
        if line.monthly is None:
            return None
        total += line.monthly
    return total
